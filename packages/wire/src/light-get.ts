import type { HttpResponse } from './http.ts'
import { joinedHeaders } from './headers.ts'

export interface LightGet {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case are read from here. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Called once the request is on its way: the time to load what its answer is needed for. */
  readonly onSent?: () => void
}

/** An answer that came to its end. */
export type WholeAnswer = Pick<HttpResponse, 'status' | 'headers' | 'text' | 'bytes'>

const patienceMs = 30_000

/**
 * A GET by Node's own client: it is on the wire before a pool's client would be loaded. Rejects where the whole answer
 * did not come within 30 s; every status is an answer. Redirects are not followed.
 */
export async function lightGet({ url, headers, environment, signal, onSent = () => undefined }: LightGet): Promise<WholeAnswer> {
  const { get, Agent } = url.startsWith('http:') ? await import('node:http') : await import('node:https')
  const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  const agent = new Agent({ proxyEnv: { ...environment } })
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, signal: within, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject).on('end', () => {
        const bytes = new Uint8Array(Buffer.concat(chunks))
        resolve({ status: response.statusCode ?? 0, headers: joinedHeaders(response.headers), text: () => Promise.resolve(new TextDecoder().decode(bytes)), bytes: () => Promise.resolve(bytes) })
      })
    })
    request.on('error', reject).on('finish', onSent)
  })
}
