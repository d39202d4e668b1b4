import { createServer } from 'node:http'

/** The runner's service of OIDC tokens. The emulator of STS looks at none: whom a role trusts is tested on the sandbox. */
export async function startTokens(): Promise<{ readonly environment: Readonly<Record<string, string>>; close(): Promise<void> }> {
  const server = createServer((_, response) => {
    const claims = Buffer.from(JSON.stringify({ sub: 'repo:acme/shop:environment:staging', exp: Date.now() / 1000 + 600 })).toString('base64url')
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ value: `e30.${claims}.none` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/token?`
  return {
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
      }),
  }
}
