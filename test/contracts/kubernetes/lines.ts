import { TransportError, type Http, type HttpRequest } from '@slipway/wire'
import type { Line } from './server.ts'

/** A line that changes the queries of what is sent along it. */
export function altering(change: (query: URLSearchParams) => void): Line {
  return (http) => ({
    ...http,
    request(request) {
      const url = new URL(request.url)
      change(url.searchParams)
      return http.request({ ...request, url: url.href })
    },
  })
}

/** A line whose watches can be broken. */
export interface Breakable {
  readonly line: Line
  /** The versions that watches were opened from. */
  readonly openedFrom: readonly string[]
  /** Breaks all watches that are open. */
  readonly cut: () => void
  /** Resolves when the next watch is open. */
  readonly opened: () => Promise<void>
}

export function breakable(): Breakable {
  const open = new Set<AbortController>()
  const openedFrom: string[] = []
  let next = Promise.withResolvers<undefined>()
  const watched = async (http: Http, request: HttpRequest): ReturnType<Http['request']> => {
    const broken = new AbortController()
    open.add(broken)
    const signal = request.signal === undefined ? broken.signal : AbortSignal.any([request.signal, broken.signal])
    const response = await http.request({ ...request, signal })
    openedFrom.push(new URL(request.url).searchParams.get('resourceVersion') ?? '')
    next.resolve(undefined)
    next = Promise.withResolvers()
    return { ...response, body: untilBroken(response.body, request, broken.signal) }
  }
  return {
    line: (http) => ({ ...http, request: (request) => (new URL(request.url).searchParams.has('watch') ? watched(http, request) : http.request(request)) }),
    openedFrom,
    cut() {
      for (const one of open) one.abort()
      open.clear()
    },
    async opened() {
      await next.promise
    },
  }
}

/** A cut reads as a reset connection does. */
async function* untilBroken(body: AsyncIterable<Uint8Array>, { url }: HttpRequest, broken: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw broken.aborted ? new TransportError(url, Object.assign(new Error('reset'), { code: 'ECONNRESET' })) : error
  }
}
