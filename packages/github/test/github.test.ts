import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { openGitHub, type GitHub } from '@slipway/github'
import { Failed } from '@slipway/report'
import { GitHubRepository, Ledger, startGitHub, type RunningServer } from '@slipway/sandbox'
import type { Clock } from '@slipway/wire'

const ledger = new Ledger()
const repositories: GitHubRepository[] = []
let server: RunningServer
let shop: GitHubRepository
let waits: number[]
let said: string[]
beforeAll(async () => {
  server = await startGitHub({ ledger, repositories, tokens: new Map([['job', { kind: 'job', rights: ['contents: write', 'actions: write'] }], ['runs-only', { kind: 'job', rights: ['actions: write'] }]]) })
})
afterAll(async () => {
  await server.close()
})
beforeEach(() => {
  shop = new GitHubRepository('acme/shop')
  repositories.splice(0, 1, shop)
  waits = []
  said = []
})

function open({ token = 'job', url = server.url, signal = new AbortController().signal, repository = 'acme/shop' } = {}): Promise<GitHub> {
  let ms = 0
  const clock: Clock = {
    now: () => Date.UTC(2026, 0, 1) + ms,
    monotonic: () => ms,
    wait(span) {
      ms += span
      waits.push(span)
      return Promise.resolve()
    },
  }
  return openGitHub({ repository, token, environment: { GITHUB_API_URL: url }, clock, signal, onWait: (text) => void said.push(text) })
}

async function failureOf(asked: Promise<unknown>): Promise<string> {
  const error: unknown = await asked.catch((thrown: unknown) => thrown)
  if (!(error instanceof Failed)) throw new Error('nothing failed', { cause: error })
  return error.message
}

