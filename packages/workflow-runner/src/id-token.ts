import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { isMapping, reasonOf } from './json.ts'

/** Signs an OIDC token with these claims for the audience; the sandbox's issuer does. */
export type IssueIdToken = (claims: Record<string, string>, audience: string) => Promise<string>
/** The loopback server behind ACTIONS_ID_TOKEN_REQUEST_URL. */
export interface IdTokens {
  /** Where and with what a job asks for its token; `end` forgets the job. */
  open(claims: Record<string, string>): Promise<{ url: string; token: string; end: () => void }>
  close(): Promise<void>
}

/** Serves OIDC tokens as GitHub does, on loopback; listens from the first `open`. */
export function serveIdTokens(issue: IssueIdToken): IdTokens {
  const jobs = new Map<string, Record<string, string>>()
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    const claims = jobs.get(/^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (!claims) {
      answer(401, { message: 'This bearer token belongs to no running job' })
      return
    }
    const audience = new URL(request.url ?? '/', 'http://localhost').searchParams.get('audience') ?? `https://github.com/${claims['repository_owner'] ?? ''}`
    issue(claims, audience).then(
      (value) => { answer(200, { count: value.length, value }) },
      (error: unknown) => { answer(500, { message: reasonOf(error) }) },
    )
  })
  let listening: Promise<number> | undefined
  const listen = (): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', () => {
        const address: unknown = server.address()
        if (isMapping(address) && typeof address['port'] === 'number') resolve(address['port'])
      })
      server.unref()
    })
  return {
    async open(claims) {
      const port = await (listening ??= listen())
      const token = randomBytes(24).toString('base64url')
      jobs.set(token, claims)
      return { url: `http://127.0.0.1:${port}/id-token?api-version=2.0`, token, end: () => jobs.delete(token) }
    },
    async close() {
      if (!listening) return
      await listening
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}
