import type { Http, HttpResponse } from '@slipway/wire'

interface Options {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/** What octokit reads of an answer. */
export interface FetchAnswer extends Pick<HttpResponse, 'status' | 'text'> {
  readonly url: string
  readonly statusText: string
  readonly headers: ReadonlyMap<string, string>
  arrayBuffer(): Promise<ArrayBufferLike>
}

const mostHops = 5

/**
 * The wire in the shape of `fetch`, as octokit uses it: Node's own would bring a second HTTP client along.
 * A repository that was renamed is found where the server says; the token goes to no other server.
 */
export function fetchBy(http: Pick<Http, 'request'>): (url: string, options: Options) => Promise<FetchAnswer> {
  return async (url, { method = 'GET', headers = {}, body, signal }) => {
    const ask = (at: string): Promise<HttpResponse> => http.request({ method, url: at, headers, ...(body === undefined ? {} : { body }), ...(signal === undefined ? {} : { signal }) })
    let at = url
    let answer = await ask(at)
    for (let hop = 0; hop < mostHops; hop += 1) {
      const next = redirection(answer, method, at)
      if (next === undefined) break
      await answer.bytes()
      at = next
      answer = await ask(at)
    }
    const { status } = answer
    return { status, url: at, statusText: `status ${status}`, headers: new Map(Object.entries(answer.headers)), text: () => answer.text(), arrayBuffer: async () => (await answer.bytes()).buffer }
  }
}

function redirection({ status, headers }: HttpResponse, method: string, at: string): string | undefined {
  const { location = '' } = headers
  if (location === '' || !(status === 307 || status === 308 || ((status === 301 || status === 302) && method === 'GET'))) return undefined
  const next = new URL(location, at)
  return next.origin === new URL(at).origin ? next.href : undefined
}
