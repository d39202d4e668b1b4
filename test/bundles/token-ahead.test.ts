import { createServer, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Machine } from './machine.ts'

let server: Server
let answer: (response: ServerResponse) => void
const asked: (string | undefined)[] = []
let machine: Machine
beforeEach(async () => {
  asked.length = 0
  server = createServer((request, response) => {
    asked.push(request.url)
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  machine = new Machine('rollback', { PATH: process.env['PATH'] ?? '', ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/token?v=2`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' })
})
afterEach(async () => {
  machine.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('a wrong input ends the step at once, though the token that was asked for ahead does not come, and nothing is masked', async () => {
  answer = () => undefined
  const end = await machine.step({ cluster: 'a b', namespace: 'shop', region: 'eu-west-1', reason: 'prices are wrong' })
  expect([end.exitCode, end.outputs['outcome'], asked]).toEqual([1, 'refused', ['/token?v=2&audience=sts.amazonaws.com']])
  expect(end.printed).not.toContain('add-mask')
})

test('the end of a step asks for no token', async () => {
  answer = (response) => response.end('{"value":"a.job.token"}')
  expect((await machine.step({}, {}, { isPost: 'true' })).exitCode).toBe(0)
  expect(asked).toEqual([])
})
