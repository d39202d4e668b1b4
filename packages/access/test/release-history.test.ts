import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import { GitHubRepository, Ledger, startGitHub, type RunningServer } from '@slipway/sandbox'
import { systemClock } from '@slipway/wire'
import { releaseHistory, type ReleaseHistory } from '../src/index.ts'

const ledger = new Ledger()
const repositories: GitHubRepository[] = []
let server: RunningServer
let shop: GitHubRepository
beforeAll(async () => {
  server = await startGitHub({ ledger, repositories, tokens: new Map([['job', { kind: 'job', rights: ['contents: read'] }]]) })
})
afterAll(async () => {
  await server.close()
})
beforeEach(() => {
  shop = new GitHubRepository('acme/shop')
  repositories.splice(0, 1, shop)
  ledger.exchanges.length = 0
})

function history(commit: string, token = 'job'): ReleaseHistory {
  const source = { run: { repository: 'acme/shop', ref: 'refs/tags/v1.0.0', sha: '', workspace: '/w' }, token, environment: { GITHUB_API_URL: server.url }, clock: systemClock, signal: new AbortController().signal, onWait: () => undefined, notice: () => undefined }
  return releaseHistory(source, commit)
}
async function failureOf(asked: Promise<unknown>): Promise<string> {
  const error: unknown = await asked.catch((thrown: unknown) => thrown)
  if (!(error instanceof Failed)) throw new Error('nothing failed', { cause: error })
  return error.message
}

describe('a tag is released', () => {
  test.each([true, false])('where it leads to the commit, and that is on the default branch (an object of its own: %s)', async (isAnnotated) => {
    const commit = shop.commit('x', ['a'])
    shop.commit('y', ['a'])
    shop.tag('cart/v1.0.0', commit, isAnnotated)
    await expect(history(commit).confirm({ name: 'cart/v1.0.0' })).resolves.toBeUndefined()
  })

  test('or on the branch that the environment names', async () => {
    const base = shop.commit('x', ['a'])
    const fix = shop.commit('fix', ['a'], { branch: 'release/1', parents: [base] })
    shop.commit('y', ['a'])
    shop.tag('v1.0.1', fix)
    await expect(history(fix).confirm({ name: 'v1.0.1', branch: 'release/1' })).resolves.toBeUndefined()
    expect(await failureOf(history(fix).confirm({ name: 'v1.0.1' }))).toMatch(/^the commit \w{12} of the tag v1\.0\.1 is not released: it is not reachable from the default branch\. .*\[not-released\]$/)
    expect(await failureOf(history(fix).confirm({ name: 'v1.0.1', branch: 'release/2' }))).toMatch(/there is no commit on the branch release\/2.*\[not-released\]$/)
  })

  test('and not where it was moved or deleted since the run began', async () => {
    const [commit, later] = [shop.commit('x', ['a']), shop.commit('y', ['a'])]
    shop.tag('v1.0.0', later)
    expect(await failureOf(history(commit).confirm({ name: 'v1.0.0' }))).toMatch(/^the tag v1\.0\.0 is not at the commit that this run deploys, \w{12}: it leads to \w{12} now\. .*\[tag-moved\]$/)
    expect(await failureOf(history(commit).confirm({ name: 'v1.1.0' }))).toMatch(/it is gone.*\[tag-moved\]$/)
  })

  test('a branch that is called like the tag changes nothing', async () => {
    const [commit, later] = [shop.commit('x', ['a']), shop.commit('y', ['a'], { branch: 'v1.0.0' })]
    shop.tag('v1.0.0', commit)
    shop.tag('main', later)
    await expect(history(commit).confirm({ name: 'v1.0.0' })).resolves.toBeUndefined()
    expect(await failureOf(history(later).confirm({ name: 'v1.0.0' }))).toContain('[tag-moved]')
  })
})

test('what runs comes before what is deployed, or does not; each is asked once, and what is the same never', async () => {
  const [first, second] = [shop.commit('x', ['a']), shop.commit('y', ['a'])]
  const forward = history(second)
  expect(await Promise.all([first, first, second, '0'.repeat(40)].map((commit) => forward.isBefore(commit)))).toEqual([true, true, true, false])
  expect(ledger.exchanges).toHaveLength(2)
  expect(await history(first).isBefore(second)).toBe(false)
})

test('without a token it is said what it was for', async () => {
  expect(await failureOf(history('abc', '').confirm({ name: 'v1.0.0' }))).toMatch(/"github-token" is empty: GitHub is asked where abc stands in the history of acme\/shop.*\[input-missing\]$/)
})
