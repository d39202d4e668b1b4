import { Failed } from '@slipway/report'
import { TransportError, retryAfterMs, withRetries, type Clock, type Http, type HttpResponse } from '@slipway/wire'
import { ApiError } from './api-error.ts'

/** A bearer token and its end by our clock. */
export interface BearerToken {
  readonly token: string
  readonly expiresAtMs: number
}

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
  readonly signal?: AbortSignal
}

export interface ServerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path and query. */
  readonly path: string
  readonly body?: string
  readonly contentType?: string
  readonly accept?: string
  /** Whether sending it a second time does no harm, when the first reply was lost. */
  readonly repeatable: boolean
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** Authenticated requests to one API server. */
export interface Server {
  /** @throws ApiError for every refusal, TransportError where a reply was lost, Failed where the server is out of reach. */
  send(request: ServerRequest): Promise<HttpResponse>
}

const budgetMs = 60_000
const earlyMs = 60_000

/**
 * Opens the way to an API server. Passing refusals (429, 5xx) are tried again within a minute, as Retry-After says;
 * a lost reply only where the request is repeatable; a 401 once, with a fresh token.
 * @throws Failed `cluster-refused` for plain http off loopback.
 */
export function openServer(options: ServerOptions): Server {
  const { http, clock } = options
  refusePlainHttp(options)
  let current: Promise<BearerToken> | undefined
  const token = async (): Promise<string> => {
    current ??= options.token()
    const known = await current
    if (known.expiresAtMs - clock.now() > earlyMs) return known.token
    current = options.token()
    return (await current).token
  }
  const once = async (request: ServerRequest): Promise<HttpResponse> => {
    const signal = request.signal ?? options.signal
    const response = await http.request({
      method: request.method,
      url: new URL(request.path, options.endpoint).href,
      headers: {
        authorization: `Bearer ${await token()}`,
        accept: request.accept ?? 'application/json',
        ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(signal === undefined ? {} : { signal }),
      ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    })
    if (response.status < 400) return response
    throw new ApiError(response.status, await response.text(), response.headers['retry-after'])
  }
  return {
    async send(request) {
      let refreshed = false
      const signal = request.signal ?? options.signal
      try {
        return await withRetries(() => once(request), {
          clock,
          budgetMs,
          random: options.random,
          ...(signal === undefined ? {} : { signal }),
          retry: (error) => {
            if (error instanceof TransportError) return error.unsent || request.repeatable ? {} : false
            if (!(error instanceof ApiError)) return false
            if (error.status === 401 && !refreshed) {
              refreshed = true
              current = undefined
              return { afterMs: 0 }
            }
            if (!error.isPassing || (error.status >= 500 && error.status !== 503 && !request.repeatable)) return false
            const afterMs = retryAfterMs(error.retryAfter, clock.now())
            return afterMs === undefined ? {} : { afterMs }
          },
          onWait: (waitMs, error) => {
            if (waitMs >= 1000) options.onWait?.(`${options.name}: the API server asks to wait ${Math.ceil(waitMs / 1000)} s (${error instanceof Error ? error.message : 'no reason'})`)
          },
        })
      } catch (error) {
        throw error instanceof TransportError && error.unsent ? unreachable(options, error) : error
      }
    },
  }
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
