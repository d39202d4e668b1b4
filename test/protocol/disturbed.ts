import { TransportError, type Http, type HttpRequest, type HttpResponse } from '@slipway/wire'

/** What becomes of one request: it is sent when `send` is called. */
export type Disturbance = (operation: string, send: () => Promise<HttpResponse>, request: HttpRequest) => Promise<HttpResponse>

/** A way to a server on which something happens to requests. */
export function disturbed(http: Http, disturbance: Disturbance): Http {
  return {
    async request(request) {
      // Nothing goes on its way for a caller that has ended.
      request.signal?.throwIfAborted()
      return disturbance(operationOf(request), () => http.request(request), request)
    },
    close: () => http.close(),
  }
}

/** Method, path and query. */
export function operationOf({ method, url }: HttpRequest): string {
  const { pathname, search } = new URL(url)
  return `${method} ${pathname}${search}`
}

/** A way on which requests that look so wait at a gate. */
export interface Gated {
  readonly http: Http
  /** When the first one waits. */
  readonly reached: Promise<undefined>
  open(): void
}

export function gated(http: Http, at: RegExp): Gated {
  const reached = Promise.withResolvers<undefined>()
  const gate = Promise.withResolvers<undefined>()
  const way = disturbed(http, async (operation, send) => {
    if (at.test(operation)) {
      reached.resolve(undefined)
      await gate.promise
    }
    return send()
  })
  return { http: way, reached: reached.promise, open: () => { gate.resolve(undefined) } }
}

/** A way on which the server says no to requests that look so. */
export function refusing(http: Http, at: RegExp): Http {
  return disturbed(http, (operation, send) => (at.test(operation) ? Promise.resolve(answer(403, 'Forbidden', 'not for you')) : send()))
}

/** A way on which the server says that the role has no right at all, when it is asked for one. */
export function withoutRights(http: Http): Http {
  return disturbed(http, async (operation, send) => {
    const given = await send()
    if (!/selfsubjectaccessreviews/.test(operation)) return given
    const text = (await given.text()).replaceAll('"allowed":true', '"allowed":false')
    return { ...given, text: () => Promise.resolve(text), json: () => Promise.resolve(JSON.parse(text)) }
  })
}

/** A way on which requests that look so are never answered. */
export function cut(http: Http, at: RegExp): Http {
  return disturbed(http, (operation, send, { url }) => (at.test(operation) ? Promise.reject(lost(url)) : send()))
}

export function lost(url: string): TransportError {
  return new TransportError(url, Object.assign(new Error('the connection was reset'), { code: 'ECONNRESET' }))
}

/** What an API server answers when it does not do what it is asked. */
export function answer(code: number, reason: string, message: string): HttpResponse {
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, code }
  const body = new Blob([JSON.stringify(status)])
  return {
    status: code,
    headers: { 'content-type': 'application/json' },
    body: body.stream(),
    text: () => body.text(),
    json: () => Promise.resolve(status),
    bytes: async () => new Uint8Array(await body.arrayBuffer()),
  }
}

/** The write of an object, not its dry run. */
export function applying(path: string): RegExp {
  return new RegExp(`^PATCH .*/${path}\\?(?!.*dryRun)`)
}
