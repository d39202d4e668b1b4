import { createServer, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { errorsOf } from './bench.ts'
import { Machine, type StepEnd } from './machine.ts'

let server: Server
let url: string
let answer: (response: ServerResponse, path: string) => void
const asked: unknown[] = []
let machine: Machine
beforeEach(async () => {
  asked.length = 0
  server = createServer(({ method, url: path = '', headers }, response) => {
    asked.push([`${method ?? ''} ${path}`, headers['user-agent']?.split('/')[0], headers.authorization])
    answer(response, path)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  machine = new Machine('tag-release', { PATH: process.env['PATH'] ?? '' })
})
afterEach(async () => {
  machine.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const silent = (): void => undefined
const sha = '0123456789abcdef0123456789abcdef01234567'
const right = { version: '1.4.0', start: 'none', 'github-token': 'ghs_ofAnApp' }
const run = (inputs: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}): Promise<StepEnd> => machine.step(inputs, { GITHUB_API_URL: url, ...more })

test('the commit is asked for before GitHub\'s client is loaded, and not again; the next request is the client\'s', async () => {
  answer = (response, path) => response.writeHead(path.includes('/commits/') ? 200 : 401, { 'content-type': 'application/json' }).end(path.includes('/commits/') ? JSON.stringify({ sha }) : '{"message":"Bad credentials"}')
  const end = await run(right)
  expect([end.exitCode, errorsOf(end)]).toEqual([1, [expect.stringContaining('Bad credentials')]])
  expect(asked).toEqual([[`GET /repos/acme/shop/commits/${sha}`, 'slipway', 'token ghs_ofAnApp'], [expect.stringContaining('GET /repos/acme/shop/git/'), 'octokit-core.js', 'token ghs_ofAnApp']])
  expect(end.printed.indexOf('::add-mask::ghs_ofAnApp')).toBe(end.printed.indexOf('ghs_ofAnApp') - '::add-mask::'.length)
})

test('a commit that is given is asked for; a branch or tag is left to the client', async () => {
  answer = (response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{}')
  const ref = 'a'.repeat(40)
  await run({ ...right, ref })
  await run({ ...right, ref: 'main' })
  expect(asked).toEqual([[`GET /repos/acme/shop/commits/${ref}`, 'slipway', 'token ghs_ofAnApp'], [expect.stringContaining('/git/'), 'octokit-core.js', 'token ghs_ofAnApp']])
})

test.each([
  ['inputs that are wrong', { version: '01.2.3' }, {}],
  ['a token that is none', { 'github-token': 'two words' }, {}],
  ['no token', { 'github-token': '' }, {}],
  ['a project file that is missing', { service: 'cart' }, {}],
  ['a stranger\'s run', {}, { GITHUB_EVENT_NAME: 'pull_request_target' }],
])('%s: nobody is asked', async (_, inputs, more) => {
  answer = silent
  const end = await run({ ...right, ...inputs }, more)
  expect([end.exitCode, end.outputs['outcome'], asked]).toEqual([1, 'refused', []])
  expect(end.printed).not.toContain('add-mask')
})

test('told to stop while GitHub does not answer, it ends at once', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  answer = () => {
    resolve(undefined)
  }
  const end = await machine.step(right, { GITHUB_API_URL: url }, {}, { after: /add-mask/, then: (kill) => void promise.then(() => { kill('SIGTERM') }) })
  expect([end.exitCode, errorsOf(end), asked.length]).toEqual([1, [expect.stringMatching(/title=cancelled/)], 1])
})

test('the end of a step asks nobody', async () => {
  answer = silent
  expect((await machine.step(right, { GITHUB_API_URL: url }, { isPost: 'true' })).exitCode).toBe(0)
  expect(asked).toEqual([])
})
