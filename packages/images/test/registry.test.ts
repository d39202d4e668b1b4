import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createHash } from 'node:crypto'
import { afterEach, expect, test } from '@jest/globals'
import { openHttp, type Clock, type Http } from '@slipway/wire'
import { parseImageName } from '../src/image-name.ts'
import { openRegistries } from '../src/registry.ts'

const manifest = '{"schemaVersion":2}'
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`
let server: Server | undefined
let http: Http | undefined
afterEach(async () => {
  await http?.close()
  server?.closeAllConnections()
  await new Promise((done) => server?.close(done))
})

/** A clock whose waits are over at once and are counted. */
function quickClock(waits: number[]): Clock {
  let now = 0
  return {
    now: () => now,
    monotonic: () => now,
    wait: (ms) => {
      waits.push(ms)
      now += ms
      return Promise.resolve()
    },
  }
}

async function resolve(answer: (request: IncomingMessage, response: ServerResponse, port: number) => void, waits: number[] = []): Promise<string> {
  let port = 0
  server = createServer((request, response) => {
    answer(request, response, port)
  })
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  http = openHttp({ environment: {} })
  const registries = openRegistries({ http, clock: quickClock(waits), random: () => 0.5, signal: new AbortController().signal, credentials: (host) => Promise.resolve(host.startsWith('127.') ? { username: 'me', password: 'pw' } : undefined) })
  const name = parseImageName(`127.0.0.1:${port}/acme/base:1`)
  if (!name) throw new Error('no name')
  return registries.digest(name)
}

test('the digest is read from the head of the manifest', async () => {
  expect(
    await resolve((request, response) => {
      expect(`${request.method ?? ''} ${request.url ?? ''}`).toBe('HEAD /v2/acme/base/manifests/1')
      expect(request.headers.accept).toContain('application/vnd.oci.image.index.v1+json')
      response.writeHead(200, { 'docker-content-digest': digest }).end()
    }),
  ).toBe(digest)
})

test('a registry that tells no digest is asked for the manifest itself', async () => {
  expect(await resolve((request, response) => response.writeHead(200).end(request.method === 'GET' ? manifest : undefined))).toBe(digest)
})

test('a token is fetched where the registry sends its clients for one', async () => {
  const seen: string[] = []
  expect(
    await resolve((request, response, port) => {
      seen.push(`${request.url ?? ''} ${request.headers.authorization ?? 'nobody'}`)
      if (request.url?.startsWith('/token')) response.writeHead(200).end('{"token":"abc"}')
      else if (request.headers.authorization === 'Bearer abc') response.writeHead(200, { 'docker-content-digest': digest }).end()
      else response.writeHead(401, { 'www-authenticate': `Bearer realm="http://127.0.0.1:${port}/token",service="registry",scope="repository:acme/base:pull"` }).end()
    }),
  ).toBe(digest)
  expect(seen).toEqual([
    '/v2/acme/base/manifests/1 nobody',
    `/token?service=registry&scope=${encodeURIComponent('repository:acme/base:pull')} Basic bWU6cHc=`,
    '/v2/acme/base/manifests/1 Bearer abc',
  ])
})

test('a registry that asks for a password is given it', async () => {
  expect(
    await resolve((request, response) => {
      if (request.headers.authorization === 'Basic bWU6cHc=') response.writeHead(200, { 'docker-content-digest': digest }).end()
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
    }),
  ).toBe(digest)
})

test('the wait that a busy registry asks for is kept', async () => {
  const waits: number[] = []
  let asked = 0
  expect(
    await resolve((_, response) => {
      asked += 1
      if (asked === 1) response.writeHead(429, { 'retry-after': '3' }).end()
      else response.writeHead(200, { 'docker-content-digest': digest }).end()
    }, waits),
  ).toBe(digest)
  expect(waits).toEqual([3000])
})

test.each([
  [404, /has no acme\/base:1/],
  [401, /refuses to show it/],
  [503, /does not answer: it answered 503/],
])('an answer %i is told in words', async (status, words) => {
  await expect(resolve((_, response) => response.writeHead(status).end())).rejects.toThrow(words)
})

test('a token is never fetched from an address without https', async () => {
  await expect(resolve((_, response) => response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://evil.example/token"' }).end())).rejects.toThrow(/is not https/)
})
