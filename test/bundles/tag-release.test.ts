import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { GitHubRepository, Ledger, startGitHub, type RunningServer } from '@slipway/sandbox'
import { errorsOf, expectInert, expectRefused } from './bench.ts'
import { Machine, type StepEnd } from './machine.ts'

jest.setTimeout(60_000)
const ledger = new Ledger()
const repositories: GitHubRepository[] = []
const rights = ['contents: write', 'actions: write']
let server: RunningServer
let shop: GitHubRepository
let machine: Machine
beforeAll(async () => {
  server = await startGitHub({ ledger, repositories, tokens: new Map([['ghs_ofThisJob', { kind: 'job', rights }], ['ghs_ofAnApp', { kind: 'app', rights }], ['ghs_reader', { kind: 'job', rights: ['contents: read', 'actions: write'] }]]) })
})
afterAll(async () => {
  await server.close()
})
beforeEach(() => {
  shop = new GitHubRepository('acme/shop')
  shop.workflows.set('deploy-production.yml', { tags: /v/, dispatch: true })
  repositories.splice(0, 1, shop)
  machine = new Machine('tag-release', { PATH: process.env['PATH'] ?? '' })
})
afterEach(() => {
  machine.close()
})

const own = { 'job-token': 'ghs_ofThisJob', start: 'deploy-production.yml' }
const run = (inputs: Readonly<Record<string, string>>, commit = shop.refs.get('refs/heads/main')?.sha ?? ''): Promise<StepEnd> => machine.step(inputs, { GITHUB_API_URL: server.url, GITHUB_SHA: commit })
const told = (end: StepEnd): unknown[] => [end.exitCode, end.outputs['outcome'], ...errorsOf(end)]

