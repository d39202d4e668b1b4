import { expect, test } from '@jest/globals'
import { createServer } from 'node:http'
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'
import * as parts from '../src/undici.ts'

test('the agents are those that undici itself exports, and can do what they can do there', async () => {
  const methods = Object.getOwnPropertyDescriptors(Dispatcher.prototype)
  const undici = await import('undici')
  expect(Object.getOwnPropertyDescriptors(Dispatcher.prototype)).toEqual(methods)
  expect(parts.Agent).toBe(undici.Agent)
  expect(parts.EnvHttpProxyAgent).toBe(undici.EnvHttpProxyAgent)
  expect(parts.ProxyAgent).toBe(undici.ProxyAgent)
})

test('an agent sends, and fetches, without the rest of undici', async () => {
  const server = createServer((request, response) => response.end(`${request.method ?? ''} ${request.url ?? ''}`))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  const agent = new parts.Agent()
  try {
    const sent = await agent.request({ origin, path: '/tea?hot', method: 'PUT' })
    expect([sent.statusCode, await sent.body.text()]).toEqual([200, 'PUT /tea?hot'])
    const fetched = await parts.fetch(`${origin}/cake`, { dispatcher: agent })
    expect([fetched.status, await fetched.text()]).toEqual([200, 'GET /cake'])
  } finally {
    await agent.close()
    server.close()
  }
})
