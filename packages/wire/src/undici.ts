import api from 'undici/lib/api/index.js'
import PlainAgent from 'undici/lib/dispatcher/agent.js'
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'
import PlainEnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js'
import PlainProxyAgent from 'undici/lib/dispatcher/proxy-agent.js'
import type * as Undici from 'undici'

/*
 * undici's own index loads all that it can do, 0.9 MB with WebSockets, caches and mocks. This is what is used of it. In the
 * bundles it also stands for `undici` itself, which GitHub's toolkit imports (tsconfig.bundle.json): a name that is
 * imported from there and is not here ends the build.
 */
export const { Agent, EnvHttpProxyAgent, ProxyAgent } = withMethods({ Agent: PlainAgent, EnvHttpProxyAgent: PlainEnvHttpProxyAgent, ProxyAgent: PlainProxyAgent })

/** Loaded when it is first called: the toolkit imports it, and then gets another one from us. */
export const fetch: typeof Undici.fetch = async (input, init) => {
  const { default: whole } = await import('undici/lib/web/fetch/index.js')
  return whole.fetch(input, init)
}

/** Dispatchers get `request`, `connect` and their like from undici's index; a tunnel through a proxy needs them, too. */
function withMethods<T>(agents: T): T {
  Object.assign(Dispatcher.prototype, api)
  return agents
}
