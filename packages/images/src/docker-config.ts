import { isJson, isJsonObject, type Json, type JsonObject } from '@slipway/release'

/** Credentials of one registry. */
export interface RegistryLogin {
  readonly host: string
  readonly username: string
  readonly password: string
}

/**
 * The text of a private docker `config.json` that knows more registries than the one it replaces.
 * Logins and helpers of the old one stay good, and so do the plugins of its folder.
 */
export function dockerConfig(logins: readonly RegistryLogin[], old?: { readonly text: string; readonly pluginFolder: string }): string {
  const before = old === undefined ? {} : objectIn(old.text)
  const plugins = before['cliPluginsExtraDirs']
  const auths = logins.map(({ host, username, password }) => [host, { auth: Buffer.from(`${username}:${password}`).toString('base64') }] as const)
  // A credential store would be asked instead of the file; an empty helper turns it off for these hosts alone.
  const helpers = logins.map(({ host }) => [host, ''] as const)
  const config: JsonObject = {
    ...before,
    auths: { ...member(before, 'auths'), ...Object.fromEntries(auths) },
    ...('credsStore' in before || 'credHelpers' in before ? { credHelpers: { ...member(before, 'credHelpers'), ...Object.fromEntries(helpers) } } : {}),
    ...(old === undefined ? {} : { cliPluginsExtraDirs: [...(isList(plugins) ? plugins : []), old.pluginFolder] }),
  }
  return JSON.stringify(config)
}

/** The login for a registry's host in the text of a docker `config.json`; undefined where the file holds none. */
export function loginIn(text: string, host: string): { username: string; password: string } | undefined {
  const auths = member(objectIn(text), 'auths')
  const keys = host === 'docker.io' ? ['https://index.docker.io/v1/', 'docker.io'] : [host, `https://${host}`, `https://${host}/`]
  for (const key of keys) {
    const auth = member(auths, key)['auth']
    const [, username, password] = /^([^:]+):(.+)$/s.exec(typeof auth === 'string' ? Buffer.from(auth, 'base64').toString() : '') ?? []
    if (username !== undefined && password !== undefined) return { username, password }
  }
  return undefined
}

function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) && isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

function member(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
