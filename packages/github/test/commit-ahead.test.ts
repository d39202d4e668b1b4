import { createServer, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { commitAhead, openGitHub, type AnswerAhead, type CommitAheadOptions } from '@slipway/github'
import { systemClock, type Clock } from '@slipway/wire'

const sha = '0123456789abcdef0123456789abcdef01234567'
let server: Server
let url: string
/** How the requests are answered, one after the other. */
let answers: ((response: ServerResponse) => void)[]
const asked: { readonly url: string | undefined; readonly client: string | undefined; readonly sent: readonly (string | undefined)[] }[] = []
beforeEach(async () => {
  asked.length = 0
  server = createServer(({ url: path, headers }, response) => {
    const answer = answers[asked.length]
    asked.push({ url: path, client: headers['user-agent']?.split('/')[0], sent: [headers.accept, headers.authorization] })
    answer?.(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const say = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => (response: ServerResponse): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body))
}
const shown = say(200, { sha, files: [{ filename: 'a' }] })
const breakOff = (response: ServerResponse): void => {
  response.destroy()
}
const github = 'octokit-core.js'

function ask(more: Partial<CommitAheadOptions> = {}): Promise<AnswerAhead | undefined> {
  return commitAhead({ repository: 'acme/shop', token: 'of-this-job', environment: { GITHUB_API_URL: url }, sha, signal: new AbortController().signal, ...more })
}

/** The commit by a client that has the answer, with what it waited and said. */
async function commit(token = 'of-this-job'): Promise<{ readonly shown: unknown; readonly waits: readonly number[]; readonly said: readonly string[] }> {
  const waits: number[] = []
  const said: string[] = []
  const clock: Clock = { ...systemClock, wait: (ms) => Promise.resolve(void waits.push(ms)) }
  const ahead = await ask({ token })
  if (ahead === undefined) throw new Error('nothing was asked')
  const opened = await openGitHub({ repository: 'acme/shop', token, environment: { GITHUB_API_URL: url }, clock, signal: new AbortController().signal, onWait: (text) => void said.push(text), ahead })
  return { shown: await opened.commit(sha).catch((error: unknown) => String(error)), waits, said }
}

test.each(['of-this-job', 'a.json.webtoken'])('with the token %s, it is what the client would be given, and stands for its first request alone', async (token) => {
  answers = [shown, shown]
  expect(await commit(token)).toEqual({ shown: { sha, files: ['a'] }, waits: [], said: [] })
  expect(asked.map(({ client }) => client)).toEqual(['slipway'])
  const opened = await openGitHub({ repository: 'acme/shop', token, environment: { GITHUB_API_URL: url }, clock: systemClock, signal: new AbortController().signal, onWait: () => undefined })
  await opened.commit(sha)
  const [ahead, ordinary] = asked
  expect(ordinary).toEqual({ ...ahead, client: github })
})

test('a commit that is not there, and a refusal, are told as ever', async () => {
  answers = [say(422, { message: 'No commit found for SHA' })]
  expect((await commit()).shown).toBeUndefined()
  answers = [shown, say(401, { message: 'Bad credentials' })]
  expect((await commit()).shown).toMatch(/GitHub did not show the commit 0123.* of acme\/shop: it does not take the token: Bad credentials\..*\[access-denied\]/)
  expect(asked).toHaveLength(2)
})

test('what GitHub asks to wait for is waited for, and what was trouble is tried again', async () => {
  answers = [say(429, { message: 'slow down' }, { 'retry-after': '7' }), shown]
  expect(await commit()).toMatchObject({ shown: { sha }, waits: [7000], said: [expect.stringMatching(/status 429/)] })
  answers = [shown, shown, say(502, {}), shown]
  expect(await commit()).toMatchObject({ shown: { sha }, waits: [expect.any(Number)], said: [expect.stringMatching(/status 502/)] })
  expect(asked.map(({ client }) => client)).toEqual(['slipway', github, 'slipway', github])
})

test('where no answer came, the client asks, without a word', async () => {
  answers = [breakOff, shown]
  expect(await commit()).toEqual({ shown: { sha, files: ['a'] }, waits: [], said: [] })
  expect(asked.map(({ client }) => client)).toEqual(['slipway', github])
})

test.each([
  ['a ref that is a name', { sha: 'heads/main' }],
  ['a short SHA', { sha: sha.slice(0, 7) }],
  ['no SHA', { sha: '' }],
  ['a repository that is none', { repository: 'acme' }],
  ['a repository with more in its name', { repository: 'acme/shop/../../x?y' }],
])('nothing is asked for %s', async (_, wrong) => {
  expect([await ask(wrong), asked]).toEqual([undefined, []])
})

test('a server that is none is left to the client', async () => {
  for (const GITHUB_API_URL of ['nowhere', 'ftp://127.0.0.1', 'http://127.0.0.1:1']) expect(await (await ask({ environment: { GITHUB_API_URL } }))?.answer).toBeUndefined()
  expect((await ask({ environment: {}, signal: AbortSignal.abort() }))?.url).toBe(`https://api.github.com/repos/acme/shop/commits/${sha}`)
})
