import { afterEach, describe, expect, test } from '@jest/globals'
import { createServer, type RequestListener, type Server } from 'node:http'
import { TransportError, lanes, mapLimit, openHttp, retryAfterMs, withRetries, type Clock } from '../src/index.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

function fakeClock(): Clock & { waits: number[] } {
  let ms = 0
  const waits: number[] = []
  return {
    waits,
    now: () => ms,
    monotonic: () => ms,
    wait: (span) => {
      waits.push(span)
      ms += span
      return Promise.resolve()
    },
  }
}

test('an answer is read as text, JSON or bytes, whatever its status', async () => {
  const url = await serve((_, response) => response.writeHead(418, { 'X-Tea': 'pot' }).end('{"a":1}'))
  const http = openHttp({ environment: {} })
  const response = await http.request({ method: 'GET', url })
  expect([response.status, response.headers['x-tea'], await response.json()]).toEqual([418, 'pot', { a: 1 }])
  await http.close()
})

describe('a body that comes in chunks', () => {
  async function* chunked(size: number, until = size): AsyncIterable<Uint8Array> {
    for (let at = 0; at < until; at += 10_000) {
      await Promise.resolve()
      yield new Uint8Array(Math.min(10_000, size - at))
    }
    if (until < size) throw new RangeError('the source is dry')
  }

  test('is sent as it comes, under its length', async () => {
    const url = await serve((request, response) => {
      let received = 0
      request.on('data', (chunk: Buffer) => (received += chunk.length)).on('end', () => response.end(`${received} of ${request.headers['content-length'] ?? 'nobody knows'}`))
    })
    const http = openHttp({ environment: {} })
    const response = await http.request({ method: 'PUT', url, headers: { 'content-length': '1000001' }, body: chunked(1_000_001) })
    expect(await response.text()).toBe('1000001 of 1000001')
    await http.close()
  })

  test('that breaks off is no whole request, and the error is its own', async () => {
    const ended: string[] = []
    const url = await serve((request) => request.resume().on('end', () => ended.push('whole')))
    const http = openHttp({ environment: {} })
    await expect(http.request({ method: 'PUT', url, headers: { 'content-length': '100000' }, body: chunked(100_000, 50_000) })).rejects.toThrow(new RangeError('the source is dry'))
    expect(ended).toEqual([])
    await http.close()
  })

  test('is let go where nobody takes it', async () => {
    const released = Promise.withResolvers<true>()
    async function* source(): AsyncIterable<Uint8Array> {
      try {
        yield* chunked(10_000_000)
      } finally {
        released.resolve(true)
      }
    }
    const url = await serve((request) => request.socket.destroy())
    const http = openHttp({ environment: {} })
    await expect(http.request({ method: 'PUT', url, headers: { 'content-length': '10000000' }, body: source() })).rejects.toThrow(TransportError)
    expect(await released.promise).toBe(true)
    await http.close()
  })
})

test('a refused connection is told as never sent, a reset one as in doubt', async () => {
  const url = await serve((request) => request.socket.destroy())
  const http = openHttp({ environment: {} })
  const failure = async (to: string): Promise<unknown> => http.request({ method: 'POST', url: to, body: 'x' }).catch((error: unknown) => error)
  expect(await failure(url)).toMatchObject({ name: 'TransportError', unsent: false })
  expect(await failure('http://127.0.0.1:1')).toMatchObject({ code: 'ECONNREFUSED', unsent: true })
  await http.close()
})

test('a server that stays silent is given up after the time given', async () => {
  const url = await serve(() => undefined)
  const http = openHttp({ environment: {} })
  await expect(http.request({ method: 'GET', url, timeoutMs: 50 })).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' })
  await http.close()
})

test('an aborted request rejects with the reason of its signal', async () => {
  const stop = new AbortController()
  const url = await serve(() => {
    stop.abort(new Error('cancelled'))
  })
  const http = openHttp({ environment: {} })
  await expect(http.request({ method: 'GET', url, signal: stop.signal })).rejects.toThrow('cancelled')
  await http.close()
})

test('requests go through the proxy that the environment names, except for hosts that it excludes', async () => {
  const origin = await serve((_, response) => response.end('direct'))
  const tunnels: string[] = []
  const proxy = createServer().on('connect', (request, socket) => {
    tunnels.push(request.url ?? '')
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  servers.push(proxy)
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const proxyUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const excluded = openHttp({ environment: { HTTP_PROXY: proxyUrl, NO_PROXY: '127.0.0.1' } })
  expect(await (await excluded.request({ method: 'GET', url: origin })).text()).toBe('direct')
  const proxied = openHttp({ environment: { https_proxy: proxyUrl } })
  await expect(proxied.request({ method: 'GET', url: 'https://cluster.invalid/x' })).rejects.toThrow(TransportError)
  expect(tunnels).toEqual(['cluster.invalid:443'])
  await Promise.all([excluded.close(), proxied.close()])
})

test('attempts go on while the budget lasts, and a server that names a wait is obeyed', async () => {
  const clock = fakeClock()
  const attempts: number[] = []
  const outcome = withRetries(
    (number) => {
      attempts.push(number)
      return Promise.reject(new Error(`attempt ${number}`))
    },
    { clock, budgetMs: 10_000, random: () => 0, retry: (error) => (String(error).includes('attempt 2') ? { afterMs: 7000 } : {}) },
  )
  await expect(outcome).rejects.toThrow('attempt')
  expect(clock.waits.slice(0, 3)).toEqual([50, 7000, 200])
  expect(clock.monotonic()).toBeLessThanOrEqual(10_000)
  expect(attempts.length).toBe(clock.waits.length + 1)
})

test('what no retry mends is thrown at once', async () => {
  const clock = fakeClock()
  await expect(withRetries(() => Promise.reject(new Error('no')), { clock, budgetMs: 1e6, random: () => 0, retry: () => false })).rejects.toThrow('no')
  expect(clock.waits).toEqual([])
})

test('Retry-After is read in seconds and as a date', () => {
  const now = Date.parse('2026-11-21T00:00:00Z')
  expect(['3', 'Sat, 21 Nov 2026 00:00:05 GMT', 'Sat, 21 Nov 2020 00:00:00 GMT', 'soon', undefined].map((text) => retryAfterMs(text, now))).toEqual([
    3000, 5000, 0, undefined, undefined,
  ])
})

test('work in parallel keeps its order and its limit, and ends before an error is told', async () => {
  let running = 0
  let most = 0
  const work = async (item: number): Promise<number> => {
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    running -= 1
    if (item === 3) throw new Error('three')
    return item * 2
  }
  expect(await mapLimit([1, 2, 4, 5], 2, work)).toEqual([2, 4, 8, 10])
  await expect(mapLimit([1, 2, 3, 4], 2, work)).rejects.toThrow('three')
  expect([most, running]).toEqual([2, 0])
  expect(new TransportError('http://a/', new Error('x')).code).toBe('UNKNOWN')
})

test('lanes let work from several places in, no more at a time than there are, and go on after an error', async () => {
  let running = 0
  let most = 0
  const begun: number[] = []
  const lane = lanes(2)
  const work = (number: number) =>
    lane(async () => {
      begun.push(number)
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
      if (number === 1) throw new Error('one')
      return number
    })
  const ends = await Promise.allSettled([0, 1, 2, 3, 4].map(work))
  expect([most, begun, ends.map(({ status }) => status)]).toEqual([2, [0, 1, 2, 3, 4], ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']])
})