describe('a ref is made once', () => {
  test('and who comes second gets the one that stands, also where it is shown late', async () => {
    const [first, second] = [shop.commit('x', ['a']), shop.commit('y', ['a'])]
    const github = await open()
    expect(await github.createRef('refs/tags/v1.0.0', first)).toBe('created')
    expect(await github.createRef('refs/tags/v1.0.0', second)).toEqual({ name: 'refs/tags/v1.0.0', sha: first, type: 'commit' })
    ledger.script({ server: 'github', operation: /^GET git\/ref\//, times: 2, effect: { status: 404, headers: { 'content-type': 'application/json' }, body: '{"message":"Not Found"}' } })
    expect(await github.createRef('refs/tags/v1.0.0', second)).toMatchObject({ sha: first })
    expect(waits).toEqual([500, 1000])
  })

  test('and one that GitHub forbids is told with its words', async () => {
    const sha = shop.commit('x', ['a'])
    const github = await open()
    expect(await failureOf(github.createRef('refs/tags/v1..2', sha))).toMatch(/^GitHub did not create refs\/tags\/v1\.\.2 in acme\/shop: refs\/tags\/v1\.\.2 is not a valid ref name\. .*\[tag-refused\]$/)
    shop.burned.add('v2.0.0')
    expect(await failureOf(github.createRef('refs/tags/v2.0.0', sha))).toMatch(/creations being restricted.*ruleset.*immutable release.*\[tag-refused\]$/)
  })
})

describe('a long list is read whole', () => {
  test('of commits between two, and of those that touched a path', async () => {
    const base = shop.commit('x', ['a'])
    for (let number = 0; number < 250; number += 1) shop.commit(`c${number}`, [number % 2 === 0 ? 'even/x' : 'odd/x'])
    const head = shop.refs.get('refs/heads/main')?.sha ?? ''
    const github = await open()
    const { commits, files, isAhead } = await github.between(base, head)
    expect([commits.length, commits[0]?.message, commits.at(-1)?.message, files, isAhead]).toEqual([250, 'c0', 'c249', ['even/x', 'odd/x'], true])
    expect(await github.touching(head, 'even', commits[0]?.committedAt ?? '')).toHaveLength(125)
    const apart = shop.commit('nothing in common', ['a'], { branch: 'apart', parents: [] })
    for (const [from, to] of [[head, base], [base, apart], [apart, head]] as const) expect(await github.between(from, to)).toEqual({ isAhead: false, commits: [], files: [] })
  })
})

describe('a file is read', () => {
  test('at the default branch, or at a ref; undefined where there is none', async () => {
    shop.files = (path, ref) => (path === 'deploy/slipway.yml' ? `of ${ref}: \u00fc\n` : undefined)
    const github = await open()
    expect([await github.file('deploy/slipway.yml'), await github.file('deploy/slipway.yml', 'release/1#2')]).toEqual(['of main: \u00fc\n', 'of release/1#2: \u00fc\n'])
    expect([await github.file('none.yml'), await (await open({ repository: 'acme/hidden' })).file('deploy/slipway.yml')]).toEqual([undefined, undefined])
  })

  test('and what is none, or too large, is told', async () => {
    const github = await open()
    const answer = (body: unknown) => ({ server: 'github', operation: /^GET contents\//, effect: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } }) as const
    ledger.script(answer([{ type: 'file', name: 'x' }]))
    expect(await failureOf(github.file('deploy'))).toMatch(/^deploy on the default branch of acme\/shop cannot be read: GitHub shows a folder there.*\[file-invalid\]$/)
    ledger.script(answer({ type: 'symlink', target: '/etc/passwd' }))
    expect(await failureOf(github.file('link', 'v1'))).toMatch(/^link at v1 of acme\/shop cannot be read: GitHub shows a symlink there/)
    ledger.script(answer({ type: 'file', content: '', encoding: 'none', size: 2_000_000 }))
    expect(await failureOf(github.file('big.yml'))).toMatch(/up to 1 MiB, and this one has 2000000 bytes/)
  })

  test('only with the right to', async () => {
    expect(await failureOf((await open({ token: 'runs-only' })).file('slipway.yml'))).toMatch(/permissions: \{ contents: read \}.*\[access-denied\]$/)
  })
})

describe('history', () => {
  test('a ref leads to its commit, through a tag object of its own', async () => {
    const sha = shop.commit('x', ['a'])
    shop.tag('v1.0.0', sha, true)
    shop.tag('cart/v1.0.0', sha)
    const github = await open()
    expect(await Promise.all(['tags/v1.0.0', 'tags/cart/v1.0.0', 'heads/main', 'tags/none'].map((ref) => github.commitOf(ref)))).toEqual([sha, sha, sha, undefined])
  })

  test('the newest commit of the default branch is known without its name', async () => {
    shop.commit('x', ['a'])
    const sha = shop.commit('y', ['a'])
    shop.commit('z', ['a'], { branch: 'side' })
    expect(await (await open()).newest()).toBe(sha)
  })

  test('a commit comes before another one, or not; one that is gone does not', async () => {
    const [first, second] = [shop.commit('x', ['a']), shop.commit('y', ['a'])]
    const side = shop.commit('z', ['a'], { branch: 'side', parents: [first] })
    const github = await open()
    const pairs = [[first, second], [second, second], [second, first], [second, side], ['0'.repeat(40), second]] as const
    expect(await Promise.all(pairs.map(([one, other]) => github.isAncestor(one, other)))).toEqual([true, true, false, false, false])
  })
})

describe('trouble', () => {
  test('of the server or the network is tried again, and told while it is', async () => {
    shop.commit('x', ['a'])
    const github = await open()
    ledger.script({ server: 'github', operation: /^GET commits/, effect: { status: 502, body: '<html>' } })
    ledger.script({ server: 'github', operation: /^GET commits/, effect: 'reset' })
    ledger.script({ server: 'github', operation: /^GET commits/, effect: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"sha": "01' } })
    expect(await github.commit('heads/main')).toBeDefined()
    expect(said).toEqual([expect.stringMatching(/^GitHub answered with status 502 when asked to show the commit heads\/main of acme\/shop; trying again in 0\.1 s$/), expect.stringMatching(/did not answer/), expect.stringMatching(/did not answer/)])
  })

  test('that lasts is told with its cause', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const address = closed.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    await new Promise((resolve) => closed.close(resolve))
    const github = await open({ url: `http://127.0.0.1:${port}` })
    expect(await failureOf(github.refs('tags/v'))).toMatch(/^GitHub did not list the refs tags\/v\* of acme\/shop: .*ECONNREFUSED.*\[unreachable\]$/)
  })

  test('a start is never ordered twice', async () => {
    const sha = shop.commit('x', ['a'])
    shop.workflows.set('deploy.yml', { dispatch: true })
    const github = await open()
    for (const effect of ['reset-after-handling', { status: 502 }] as const) {
      ledger.script({ server: 'github', operation: /dispatches$/, effect })
      expect(await github.dispatch('deploy.yml', 'main')).toBe('unanswered')
    }
    expect(await github.runsOf('main', sha)).toHaveLength(1)
    // An order that was refused for now was none.
    ledger.script({ server: 'github', operation: /dispatches$/, effect: { status: 429, headers: { 'retry-after': '7' } } })
    expect(await github.dispatch('deploy.yml', 'main')).toEqual(expect.any(Number))
    expect([waits.at(-1), (await github.runsOf('main', sha)).length]).toEqual([7000, 2])
  })

  test('a limit without a time is a minute; one that is longer than a run waits is told', async () => {
    shop.commit('x', ['a'])
    const github = await open()
    const limit = { status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"You have exceeded a secondary rate limit. Please wait."}' }
    ledger.script({ server: 'github', operation: /^GET commits/, effect: limit })
    await github.commit('heads/main')
    expect(waits).toEqual([60_000])
    ledger.script({ server: 'github', operation: /^GET commits/, effect: { ...limit, headers: { 'content-type': 'application/json', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.UTC(2026, 0, 1, 1) / 1000) } } })
    expect(await failureOf(github.commit('heads/main'))).toMatch(/asks to wait 3540 s, longer than this run waits.*\[throttled\]$/)
  })

  test('a right that is missing is named; what is hostile in an answer is told as text', async () => {
    expect(await failureOf((await open({ token: 'nobody' })).refs('tags/v'))).toMatch(/does not take the token: Bad credentials.*\[access-denied\]$/)
    expect(await failureOf((await open({ repository: 'acme/hidden' })).refs('tags/v'))).toMatch(/Not Found \(404; .*permissions: \{ contents: read \}.*\[access-denied\]$/)
    ledger.script({ server: 'github', operation: /^GET git\/matching-refs/, effect: { status: 409, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: '\n::error::forged ##[set-output name=x]y' }) } })
    expect(await failureOf((await open()).refs('tags/v'))).toMatch(/: :error::forged ## \[set-output.*\[github-refused\]$/)
  })

  test('a run that is told to stop stops, with its own reason', async () => {
    const stop = new AbortController()
    const github = await open({ signal: stop.signal })
    ledger.script({ server: 'github', operation: /^GET commits/, effect: 'hang' })
    ledger.onRequest = () => {
      stop.abort(new Failed({ code: 'cancelled', what: 'told to stop', why: 'w', next: 'n' }))
    }
    expect(await failureOf(github.commit('heads/main'))).toContain('[cancelled]')
    ledger.onRequest = undefined
  })
})
