import { createHash } from 'node:crypto'
import { digestRule, type Digest } from '@slipway/release'
import { Failed, inertLine } from '@slipway/report'
import { TransportError, withRetries, type Clock, type Http, type HttpResponse } from '@slipway/wire'
import { answered, Busy, isLoopback, worthAnother } from './answered.ts'
import { challengeOf, type Challenge } from './challenge.ts'
import type { ImageName } from './image-name.ts'
import { manifestTypes } from './manifest.ts'

/** What an OCI registry is asked with. */
export interface RegistryOptions {
  readonly http: Http
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  /** The credentials for a registry's host; undefined asks without any. */
  credentials(host: string): Promise<{ readonly username: string; readonly password: string } | undefined>
}

/** Finds out which image a name stands for now. */
export interface ImageResolver {
  /**
   * The digest of the manifest, or of the index, that the name's tag leads to.
   * @throws Failed `base-unresolved`, in words.
   */
  digest(name: ImageName): Promise<Digest>
}

/** A client of OCI registries that reads manifests' digests; a registry's token is asked for once. */
export function openRegistries(options: RegistryOptions): ImageResolver {
  const authorizations = new Map<string, string>()
  return {
    async digest(name) {
      if (name.digest !== undefined) return name.digest
      const ask = async (method: 'HEAD' | 'GET'): Promise<HttpResponse> => manifest(options, authorizations, name, method)
      const head = await ask('HEAD')
      const told = head.headers['docker-content-digest']
      if (told !== undefined && digestRule.is(told)) return told
      const digest = `sha256:${createHash('sha256').update(await (await ask('GET')).bytes()).digest('hex')}`
      if (digestRule.is(digest)) return digest
      throw new Error(`no digest: ${digest}`)
    },
  }
}

async function manifest(options: RegistryOptions, authorizations: Map<string, string>, name: ImageName, method: 'HEAD' | 'GET'): Promise<HttpResponse> {
  const scope = `${name.host}/${name.repository}`
  const attempt = async (): Promise<HttpResponse> => {
    const first = await request(options, name, method, authorizations.get(scope))
    if (first.status !== 401) return first
    const challenge = challengeOf(first.headers['www-authenticate'])
    const authorization = challenge && (await authorized(options, name, challenge))
    if (authorization === undefined) return first
    authorizations.set(scope, authorization)
    await first.bytes()
    return request(options, name, method, authorization)
  }
  let response: HttpResponse
  try {
    response = await withRetries(attempt, {
      clock: options.clock,
      signal: options.signal,
      budgetMs: 10_000,
      random: options.random,
      retry: worthAnother,
    })
  } catch (error) {
    if (!(error instanceof Busy || error instanceof TransportError)) throw error
    throw unresolved(name, `the registry ${name.host} does not answer: ${inertLine(error.message)}`, 'run it again; if it stays so, see whether the runner may reach the registry')
  }
  if (response.status === 200) return response
  if (response.status === 404) throw unresolved(name, `the registry ${name.host} has no ${name.repository}:${name.tag}`, 'correct the name in the Dockerfile')
  if (response.status === 401 || response.status === 403) throw unresolved(name, `the registry ${name.host} refuses to show it (${response.status})`, 'sign in to that registry before this step (docker login), or correct the name')
  throw unresolved(name, `the registry ${name.host} answers ${response.status}`, 'see what the registry says about itself, or pin the image by its digest')
}

async function request(options: RegistryOptions, name: ImageName, method: 'HEAD' | 'GET', authorization: string | undefined): Promise<HttpResponse> {
  const headers = { accept: manifestTypes.join(', '), ...(authorization === undefined ? {} : { authorization }) }
  const response = await options.http.request({ method, url: `${origin(name.host)}/v2/${name.repository}/manifests/${name.tag}`, headers, signal: options.signal, timeoutMs: 15_000 })
  return answered(response, options.clock)
}

/** The value of the `Authorization` header that answers a challenge. */
async function authorized(options: RegistryOptions, name: ImageName, challenge: Challenge): Promise<string | undefined> {
  const login = await options.credentials(name.host)
  const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  if (challenge.scheme === 'basic') return basic
  const url = URL.parse(challenge.parameters['realm'] ?? '')
  if (!url || (url.protocol !== 'https:' && !isLoopback(url.hostname))) {
    throw unresolved(name, `the registry ${name.host} sends its clients for a token to an address that is not https`, 'pin the image by its digest')
  }
  const service = challenge.parameters['service']
  if (service !== undefined) url.searchParams.set('service', service)
  url.searchParams.set('scope', challenge.parameters['scope'] ?? `repository:${name.repository}:pull`)
  const response = await answered(await options.http.request({ method: 'GET', url: url.href, headers: basic === undefined ? {} : { authorization: basic }, signal: options.signal, timeoutMs: 15_000 }), options.clock)
  if (response.status !== 200) return undefined
  const token = tokenIn(await response.json())
  return token === undefined ? undefined : `Bearer ${token}`
}

function tokenIn(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(answer))
  return [fields.get('token'), fields.get('access_token')].find((token) => typeof token === 'string' && token !== '')?.toString()
}

function origin(host: string): string {
  // The one registry whose images are named by another host than the one that answers for them.
  if (host === 'docker.io') return 'https://registry-1.docker.io'
  return `${isLoopback(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`
}

function unresolved(name: ImageName, why: string, next: string): Failed {
  return new Failed({ code: 'base-unresolved', what: `which image ${name.text} is at the moment cannot be found out`, why, next })
}