test('a version is tagged, released and started; repeated, nothing is written', async () => {
  shop.tag('v1.4.0', shop.commit('x', ['a']))
  const sha = shop.commit('feat(cart): limits', ['a'])
  const end = await run({ ...own, notes: 'Hello.' })
  expect(told(end)).toEqual([0, 'changed'])
  const { result, ...outputs } = end.outputs
  expect(JSON.parse(result ?? '')).toMatchObject({ action: 'tag-release', outcome: 'changed', failures: [], release: { version: '1.5.0', tag: 'v1.5.0', created: true } })
  expect(outputs).toEqual({
    outcome: 'changed',
    version: '1.5.0',
    'previous-version': '1.4.0',
    tag: 'v1.5.0',
    sha,
    created: 'true',
    'release-url': expect.stringMatching(/\/releases\/tag\/v1\.5\.0$/),
    'run-url': expect.stringMatching(/\/actions\/runs\/\d+$/),
    notes: `Hello.\n\n### Features\n\n- **cart:** limits (${sha.slice(0, 7)})\n\nSince v1.4.0.`,
  })
  expect(end.summary).toMatch(/^### Tag release: changed, v1\.5\.0 at \w{7} of acme\/shop, .* m?s; next: follow https:\/\/github\.example\/acme\/shop\/actions\/runs\/\d+\n/)
  expect(end.printed).toContain('::add-mask::ghs_ofThisJob')
  expectInert('tag-release', end)
  const since = ledger.exchanges.length
  const again = await run({ ...own, bump: 'minor' })
  expect([...told(again), again.outputs['version'], again.outputs['created'], again.outputs['run-url']]).toEqual([0, 'unchanged', '1.5.0', 'false', end.outputs['run-url']])
  expect(ledger.exchanges.slice(since).filter(({ write }) => write)).toEqual([])
})

test('a service of the project file gets a version of its own, with an App\'s token by the tag\'s own event; planned, nothing is written', async () => {
  machine.write('slipway.yml', 'version: 1\nregistry: { account: "111122223333", region: eu-west-1 }\nservices:\n  cart: { image: { repository: shop/cart, context: services/cart }, manifests: { paths: [services/cart/k8s] } }\nenvironments:\n  dev: { targets: [{ name: eu, region: eu-west-1, cluster: nonprod, namespace: dev }] }\n')
  shop.tag('cart/v1.0.0', shop.commit('x', ['a']))
  shop.commit('fix: carts', ['services/cart/a.js'])
  shop.commit('feat!: web', ['services/web/a.js'])
  const inputs = { service: 'cart', 'job-token': 'ghs_ofThisJob', 'github-token': 'ghs_ofAnApp' }
  const since = ledger.exchanges.length
  const planned = await run({ ...inputs, 'dry-run': 'true' })
  expect([...told(planned), planned.outputs['tag'], planned.outputs['created'], planned.summary]).toEqual([0, 'planned', 'cart/v1.0.1', 'false', expect.stringMatching(/planned, cart\/v1\.0\.1 .*run it again without `dry-run`\n[^]*carts/)])
  expect(ledger.exchanges.slice(since).filter(({ write }) => write)).toEqual([])
  const end = await run(inputs)
  expect([...told(end), end.outputs['tag'], shop.runs.map(({ event }) => event)]).toEqual([0, 'changed', 'cart/v1.0.1', ['push']])
})

test.each(['-evil', 'v1..2', 'v1.lock', '1'.repeat(300), 'a b', 'x\n::error::forged'])('the ref %j is refused before anybody is asked', async (ref) => {
  const since = ledger.exchanges.length
  const end = await run({ ...own, ref })
  expectRefused('tag-release', end)
  expect([errorsOf(end).length, ledger.exchanges.length - since]).toEqual([1, 0])
})

test.each(['01.2.3', 'v1.2.3', '1.2', '1.2.3+b', `1.2.${'3'.repeat(300)}`, '-1.2.3', '1.2.3-a..b', 'latest'])('the version %j is refused before anybody is asked', async (version) => {
  const since = ledger.exchanges.length
  const end = await run({ ...own, version })
  expectRefused('tag-release', end)
  expect([errorsOf(end).length, ledger.exchanges.length - since]).toEqual([1, 0])
})

describe('refused, with nothing tagged', () => {
  test('a start that would start nothing, a branch of the tag\'s name, a ref that is two things or none', async () => {
    const sha = shop.commit('x', ['a'])
    const later = shop.commit('y', ['a'])
    shop.refs.set('refs/heads/v1.0.0', { sha, type: 'commit' })
    shop.refs.set('refs/heads/both', { sha, type: 'commit' })
    shop.refs.set('refs/tags/both', { sha: later, type: 'commit' })
    const since = ledger.exchanges.length
    const ends = [await run({ 'job-token': 'ghs_ofThisJob' }), await run({ ...own, start: 'event' }), await run({ ...own, start: 'none.yml' }), await run(own), await run({ ...own, ref: 'both' }), await run({ ...own, ref: 'gone' })]
    expect(ends.map((end) => /title=([a-z-]+)/.exec(errorsOf(end).join())?.[1])).toEqual(['input-missing', 'input-conflict', 'run-missing', 'version-refused', 'ref-unknown', 'ref-unknown'])
    for (const end of ends) expectRefused('tag-release', end)
    expect(ledger.exchanges.slice(since).filter(({ write }) => write)).toEqual([])
  })

  test('a token without the right to write, and an unknown one', async () => {
    shop.commit('x', ['a'])
    const ends = [await run({ ...own, 'job-token': 'ghs_reader' }), await run({ ...own, 'job-token': 'ghs_unknown' })]
    expect(ends.map((end) => /title=([a-z-]+)/.exec(errorsOf(end).join())?.[1])).toEqual(['access-denied', 'access-denied'])
    for (const end of ends) expectRefused('tag-release', end)
    for (const end of ends) expect(end.printed.replaceAll(/::add-mask::.*/g, '') + end.summary).not.toMatch(/ghs_/)
  })
})

test('told to stop while it waits for the run, it says that the tag stands, and the next run finishes', async () => {
  shop.workflows.set('deploy-production.yml', { dispatch: true, lag: 3 })
  shop.commit('x', ['a'])
  const stopped = await machine.step(own, { GITHUB_API_URL: server.url, GITHUB_SHA: shop.refs.get('refs/heads/main')?.sha ?? '' }, {}, { after: /release is made/, signals: ['SIGINT'] })
  expect([stopped.exitCode, stopped.outputs['outcome'], stopped.outputs['tag'], stopped.outputs['created']]).toEqual([1, 'partial', 'v1.0.0', 'true'])
  expect(errorsOf(stopped)).toEqual([expect.stringMatching(/title=cancelled/)])
  shop.workflows.set('deploy-production.yml', { dispatch: true })
  shop.start('deploy-production.yml', 'workflow_dispatch', 'v1.0.0', shop.refs.get('refs/heads/main')?.sha ?? '')
  expect(told(await run(own))).toEqual([0, 'unchanged'])
})

test('what commits, tags and branches say is text wherever it is shown', async () => {
  const evil = '\u001b[31mfeat: ::error::forged\r::add-mask::e\n ##[set-output name=tag]changed <b>|*x*|</b> @alice\n```\n'
  shop.tag('v1.0.0', shop.commit('x', ['a']))
  for (const message of [evil, `::stop-commands::x\n${evil}`, `feat(::error::x): ${evil}`, `fix: ##[set-output name=version]9.9.9 ${evil}`, `x\n\nBREAKING CHANGE: ${evil}`]) shop.commit(message, ['a'])
  const end = await run(own)
  expect([...told(end), end.outputs['version']]).toEqual([0, 'changed', '2.0.0'])
  expectInert('tag-release', end)
  expect(Object.values(end.outputs).join('\n')).not.toMatch(/^\s*::|##\[|\u001b|\r/m)
  expect(shop.releases[0]?.body).not.toMatch(/<b>|\*x\*|@alice|```/)
})
