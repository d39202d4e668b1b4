import type { Http, HttpResponse, WholeAnswer } from '@slipway/wire'
import type { AnswerAhead } from './commit-ahead.ts'

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
 * @param ahead Stands once for the request that it was asked for; where it did not come, that is made.
 */
export function fetchBy(http: Pick<Http, 'request'>, ahead?: AnswerAhead): (url: string, options: Options) => Promise<FetchAnswer> {
  let unused = ahead
  const taken = async (method: string, url: string): Promise<WholeAnswer | undefined> => {
    if (method !== 'GET' || url !== unused?.url) return undefined
    const { answer } = unused
    unused = undefined
    return answer
  }
  return async (url, { method = 'GET', headers = {}, body, signal }) => {
    const ask = (at: string): Promise<WholeAnswer> => http.request({ method, url: at, headers, ...(body === undefined ? {} : { body }), ...(signal === undefined ? {} : { signal }) })
    let at = url
    let answer = (await taken(method, url)) ?? (await ask(at))
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

function redirection({ status, headers }: WholeAnswer, method: string, at: string): string | undefined {
  const { location = '' } = headers
  if (location === '' || !(status === 307 || status === 308 || ((status === 301 || status === 302) && method === 'GET'))) return undefined
  const next = new URL(location, at)
  return next.origin === new URL(at).origin ? next.href : undefined
}
