import { expect, test } from '@jest/globals'
import { createServer } from 'node:http'
import { lightGet, onItsWay } from '../src/index.ts'

test('a request to a server that has to be looked up is on its way before anything else is done', async () => {
  const server = createServer(() => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const [url, stop] = [`http://localhost:${typeof address === 'object' ? (address?.port ?? 0) : 0}`, new AbortController()]
  let isSent = false
  const { answer } = await onItsWay((onSent) =>
    lightGet({ url, headers: {}, environment: {}, signal: stop.signal, onSent: () => {
      isSent = true
      onSent()
    } }))
  expect(isSent).toBe(true)
  stop.abort()
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  await new Promise((resolve) => server.close(resolve))
})

test('one that fails, or cannot be sent for long, holds nothing up', async () => {
  const { answer } = await onItsWay(() => Promise.reject(new Error('nobody there')))
  await expect(answer).rejects.toThrow('nobody there')
  const unsent = Promise.withResolvers<string>()
  const { answer: late } = await onItsWay(() => unsent.promise)
  unsent.resolve('late')
  expect(await late).toBe('late')
})
