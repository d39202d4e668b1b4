import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { textAt } from '@slipway/rollout'
import { systemClock, TransportError, type Clock } from '@slipway/wire'
import { createServer, type RequestListener } from 'node:http'
import type { BearerToken, ObjectRef } from '../src/index.ts'
import { makeBed, type Bed } from './bed.ts'

let bed: Bed
beforeEach(async () => {
  bed = await makeBed()
})
afterEach(() => bed.close())

const absent: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging', name: 'absent' }
const lasting = (token: string): BearerToken => ({ token, expiresAtMs: Number.MAX_SAFE_INTEGER })

/** A clock that notes how long it was to wait, and does not. */
function notingClock(): Clock & { waits: number[] } {
  const waits: number[] = []
  return { ...systemClock, waits, wait: (ms) => Promise.resolve(void waits.push(ms)) }
}

test.each([429, 503])('a refusal with status %i is waited for as long as the server asks, and told', async (status) => {
  const clock = notingClock()
  const told: string[] = []
  const body = JSON.stringify({ kind: 'Status', message: 'too many requests', reason: 'TooManyRequests' })
  bed.ledger.script({ server: 'kubernetes:test', operation: /^PATCH configmaps/, effect: { status, headers: { 'retry-after': '7' }, body } })
  const cluster = bed.client({ clock, onWait: (text) => told.push(text) })
  await cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one', namespace: 'staging' } }, { manager: 'slipway' })
  expect(clock.waits).toEqual([7_000])
  expect(told).toEqual(['test: the next attempt is in 7 s (too many requests)'])
})

test('a wait that would be longer than a minute is not begun', async () => {
  const clock = notingClock()
  bed.ledger.script({ server: 'kubernetes:test', operation: /^GET configmaps/, effect: { status: 429, headers: { 'retry-after': '61' }, body: 'busy' } })
  await expect(bed.client({ clock }).get(absent)).rejects.toThrow('HTTP status 429: busy')
  expect(clock.waits).toEqual([])
})

test('a refused token is replaced once, however many requests it was refused to', async () => {
  const tokens = ['old', 'good']
  let asked = 0
  const cluster = bed.client({ token: () => Promise.resolve(lasting(tokens[asked++] ?? 'none')) })
  await Promise.all(Array.from({ length: 5 }, () => cluster.get(absent)))
  expect(asked).toBe(2)
})

test('a fresh token that is refused as well is told in words', async () => {
  let asked = 0
  const cluster = bed.client({ token: () => Promise.resolve(lasting(`unknown-${(asked += 1)}`)) })
  await expect(cluster.get(absent)).rejects.toMatchObject({
    failures: [{ code: 'access-denied', what: 'the API server of test does not know who this run is', next: expect.stringContaining('access entry') }],
  })
  expect(asked).toBe(2)
})

test('a token that could not be made is asked for again by the next request', async () => {
  let asked = 0
  const cluster = bed.client({
    token: () => {
      asked += 1
      return asked === 1 ? Promise.reject(new Error('STS is away')) : Promise.resolve(lasting('good'))
    },
  })
  await expect(cluster.get(absent)).rejects.toThrow('STS is away')
  expect(await cluster.get(absent)).toBeUndefined()
})

test('a token that cannot be had is no API server out of reach', async () => {
  const cause = new TransportError('http://sts', Object.assign(new Error('no route to STS'), { code: 'ECONNREFUSED' }))
  await expect(bed.client({ token: () => Promise.reject(cause) }).get(absent)).rejects.toBe(cause)
})

test('a token is replaced a minute before its end, once for all who ask', async () => {
  let asked = 0
  let nowMs = 0
  const cluster = bed.client({
    clock: { ...systemClock, now: () => nowMs },
    token: () => Promise.resolve({ token: 'good', expiresAtMs: 900_000 * (asked += 1) }),
  })
  await cluster.get(absent)
  nowMs = 839_999
  await cluster.get(absent)
  expect(asked).toBe(1)
  nowMs = 840_000
  await Promise.all([cluster.get(absent), cluster.get(absent)])
  expect(asked).toBe(2)
})

test('discovery that was refused is asked for again by the next request', async () => {
  bed.ledger.script({ server: 'kubernetes:test', operation: /^GET \/api\/v1$/, effect: { status: 403, body: 'not yet' } })
  const account = { ...absent, kind: 'ServiceAccount' }
  await expect(bed.cluster.get(account)).rejects.toThrow('HTTP status 403: not yet')
  expect(await bed.cluster.get(account)).toBeUndefined()
})

