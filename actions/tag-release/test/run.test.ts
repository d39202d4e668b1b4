import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import type { GitHubRepository } from '@slipway/sandbox'
import { tagsOf, World, type Ended } from './world.ts'

const world = new World()
let shop: GitHubRepository
let since: number
beforeAll(() => world.open())
afterAll(() => world.close())
beforeEach(() => {
  shop = world.repository()
  since = world.ledger.exchanges.length
})

const writes = (): string[] => world.ledger.exchanges.slice(since).filter(({ write }) => write).map(({ operation }) => operation)
const versionOf = ({ result }: Ended): string | undefined => result?.tagged.version
const changesOf = ({ result }: Ended): string[] => result?.tagged.changes.map(({ message }) => message) ?? []

describe('a version', () => {
  test('is made once: tag, release and run; a second run finds all, and writes nothing', async () => {
    const first = shop.commit('feat: carts', ['services/cart/a.js'])
    const made = await world.release()
    expect([made.outcome, versionOf(made), tagsOf(shop)]).toEqual(['changed', '1.0.0', { 'v1.0.0': first }])
    expect(shop.releases).toMatchObject([{ tag: 'v1.0.0', body: 'The first version.', draft: false, prerelease: false }])
    expect(shop.runs).toMatchObject([{ file: 'deploy-production.yml', event: 'workflow_dispatch', branch: 'v1.0.0', sha: first }])
    expect([made.result?.released?.page.url, made.result?.started?.run.url]).toEqual([expect.stringContaining('/releases/tag/v1.0.0'), expect.stringContaining('/actions/runs/')])
    expect(made.said.join('\n')).toMatch(/the tag is made with the job's own token, and starts no run by itself: deploy-production\.yml is dispatched on it/)
    expect(writes()).toEqual(['POST git/tags', 'POST git/refs', 'POST git/refs', 'POST releases', 'POST actions/workflows/deploy-production.yml/dispatches'])

    since = world.ledger.exchanges.length
    const again = await world.release({ bump: 'major' })
    expect([again.outcome, versionOf(again), again.result?.tagged.isOurs, writes()]).toEqual(['unchanged', '1.0.0', false, []])
    expect(again.result?.started?.run.url).toBe(made.result?.started?.run.url)
  })

  test('follows from the commits since the highest one that the commit comes after; annotated tags count', async () => {
    const old = shop.commit('x', ['a'])
    shop.tag('v1.4.0', old, true)
    shop.tag('v1.3.0', old)
    shop.tag('cart/v7.0.0', old)
    shop.tag('v1.x', old)
    const line = shop.commit('fix: on the old line', ['a'], { branch: 'release/1.4', parents: [old] })
    shop.commit('feat: new', ['a'])
    shop.tag('v1.5.0', shop.commit('fix: newer', ['a']))
    expect(versionOf(await world.release({ commit: line }))).toBe('1.4.1')
    shop.commit('docs: y', ['b'])
    shop.commit('feat!: z', ['b'])
    const main = await world.release()
    expect([versionOf(main), main.result?.tagged.previous?.tag, changesOf(main)]).toEqual(['2.0.0', 'v1.5.0', ['docs: y', 'feat!: z']])
  })

  test('on a line far behind the newest is found among many', async () => {
    const old = shop.commit('x', ['a'])
    shop.tag('v1.0.0', old)
    const line = shop.commit('fix: y', ['a'], { branch: 'old', parents: [old] })
    for (let minor = 1; minor <= 30; minor += 1) shop.tag(`v1.${minor}.0`, shop.commit('feat: x', ['a']))
    expect(versionOf(await world.release({ commit: line }))).toBe('1.0.1')
  })

  test('of a service counts only the commits that touched its paths, also beyond a hundred, and beyond GitHub\'s list of files', async () => {
    shop.tag('cart/v1.0.0', shop.commit('x', ['a']))
    shop.tag('v3.0.0', shop.commit('feat!: everything', ['services/cart/x']))
    for (let number = 0; number < 130; number += 1) shop.commit(`feat: web ${number}`, [`services/web/${number}`, `docs/${number}`, `config/${number}`])
    shop.commit('fix: limits', ['config/cart/limits.json', 'services/web/b'])
    const cart = { service: 'cart', paths: ['services/cart', 'config/cart/limits.json'] }
    const found = await world.release(cart)
    expect([versionOf(found), changesOf(found), tagsOf(shop)['cart/v2.0.0']]).toEqual(['2.0.0', ['feat!: everything', 'fix: limits'], found.result?.tagged.commit])
    expect(shop.releases[0]?.body).toBe(['### Breaking changes', '', `- everything (${changed(found, 0)})`, '', '### Fixes', '', `- limits (${changed(found, 1)})`, '', 'Since cart/v1.0.0, only what touched cart.'].join('\n'))
    shop.commit('feat: web', ['services/web/1', 'services/cartoon/1'])
    const nothing = await world.release(cart)
    expect([nothing.outcome, versionOf(nothing), nothing.said, nothing.result?.started]).toEqual(['unchanged', '2.0.0', expect.arrayContaining(['nothing changed since cart/v2.0.0: no version is made']), undefined])
    expect(versionOf(await world.release({ ...cart, bump: 'patch' }))).toBe('2.0.1')
  })

  test('that is a candidate counts up, and what it announced goes on from the last that was none', async () => {
    shop.tag('v1.0.0', shop.commit('x', ['a']))
    const versions: (string | undefined)[] = []
    for (const [message, bump] of [['feat: a', 'prerelease'], ['fix: b', 'prerelease'], ['fix!: c', 'prerelease'], ['fix: d', 'auto']] as const) {
      shop.commit(message, ['a'])
      versions.push(versionOf(await world.release({ bump })))
    }
    expect(versions).toEqual(['1.1.0-rc.1', '1.1.0-rc.2', '2.0.0-rc.1', '2.0.0'])
    expect(shop.releases.map(({ tag, prerelease }) => [tag, prerelease])).toEqual([['v1.1.0-rc.1', true], ['v1.1.0-rc.2', true], ['v2.0.0-rc.1', true], ['v2.0.0', false]])
  })

  test('that is planned is shown with its notes, and nothing is written', async () => {
    shop.tag('v1.0.0', shop.commit('x', ['a']))
    shop.commit('feat: a', ['a'])
    const planned = await world.release({ dryRun: true })
    expect([planned.outcome, versionOf(planned), planned.result?.notes, writes()]).toEqual(['planned', '1.1.0', expect.stringContaining('### Features'), []])
  })
})

describe('a version that a commit cannot have is refused, and nothing written', () => {
  test('one that is taken, one below what comes before, a second one for the commit, and one on another line', async () => {
    const first = shop.commit('x', ['a'])
    shop.tag('v1.0.0', first)
    shop.tag('v2.0.0', shop.commit('feat!: y', ['a']))
    shop.commit('fix: z', ['a'])
    const refusals = [await world.release({ version: '1.0.0' }), await world.release({ version: '1.9.0' }), await world.release({ version: '3.0.0', commit: first }), await world.release({ bump: 'major', commit: shop.commit('fix: side', ['a'], { branch: 'side', parents: [first] }) })]
    expect(refusals.map(({ outcome, failures }) => [outcome, failures])).toEqual(refusals.map(() => ['refused', ['version-refused']]))
    expect(refusals.map(({ told }) => told)).toEqual([
      expect.stringMatching(/^v1\.0\.0 cannot be made: \w{7} is v1\.0\.0, and \w{7} does not come after it\. Release a commit/),
      expect.stringMatching(/^v1\.9\.0 cannot be made: \w{7} comes after v2\.0\.0, which is higher/),
      expect.stringMatching(/^v3\.0\.0 cannot be made: the commit \w{7} is v1\.0\.0 already, and a commit has one version/),
      expect.stringMatching(/^v2\.0\.0 cannot be made: \w{7} is v2\.0\.0, and \w{7} does not come after it/),
    ])
    expect(writes()).toEqual([])
  })

  test('one whose tag has the name of a branch', async () => {
    const sha = shop.commit('x', ['a'])
    shop.refs.set('refs/heads/v1.0.0', { sha, type: 'commit' })
    shop.refs.set('refs/heads/v1.0.0-x', { sha, type: 'commit' })
    const refused = await world.release()
    expect([refused.failures, refused.told, writes()]).toEqual([['version-refused'], expect.stringMatching(/a branch has this name.*Rename or delete the branch/), []])
  })
})

describe('the commit', () => {
  test('is that of a branch, a tag, a full or a short SHA; a name of two things is refused, and so is none', async () => {
    const first = shop.commit('x', ['a'])
    const second = shop.commit('y', ['a'])
    shop.refs.set('refs/heads/release/1', { sha: first, type: 'commit' })
    shop.tag('both', second)
    shop.refs.set('refs/heads/both', { sha: first, type: 'commit' })
    shop.tag('annotated', first, true)
    const commits: unknown[] = []
    for (const ref of ['release/1', 'heads/release/1', 'refs/heads/main', 'tags/both', 'heads/both', 'annotated', first, 'both', 'nothing', 'heads/nothing', '0'.repeat(40)]) {
      const { result, failures } = await world.release({ ref, dryRun: true })
      commits.push(result?.tagged.commit ?? failures)
    }
    expect(commits).toEqual([first, first, second, second, first, first, first, ...Array.from({ length: 4 }, () => ['ref-unknown'])])
  })
})

describe('what is missing is finished', () => {
  test.each(['POST git/tags', 'POST git/refs', 'POST releases', 'POST actions/workflows/deploy-production.yml/dispatches'])('by the next run where one was killed at %s', async (operation) => {
    const sha = shop.commit('x', ['a'])
    for (const after of operation === 'POST git/refs' ? [0, 1] : [0]) {
      const killed = new AbortController()
      let seen = 0
      world.ledger.onRequest = (_, asked) => {
        if (asked === operation && seen++ === after) killed.abort(new Failed({ code: 'cancelled', what: 'killed', why: 'w', next: 'n' }))
      }
      await world.release({}, killed.signal)
      world.ledger.onRequest = undefined
    }
    const ended = await world.release()
    expect([ended.failures, tagsOf(shop), shop.releases.length, shop.runs.length]).toEqual([[], { 'v1.0.0': sha }, 1, 1])
  })

  test.each(['git/tags', 'git/refs', 'releases', 'actions/workflows/deploy-production.yml/dispatches'])('within the run where the answer to POST %s is lost', async (path) => {
    const sha = shop.commit('x', ['a'])
    for (const after of path === 'git/refs' ? [0, 1] : [0]) world.ledger.script({ server: 'github', operation: new RegExp(`^POST ${path}$`), after, effect: 'reset-after-handling' })
    const ended = await world.release()
    expect([ended.failures, tagsOf(shop), shop.releases.length, shop.runs.length]).toEqual([[], { 'v1.0.0': sha }, 1, 1])
  })

  test('a tag that was pushed by hand gets its release and its run', async () => {
    shop.tag('v0.9.0', shop.commit('x', ['a']), true)
    const ended = await world.release()
    expect([ended.outcome, versionOf(ended), ended.result?.tagged.isOurs, shop.releases.length, shop.runs.length]).toEqual(['changed', '0.9.0', false, 1, 1])
    expect(ended.waitedMs).toBeGreaterThanOrEqual(20_000)
  })

  test('a draft is made once, and found by the next run', async () => {
    shop.commit('x', ['a'])
    for (const isOurs of [true, false]) {
      const { result } = await world.release({ release: 'draft' })
      expect([result?.released?.isOurs, result?.released?.page.isDraft]).toEqual([isOurs, true])
    }
    expect(shop.releases).toHaveLength(1)
  })
})

describe('production', () => {
  test('starts by the tag of an App; the run is seen, late or not', async () => {
    shop.workflows.set('deploy-production.yml', { tags: /^v/, dispatch: true, lag: 3 })
    shop.commit('x', ['a'])
    const ended = await world.release({ token: 'app', start: { kind: 'event' } })
    expect([ended.outcome, ended.result?.started?.run.event, ended.waitedMs]).toEqual(['changed', 'push', 7000])
  })

  test('that the tag has started is not started twice', async () => {
    shop.workflows.set('deploy-production.yml', { tags: /^v/, dispatch: true, lag: 2 })
    shop.commit('x', ['a'])
    const ended = await world.release({ token: 'app' })
    expect([ended.result?.started?.run.event, ended.result?.started?.isOurs, shop.runs.length]).toEqual(['push', false, 1])
  })

  test('that does not start is told, and the tag stays', async () => {
    shop.workflows.set('deploy-production.yml', { tags: /^v/ })
    shop.commit('x', ['a'])
    const event = await world.release({ token: 'app', service: 'cart', paths: ['a'], start: { kind: 'event' } })
    expect([event.outcome, event.failures, event.told]).toEqual(['partial', ['run-missing'], expect.stringMatching(/no run appeared for cart\/v1\.0\.0 within 60 s.*\*\/v\*.*run this again with `start:`/)])
    const dispatched = await world.release()
    expect([dispatched.outcome, dispatched.failures, dispatched.told]).toEqual(['partial', ['run-missing'], expect.stringMatching(/Workflow does not have 'workflow_dispatch' trigger/)])
    expect(Object.keys(tagsOf(shop))).toEqual(['cart/v1.0.0', 'v1.0.0'])
  })

  test('that is ordered and never shows is told, and not ordered twice', async () => {
    shop.workflows.set('deploy-production.yml', { dispatch: true, lag: 99 })
    shop.commit('x', ['a'])
    const ended = await world.release()
    expect([ended.outcome, ended.failures, shop.runs.length]).toEqual(['partial', ['run-missing'], 1])
  })

  test('cannot start by a workflow that is not there, or switched off: told before anything is written', async () => {
    shop.commit('x', ['a'])
    shop.workflows.set('deploy-production.yml', { dispatch: true, disabled: true })
    const off = await world.release()
    const absent = await world.release({ start: { kind: 'dispatch', workflow: 'deploy.yml' } })
    expect([off, absent].map(({ failures }) => failures)).toEqual([['run-missing'], ['run-missing']])
    expect([off.told, absent.told, writes()]).toEqual([expect.stringMatching(/disabled_manually/), expect.stringMatching(/the default branch has no workflow file of this name/), []])
  })

  test('is left to others where nothing is to start', async () => {
    shop.commit('x', ['a'])
    expect([(await world.release({ start: { kind: 'none' } })).outcome, shop.runs]).toEqual(['changed', []])
  })
})

describe('what GitHub refuses', () => {
  test('a commit that touches workflow files gets tag and release with the job\'s own token', async () => {
    const side = shop.commit('ci: x', ['.github/workflows/ci.yml'], { branch: 'side', parents: [shop.commit('x', ['a'])] })
    const ended = await world.release({ commit: side })
    expect([ended.outcome, shop.releases.length]).toEqual(['changed', 1])
  })

  test('a name that is used up: told with its two causes, and the next version can be made', async () => {
    const sha = shop.commit('x', ['a'])
    shop.burned.add('v1.0.0')
    const refused = await world.release()
    expect([refused.failures, refused.told]).toEqual([['tag-refused'], expect.stringMatching(/ruleset.*immutable release.*give a higher one by the input "version"/)])
    const next = await world.release({ version: '1.0.1' })
    expect([next.outcome, tagsOf(shop)]).toEqual(['changed', { 'v1.0.1': sha }])
  })

  test('a release of a tag whose name is used up: the tag stands, production starts', async () => {
    shop.tag('v1.0.0', shop.commit('x', ['a']))
    shop.burned.add('v1.0.0')
    const ended = await world.release()
    expect([ended.outcome, ended.failures, shop.runs.length, ended.told]).toEqual(['partial', ['release-refused'], 1, expect.stringContaining('uses the name up for good')])
  })

  test('a tag in whose way another one stands', async () => {
    const sha = shop.commit('x', ['a'])
    shop.refs.set('refs/tags/cart', { sha, type: 'commit' })
    const ended = await world.release({ service: 'cart', paths: ['a'] })
    expect([ended.failures, ended.told]).toEqual([['tag-refused'], expect.stringMatching(/Reference cannot be created.*a tag or branch whose name is a part/)])
  })

  test('a token without the right: which right, and where', async () => {
    shop.commit('x', ['a'])
    const ended = await world.release({ token: 'reader' })
    expect([ended.outcome, ended.failures, ended.told]).toEqual(['refused', ['access-denied'], expect.stringMatching(/permissions: \{ contents: write \}/)])
  })

  test('for now is waited for, as long as it asks; for too long is told', async () => {
    shop.commit('x', ['a'])
    const limit = { status: 403, headers: { 'retry-after': '60', 'content-type': 'application/json' }, body: '{"message":"You have exceeded a secondary rate limit"}' }
    world.ledger.script({ server: 'github', operation: /^POST git\/refs$/, effect: limit })
    world.ledger.script({ server: 'github', operation: /^POST releases$/, effect: { ...limit, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.UTC(2026, 10, 21) / 1000 + 90), 'content-type': 'application/json' } } })
    const waited = await world.release()
    expect([waited.outcome, waited.waitedMs]).toEqual(['changed', 90_000])
    expect(waited.said).toContainEqual(expect.stringMatching(/^GitHub answered with status 403 when asked to create refs\/slipway\/v\w{40}\/1 in acme\/shop; trying again in 60\.0 s$/))
    shop.commit('y', ['a'])
    world.ledger.script({ server: 'github', operation: /^GET git\/matching-refs/, effect: { ...limit, status: 429, headers: { 'retry-after': '3600' } } })
    const ended = await world.release()
    expect([ended.failures, ended.told]).toEqual([['throttled'], expect.stringMatching(/asks to wait 3600 s/)])
  })

  test('to answer is tried again, and told where it stays so', async () => {
    shop.commit('x', ['a'])
    world.ledger.script({ server: 'github', operation: /^GET git\/matching-refs/, times: 3, effect: { status: 502, body: 'bad gateway' } })
    world.ledger.script({ server: 'github', operation: /^GET commits/, times: 2, effect: 'reset' })
    expect((await world.release()).outcome).toBe('changed')
    shop.commit('y', ['a'])
    world.ledger.script({ server: 'github', operation: /^GET commits/, times: 999, effect: { status: 503 } })
    expect((await world.release()).failures).toEqual(['unreachable'])
  })
})

function changed({ result }: Ended, index: number): string {
  return result?.tagged.changes[index]?.sha.slice(0, 7) ?? ''
}
