import { isJsonObject, type JsonObject } from '@slipway/release'
import { Failed } from '@slipway/report'
import { TransportError, retryAfterMs, withRetries, type Clock, type Http, type HttpResponse } from '@slipway/wire'
import { ApiError } from './api-error.ts'
import { parsedJson } from './json.ts'
import { openTokens, type BearerToken } from './tokens.ts'

export interface ServerOptions {
  /** How the target is named in messages. */
  readonly name: string
  readonly endpoint: string
  readonly http: Http
  readonly clock: Clock
  readonly random: () => number
  /** A fresh token; asked for again before the last one ends, and after a 401. */
  readonly token: () => Promise<BearerToken>
  /** Told when an answer has to be waited for. */
  readonly onWait?: (text: string) => void
  /** Ends every request that has no signal of its own. */
  readonly signal?: AbortSignal
}

/** One that may be sent twice without harm, as all reads, applies and compare-and-sets may. */
export interface ServerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path and query. */
  readonly path: string
  readonly body?: string
  readonly contentType?: string
  readonly accept?: string
  /** For all attempts together; without it the last one begins within a minute. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** Authenticated requests to one API server. */
export interface Server {
  /**
   * The object that the server answered with.
   * @throws ApiError for every refusal, TransportError where a reply was lost, Failed where the server is out of reach,
   * knows no such token or is no API server.
   */
  object(request: ServerRequest): Promise<JsonObject>
  /** The answer as text. Throws as `object` does. */
  text(request: ServerRequest): Promise<string>
  /** An answer that goes on; broken off when nothing came for `silenceMs`. Throws as `object` does. */
  stream(path: string, limits: { readonly silenceMs: number; readonly signal: AbortSignal }): Promise<AsyncIterable<Uint8Array>>
}

const budgetMs = 60_000

/**
 * Opens the way to an API server. Lost replies and passing refusals (429, 5xx) are tried again within a minute, as
 * Retry-After says; a 401 once, with a fresh token.
 * @throws Failed `cluster-refused` for plain http off loopback.
 */
export function openServer(options: ServerOptions): Server {
  const { http, clock } = options
  refusePlainHttp(options)
  const tokens = openTokens(options.token, clock)

  const attempt = async (request: ServerRequest, token: string, timeoutMs: number | undefined): Promise<HttpResponse> => {
    const response = await http.request({
      method: request.method,
      url: new URL(request.path, options.endpoint).href,
      headers: {
        authorization: `Bearer ${token}`,
        accept: request.accept ?? 'application/json',
        ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    })
    if (response.status < 400) return response
    throw new ApiError(response.status, await response.text(), response.headers['retry-after'])
  }

  const persist = async <T>(request: ServerRequest, endsMs: number, once: () => Promise<T>): Promise<T> => {
    try {
      return await withRetries(once, {
        clock,
        budgetMs: Math.min(budgetMs, endsMs - clock.monotonic()),
        random: options.random,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
        retry: (error) => again(error, clock),
        onWait: (waitMs, error) => {
          if (waitMs >= 1000) options.onWait?.(`${options.name}: the next attempt is in ${Math.ceil(waitMs / 1000)} s (${error instanceof Error ? error.message : 'no reason'})`)
        },
      })
    } catch (error) {
      throw error instanceof TransportError && error.unsent ? unreachable(options, error) : error
    }
  }

  const signedIn = async <T>(request: ServerRequest, endsMs: number, once: (token: string) => Promise<T>): Promise<T> => {
    for (let isFresh = false; ; isFresh = true) {
      const token = await tokens.current()
      try {
        return await persist(request, endsMs, () => once(token))
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 401)) throw error
        tokens.refused(token)
        if (isFresh) throw unknownToken(options, error)
      }
    }
  }

  const text = (asked: ServerRequest): Promise<string> => {
    const request: ServerRequest = asked.signal !== undefined || options.signal === undefined ? asked : { ...asked, signal: options.signal }
    const endsMs = clock.monotonic() + (request.timeoutMs ?? Infinity)
    return signedIn(request, endsMs, async (token) => {
      const leftMs = request.timeoutMs === undefined ? undefined : Math.max(1, endsMs - clock.monotonic())
      return (await attempt(request, token, leftMs)).text()
    })
  }
  return {
    text,
    async object(request) {
      const answer = await text(request)
      const object = parsedJson(answer)
      if (isJsonObject(object)) return object
      throw noObject(options, answer)
    },
    stream(path, { silenceMs, signal }) {
      const request: ServerRequest = { method: 'GET', path, signal }
      return signedIn(request, Infinity, async (token) => (await attempt(request, token, silenceMs)).body)
    },
  }
}

/** Whether a request is worth sending again after this error, and when. */
function again(error: unknown, clock: Clock): false | { readonly afterMs?: number } {
  if (error instanceof TransportError) return {}
  if (!(error instanceof ApiError) || !error.isPassing) return false
  const afterMs = retryAfterMs(error.retryAfter, clock.now())
  return afterMs === undefined ? {} : { afterMs }
}

function refusePlainHttp({ endpoint, name }: ServerOptions): void {
  const { protocol, hostname } = new URL(endpoint)
  if (protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)) return
  throw new Failed({
    code: 'cluster-refused',
    what: `the API server of ${name} has an address without TLS`,
    where: endpoint,
    why: 'a token sent there could be read by anyone on the way',
    next: 'use the https endpoint that DescribeCluster gives',
  })
}

function unreachable({ endpoint, name }: ServerOptions, error: TransportError): Failed {
  return new Failed({
    code: 'cluster-unreachable',
    what: `the API server of ${name} cannot be reached`,
    where: endpoint,
    why: error.message,
    next: 'where the cluster has a private endpoint only, run the job on a runner inside its VPC; otherwise check the endpoint\'s allowed addresses and the proxy variables',
  })
}

function unknownToken({ endpoint, name }: ServerOptions, error: ApiError): Failed {
  return new Failed({
    code: 'access-denied',
    what: `the API server of ${name} does not know who this run is`,
    where: endpoint,
    why: `it refused a token, and a fresh one as well: ${error.message}`,
    next: 'have an access entry made for the role that the run assumes (or a mapping in aws-auth), and check that the token is made for this cluster',
  })
}

function noObject({ endpoint, name }: ServerOptions, answer: string): Failed {
  return new Failed({
    code: 'cluster-refused',
    what: `the API server of ${name} gave an answer that is no JSON object`,
    where: endpoint,
    why: answer.trim() === '' ? 'it is empty' : `it begins with: ${answer.slice(0, 200)}`,
    next: 'check that the endpoint is the one that DescribeCluster gives, and that no proxy answers in its place',
  })
}