test('where the kinds are that every server has, nobody asks', async () => {
  await Promise.all([bed.cluster.get(absent), bed.cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'staging' }), bed.cluster.list({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging' })])
  expect(bed.ledger.exchanges.map(({ operation, status }) => [operation, status]).sort()).toEqual([['GET configmaps', 404], ['GET namespaces', 200], ['LIST deployments', 200]])
})

test('a request with limits gives up in time, retries included', async () => {
  await bed.cluster.get(absent)
  let sent = 0
  bed.ledger.onRequest = () => {
    sent += 1
  }
  bed.ledger.script({ server: 'kubernetes:test', operation: /^GET configmaps/, times: 10, effect: 'hang' })
  await expect(bed.cluster.get(absent, { timeoutMs: 100 })).rejects.toThrow(TransportError)
  expect(sent).toBe(1)
})

test('a request ends with its signal', async () => {
  await bed.cluster.get(absent)
  const stop = new AbortController()
  bed.ledger.script({ server: 'kubernetes:test', operation: /^GET configmaps/, effect: 'hang' })
  bed.ledger.onRequest = () => {
    stop.abort(new Error('enough'))
  }
  await expect(bed.cluster.get(absent, { signal: stop.signal })).rejects.toThrow('enough')
})

test('an answer that breaks off in its middle is asked for again, one that is no object is told in words', async () => {
  let asked = 0
  await using other = await startOther((_, response) => {
    asked += 1
    if (asked > 1) response.end('<html>a proxy</html>')
    else response.writeHead(200, { 'content-length': '100' }).write('{"half":', () => response.destroy())
  })
  await expect(bed.client({ endpoint: other.url }).get(absent)).rejects.toMatchObject({ failures: [{ code: 'cluster-refused', why: 'it begins with: <html>a proxy</html>' }] })
  expect(asked).toBe(2)
})

test('a 404 that does not come from the API server does not mean that an object is absent', async () => {
  await using other = await startOther((request, response) => {
    if (request.url === '/api/v1') response.end(JSON.stringify({ resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }] }))
    else response.writeHead(404).end('no such page')
  })
  await expect(bed.client({ endpoint: other.url }).get(absent)).rejects.toThrow('HTTP status 404: no such page')
})

test('a list of which the pages were forgotten is read again in one piece', async () => {
  const asked: string[] = []
  const list = (names: readonly string[], next: string): string => JSON.stringify({ metadata: { resourceVersion: '9', continue: next }, items: names.map((name) => ({ metadata: { name } })) })
  await using other = await startOther((request, response) => {
    const url = new URL(request.url ?? '/', 'http://other')
    if (url.pathname === '/api/v1') response.end(JSON.stringify({ resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }] }))
    else {
      asked.push(url.search)
      if (url.searchParams.has('continue')) response.writeHead(410).end(JSON.stringify({ kind: 'Status', reason: 'Expired', message: 'The provided continue parameter is too old' }))
      else response.end(url.searchParams.has('limit') ? list(['a', 'b'], 'more') : list(['a', 'c'], ''))
    }
  })
  const { items, resourceVersion } = await bed.client({ endpoint: other.url }).list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging' })
  expect(items.map((item) => textAt(item, 'metadata', 'name'))).toEqual(['a', 'c'])
  expect(resourceVersion).toBe('9')
  expect(asked).toEqual(['?limit=500', '?limit=500&continue=more', ''])
})

test('an API server that is out of reach is told with what to do', async () => {
  const clock = notingClock()
  let elapsedMs = 0
  const cluster = bed.client({ endpoint: 'http://127.0.0.1:1', clock: { ...clock, monotonic: () => (elapsedMs += 5_000) } })
  await expect(cluster.get(absent)).rejects.toMatchObject({ failures: [{ code: 'cluster-unreachable', next: expect.stringContaining('inside its VPC') }] })
})

test('a token is never sent in clear over a network', () => {
  expect(() => bed.client({ endpoint: 'http://10.0.0.1' })).toThrow(/has an address without TLS/)
})

/** A server that is not the sandbox's, for answers that the sandbox does not give. */
async function startOther(listener: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
