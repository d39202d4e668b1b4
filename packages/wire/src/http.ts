import { Readable } from 'node:stream'
import { loadAhead } from './ahead.ts'
import { joinedHeaders } from './headers.ts'
import type { Dispatcher, EnvHttpProxyAgent } from 'undici'
import type * as Undici from './undici.ts'

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Chunks are sent as they come, and never held; name their sum in the header `content-length`. What they throw is thrown. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal
  /** From the last byte sent to the headers of the answer; between two chunks of either body as well. */
  readonly timeoutMs?: number
}

export interface HttpResponse {
  readonly status: number
  /** Lower-case names; a header that came twice is joined by ", ". */
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
  text(): Promise<string>
  json(): Promise<unknown>
  bytes(): Promise<Uint8Array>
}

export interface Http {
  /** Rejects with `TransportError` where no answer came; every status is an answer. Redirects are not followed. */
  request(request: HttpRequest): Promise<HttpResponse>
  close(): Promise<void>
}

/** No answer came: the request may or may not have been carried out. */
export class TransportError extends Error {
  /** The code of the system or of undici, such as ECONNREFUSED, ENOTFOUND, UND_ERR_HEADERS_TIMEOUT. */
  readonly code: string
  /** Whether the request cannot have reached the server. */
  readonly unsent: boolean

  constructor(url: string, cause: unknown) {
    const code = codeOf(cause)
    super(`${new URL(url).host}: ${messageOf(cause)}`, { cause })
    this.name = 'TransportError'
    this.code = code
    this.unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(code)
  }
}

export interface HttpOptions {
  /** PEM certificates that are trusted in place of the machine's own store: a cluster has its own authority. */
  readonly ca?: string
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case are read from here. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Connections to one origin; 32 by default. */
  readonly connections?: number
}

const defaultTimeoutMs = 30_000

/** Loads the client, which takes a pool's first request some 30 ms: begun while something else is waited for, it costs nothing. What is wrong with it is told by that request. */
export function loadHttp(): void {
  loadAhead(() => import('./undici.ts'))
}

/** A pool of HTTP/1.1 connections. HTTP/2 on undici 6 ends the process by an assertion, so it stays off. */
export function openHttp(options: HttpOptions): Http {
  let opened: Promise<Dispatcher> | undefined
  return {
    async request({ method, url, headers, body, signal, timeoutMs = defaultTimeoutMs }) {
      opened ??= open(options)
      const dispatcher = await opened
      signal?.throwIfAborted()
      let response: Dispatcher.ResponseData
      const broken: unknown[] = []
      try {
        const { origin, pathname, search } = new URL(url)
        response = await dispatcher.request({
          origin,
          path: `${pathname}${search}`,
          method: methodOf(method),
          headers: { ...headers },
          body: typeof body === 'object' && Symbol.asyncIterator in body ? Readable.from(noting(body, broken), { objectMode: false }) : (body ?? null),
          signal: signal ?? null,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        })
      } catch (error) {
        throw signal?.aborted === true ? signal.reason : broken.includes(error) ? error : new TransportError(url, error)
      }
      const received = response.body
      const reading = async <T>(read: () => Promise<T>): Promise<T> => {
        try {
          return await read()
        } catch (error) {
          if (error instanceof SyntaxError) throw error
          throw signal?.aborted === true ? signal.reason : new TransportError(url, error)
        }
      }
      return {
        status: response.statusCode,
        headers: joinedHeaders(response.headers),
        body: chunks(received, url, signal),
        text: () => reading(() => received.text()),
        json: () => reading(() => received.json()),
        bytes: () => reading(async () => new Uint8Array(await received.arrayBuffer())),
      }
    },
    async close() {
      await (await opened)?.destroy()
    },
  }
}

async function open(options: HttpOptions): Promise<Dispatcher> {
  return dispatcherFor(await import('./undici.ts'), options)
}

function dispatcherFor({ Agent, EnvHttpProxyAgent }: typeof Undici, { ca, environment, connections = 32 }: HttpOptions): Dispatcher {
  const tls = ca === undefined ? {} : { ca }
  const value = (name: string): string | undefined => environment[name.toLowerCase()] ?? environment[name]
  const httpProxy = value('HTTP_PROXY')
  const httpsProxy = value('HTTPS_PROXY')
  if (httpProxy === undefined && httpsProxy === undefined) return new Agent({ connections, allowH2: false, connect: tls })
  // Through a proxy's tunnel the certificate is checked with `requestTls`, which undici's types of this agent leave out.
  const settings: EnvHttpProxyAgent.Options & { requestTls: typeof tls } = {
    connections,
    connect: tls,
    requestTls: tls,
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy: value('NO_PROXY') ?? '',
  }
  return new EnvHttpProxyAgent(settings)
}

/** The body as it is, and what it threw: the fault is then not the connection's. */
async function* noting(body: AsyncIterable<Uint8Array>, thrown: unknown[]): AsyncIterable<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    thrown.push(error)
    throw error
  }
}

async function* chunks(body: AsyncIterable<unknown>, url: string, signal: AbortSignal | undefined): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of body) if (chunk instanceof Uint8Array) yield chunk
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : new TransportError(url, error)
  }
}

function methodOf(method: string): Dispatcher.HttpMethod {
  const known = (['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const).find((name) => name === method)
  if (known === undefined) throw new Error(`no HTTP method: ${method}`)
  return known
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
