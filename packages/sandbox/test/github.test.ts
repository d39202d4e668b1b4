import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { GitHubRepository, Ledger, startGitHub, type RunningServer } from '@slipway/sandbox'
import { member } from './support/cloud.ts'
import { strayFrom } from './support/description.ts'

const ledger = new Ledger()
const repositories: GitHubRepository[] = []
const tokens = new Map([
  ['job', { kind: 'job', rights: ['contents: write', 'actions: write'] }],
  ['app', { kind: 'app', rights: ['contents: write', 'actions: write', 'workflows: write'] }],
  ['reader', { kind: 'app', rights: ['contents: read'] }],
] as const)
let server: RunningServer
let shop: GitHubRepository
beforeAll(async () => {
  server = await startGitHub({ ledger, repositories, tokens })
})
afterAll(async () => {
  await server.close()
})
beforeEach(() => {
  shop = new GitHubRepository('acme/shop')
  repositories.splice(0, 1, shop)
})

/** A request and its answer, held against GitHub's OpenAPI description. */
async function call(method: string, path: string, body?: unknown, token = 'job'): Promise<{ status: number; answer: unknown }> {
  const url = new URL(`${server.url}/repos/acme/shop/${path}`)
  const response = await fetch(url, { method, headers: { authorization: `token ${token}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await response.text()
  const answer: unknown = text === '' ? undefined : JSON.parse(text)
  const stray = strayFrom(method, path.replace(/\?.*/, ''), [...url.searchParams.keys()], body, response.status, answer)
  // The description leaves out some of the refusals that any request can meet.
  expect(stray.filter((one) => !/: no status 40[134]$/.test(one))).toEqual([])
  return { status: response.status, answer }
}
const messageOf = async (asked: ReturnType<typeof call>): Promise<unknown> => {
  const { status, answer } = await asked
  return [status, member(answer, 'message')]
}
const names = (answer: unknown, ...path: string[]): unknown[] => (Array.isArray(answer) ? answer.map((one) => member(one, ...path)) : [])

describe('GitHub answers as it describes itself', () => {
  test('commits: by name, by path, and what lies between two', async () => {
    const first = shop.commit('feat: carts', ['services/cart/a.js'])
    const second = shop.commit('fix: prices', ['services/web/a.js', 'README.md'])
    const other = shop.commit('fix: old', ['services/cart/a.js'], { branch: 'old', parents: [first] })
    expect(names((await call('GET', 'commits?sha=main&per_page=100&page=1')).answer, 'sha')).toEqual([second, first])
    expect(names((await call('GET', 'commits?sha=main&path=services/cart&since=2026-01-01T00:00:00Z')).answer, 'sha')).toEqual([first])
    expect(names((await call('GET', 'commits?sha=main&since=2026-01-01T00:01:00Z')).answer, 'sha')).toEqual([second])
    expect(member((await call('GET', 'commits/heads/main')).answer, 'files', 0, 'filename')).toBe('services/web/a.js')
    expect(await messageOf(call('GET', 'commits/none'))).toEqual([422, 'No commit found for SHA: none'])
    const compared = async (base: string, head: string): Promise<unknown> => member((await call('GET', `compare/${base}...${head}?per_page=100`)).answer, 'status')
    expect([await compared(first, second), await compared(second, first), await compared(second, other), await compared(first, first)]).toEqual(['ahead', 'behind', 'diverged', 'identical'])
    expect((await call('GET', `compare/${first}...nothing`)).status).toBe(404)
  })

  test('files: of the default branch where no ref is named, and nothing where there is none', async () => {
    shop.files = (path, ref) => (path === 'deploy/slipway.yml' ? `ref: ${ref} ${'x'.repeat(90)}\n` : undefined)
    const text = async (query: string): Promise<string> => Buffer.from(String(member((await call('GET', `contents/deploy/slipway.yml${query}`)).answer, 'content')), 'base64').toString().slice(0, 14)
    expect([await text(''), await text('?ref=v1.0.0')]).toEqual(['ref: main xxxx', 'ref: v1.0.0 xx'])
    expect(await messageOf(call('GET', 'contents/none.yml'))).toEqual([404, 'Not Found'])
  })

  test('refs and tag objects: the first to create a name has it, and the names of git count', async () => {
    const sha = shop.commit('x', ['a'])
    const ref = { ref: 'refs/tags/cart/v1.0.0', sha }
    expect(names((await call('GET', 'git/matching-refs/tags/cart/v')).answer, 'ref')).toEqual([])
    expect((await call('POST', 'git/refs', ref)).status).toBe(201)
    expect(await messageOf(call('POST', 'git/refs', ref))).toEqual([422, 'Reference already exists'])
    expect(await messageOf(call('POST', 'git/refs', { ...ref, ref: 'refs/tags/cart' }))).toEqual([422, 'Reference cannot be created'])
    expect(await messageOf(call('POST', 'git/refs', { ...ref, sha: '0'.repeat(40) }))).toEqual([422, 'Object does not exist'])
    for (const name of ['v1..2', 'v1.lock', 'v 1', 'v1~2', 'a//b', '.a', 'a@{b', 'v1.']) expect((await call('POST', 'git/refs', { ref: `refs/tags/${name}`, sha })).status).toBe(422)
    const made = await call('POST', 'git/tags', { tag: 'cart/v1.0.1', message: 'm', object: sha, type: 'commit' })
    const object = String(member(made.answer, 'sha'))
    expect(member((await call('GET', `git/tags/${object}`)).answer, 'tag')).toBe('cart/v1.0.1')
    expect(member((await call('POST', 'git/refs', { ref: 'refs/tags/cart/v1.0.1', sha: object })).answer, 'object', 'type')).toBe('tag')
    expect(names((await call('GET', 'git/matching-refs/tags/cart/v')).answer, 'ref')).toEqual(['refs/tags/cart/v1.0.0', 'refs/tags/cart/v1.0.1'])
    expect((await call('GET', 'git/ref/tags/cart/v1.0.0')).status).toBe(200)
    expect((await call('GET', 'git/ref/tags/none')).status).toBe(404)
    shop.burned.add('v9.0.0')
    expect(await messageOf(call('POST', 'git/refs', { ref: 'refs/tags/v9.0.0', sha }))).toEqual([422, expect.stringContaining('creations being restricted')])
  })

  test('releases: one published for a tag, any number of drafts, none for a name that an immutable one used', async () => {
    const sha = shop.commit('x', ['a'])
    const release = { tag_name: 'v1.0.0', name: 'v1.0.0', body: 'notes', draft: false, prerelease: false, make_latest: 'legacy' }
    expect(await messageOf(call('POST', 'releases', release))).toEqual([422, 'Validation Failed'])
    shop.tag('v1.0.0', sha)
    expect((await call('GET', 'releases/tags/v1.0.0')).status).toBe(404)
    const draft = await call('POST', 'releases', { ...release, draft: true })
    expect((await call('GET', 'releases/tags/v1.0.0')).status).toBe(404)
    expect((await call('POST', 'releases', release)).status).toBe(201)
    expect(member((await call('POST', 'releases', release)).answer, 'errors', 0, 'code')).toBe('already_exists')
    expect(names((await call('GET', 'releases?per_page=100')).answer, 'draft')).toEqual([false, true])
    expect((await call('DELETE', `releases/${String(member(draft.answer, 'id'))}`)).status).toBe(204)
    expect((await call('GET', 'releases/tags/v1.0.0')).status).toBe(200)
    shop.burned.add('v2.0.0')
    shop.refs.set('refs/tags/v2.0.0', { sha, type: 'commit' })
    expect(member((await call('POST', 'releases', { ...release, tag_name: 'v2.0.0' })).answer, 'errors', 0, 'message')).toBe('tag_name was used by an immutable release')
  })

  test('runs: a tag of an App starts them, a tag of the job\'s own token none, a dispatch always; some show late', async () => {
    const sha = shop.commit('x', ['a'])
    shop.workflows.set('deploy.yml', { tags: /^v/, dispatch: true, lag: 1 })
    shop.workflows.set('ci.yml', {})
    shop.workflows.set('off.yml', { dispatch: true, disabled: true })
    const found = async (): Promise<unknown> => member((await call('GET', `actions/runs?head_sha=${sha}&branch=v1.0.0&per_page=100`)).answer, 'total_count')
    await call('POST', 'git/refs', { ref: 'refs/tags/v1.0.0', sha })
    expect([await found(), await found()]).toEqual([0, 0])
    const started = await call('POST', 'actions/workflows/deploy.yml/dispatches', { ref: 'v1.0.0', return_run_details: true })
    const id = String(member(started.answer, 'workflow_run_id'))
    expect([(await call('GET', `actions/runs/${id}`)).status, await found()]).toEqual([404, 1])
    await call('POST', 'git/refs', { ref: 'refs/tags/v1.1.0', sha }, 'app')
    expect(shop.runs.map(({ event, branch }) => [event, branch])).toEqual([['workflow_dispatch', 'v1.0.0'], ['push', 'v1.1.0']])
    expect((await call('POST', 'actions/workflows/deploy.yml/dispatches', { ref: 'v1.0.0' })).status).toBe(204)
    expect((await call('GET', 'actions/workflows/deploy.yml')).status).toBe(200)
    expect(member((await call('GET', 'actions/workflows/off.yml')).answer, 'state')).toBe('disabled_manually')
  })

  test('a token can do what it was given, and what it may not see is not there', async () => {
    const sha = shop.commit('x', ['a'])
    expect(await messageOf(call('GET', 'git/matching-refs/tags/v', undefined, 'nobody'))).toEqual([401, 'Bad credentials'])
    expect(await messageOf(call('POST', 'git/refs', { ref: 'refs/tags/v1', sha }, 'reader'))).toEqual([403, 'Resource not accessible by integration'])
    // A commit that touches workflow files, named as a release's target: refused to the token that every job has.
    const side = shop.commit('ci', ['.github/workflows/ci.yml'], { branch: 'side' })
    shop.tag('v3.0.0', side)
    const release = { tag_name: 'v3.0.0', name: 'v3.0.0', body: '', draft: false, prerelease: false }
    expect((await call('POST', 'releases', { ...release, target_commitish: side })).status).toBe(403)
    expect((await call('POST', 'releases', release)).status).toBe(201)
    expect((await call('POST', 'releases', { ...release, target_commitish: side }, 'app')).status).toBe(422)
  })
})
