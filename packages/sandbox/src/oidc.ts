import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign, verify, type KeyObject } from 'node:crypto'
import { parseObject, type Json } from './json.ts'
import { startServer, type Ledger } from './server.ts'

/** The issuer of a job's identity tokens, like GitHub's. */
export interface Issuer {
  readonly url: string
  /** A signed token for one audience; `lifetimeSeconds` may be negative, for a token that has expired. */
  issue(claims: Record<string, unknown>, audience: string, lifetimeSeconds?: number): Promise<string>
  /** The token's claims where this issuer signed it. */
  verified(token: string): Json | undefined
  close(): Promise<void>
}

/** Starts an issuer with a key of its own; its JWKS stands at `/.well-known/jwks`. */
export async function startIssuer(ledger: Ledger): Promise<Issuer> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })
  const key = createPublicKey(pair.publicKey)
  const header = { typ: 'JWT', alg: 'RS256', kid: randomUUID() }
  const jwks = { keys: [{ ...key.export({ format: 'jwk' }), use: 'sig', alg: header.alg, kid: header.kid }] }
  const server = await startServer({
    name: 'oidc',
    ledger,
    classify: ({ method, url }) => ({ operation: `oidc:${method} ${url.pathname}`, write: false }),
    handle({ url }, response) {
      const documents: Record<string, unknown> = {
        '/.well-known/jwks': jwks,
        '/.well-known/openid-configuration': { issuer: server.url, jwks_uri: `${server.url}/.well-known/jwks`, id_token_signing_alg_values_supported: ['RS256'] },
      }
      const found = documents[url.pathname]
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}))
    },
  })
  const privateKey = createPrivateKey(pair.privateKey)
  return {
    url: server.url,
    issue(claims, audience, lifetimeSeconds = 300) {
      const iat = Math.floor(Date.now() / 1000)
      return Promise.resolve(signed(header, { ...claims, iss: server.url, aud: audience, jti: randomUUID(), iat, nbf: iat, exp: iat + lifetimeSeconds }, privateKey))
    },
    verified: (token) => verified(token, key),
    close: () => server.close(),
  }
}

function signed(header: Json, claims: Json, key: KeyObject): string {
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`
}

function verified(token: string, key: KeyObject): Json | undefined {
  const [header, claims, signature, ...more] = token.split('.')
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0) return undefined
  if (!verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))) return undefined
  return parseObject(Buffer.from(claims, 'base64url'))
}
