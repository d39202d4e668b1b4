import { afterEach, expect, test } from '@jest/globals'
import { createServer, type RequestListener, type Server } from 'node:http'
import { lightGet, type LightGet, type WholeAnswer } from '../src/index.ts'

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
  return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
}

function ask(url: string, more: Partial<LightGet> = {}): Promise<WholeAnswer> {
  return lightGet({ url, headers: { accept: 'text/plain' }, environment: {}, signal: new AbortController().signal, ...more })
}

test('an answer comes whole, whatever its status, and no redirect is followed', async () => {
  const asked: unknown[] = []
  const url = await serve(({ method, url, headers }, response) => {
    asked.push([method, url, headers.accept])
    response.writeHead(302, { Location: '/elsewhere', 'X-Twice': ['a', 'b'], 'Set-Cookie': ['c', 'd'] }).end('gr\u00fcn')
  })
  const sent = Promise.withResolvers<undefined>()
  const answer = await ask(`${url}/here?a=1`, { onSent: () => { sent.resolve(undefined) } })
  await sent.promise
  expect([answer.status, answer.headers, await answer.text(), await answer.bytes()]).toEqual([302, expect.objectContaining({ location: '/elsewhere', 'x-twice': 'a, b', 'set-cookie': 'c, d' }), 'gr\u00fcn', new TextEncoder().encode('gr\u00fcn')])
  expect(asked).toEqual([['GET', '/here?a=1', 'text/plain']])
})

test('it goes through the proxy that the environment names', async () => {
  const proxy = await serve(({ url }, response) => response.end(`for ${url ?? ''}`))
  expect(await (await ask('http://github.example/x', { environment: { HTTP_PROXY: proxy } })).text()).toBe('for http://github.example/x')
})

test('an answer that breaks off, or that nobody gives, is none', async () => {
  const url = await serve((request, response) => {
    if (request.url === '/none') request.socket.destroy()
    else response.writeHead(200, { 'content-length': '10' }).write('half', () => request.socket.destroy())
  })
  for (const path of ['/none', '/half']) await expect(ask(url + path)).rejects.toMatchObject({ code: 'ECONNRESET' })
  await expect(ask('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('it ends with its signal', async () => {
  const stop = new AbortController()
  const gone = Promise.withResolvers<undefined>()
  const url = await serve((request) => {
    request.socket.on('close', () => { gone.resolve(undefined) })
    stop.abort()
  })
  await expect(ask(url, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
  await gone.promise
})
