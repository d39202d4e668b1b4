import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { clusterPorts } from '@slipway/access'
import { accountRule, namespaceRule, regionRule, serviceRule, targetRule } from '@slipway/release'
import { systemClock } from '@slipway/wire'
import { digest, makeWorld, service, url, type World } from '../../../test/protocol/world.ts'
import { listingText } from '../src/listing-table.ts'
import { outcomeOf } from '../src/outcome.ts'
import { outputsOf } from '../src/outputs.ts'
import { run } from '../src/run.ts'
import type { Settings } from '../src/settings.ts'
import { summaryOf } from '../src/summary.ts'
import type { UndoWish, Wish } from '../src/wish.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

const undoing: UndoWish = { kind: 'undo', to: 'last-good', secrets: 'current', reason: 'prices are wrong', block: true, until: 'deployed' }

function settingsFor(wish: Wish, ...services: readonly string[]): Settings {
  const [name, namespace, recordNamespace, region, account] = ['eu', 'staging', 'slipway', 'eu-west-1', '111122223333']
  if (!targetRule.is(name) || !namespaceRule.is(namespace) || !namespaceRule.is(recordNamespace) || !regionRule.is(region) || !accountRule.is(account)) throw new Error('the target has a wrong name')
  return {
    wish,
    targets: [{ target: { name, namespace, recordNamespace, region, cluster: 'nonprod', variables: {} }, registries: [{ account, region }] }],
    leftOut: [],
    patience: { soakMs: 20, timeoutMs: 20_000 },
    ...(services.length === 0 ? {} : { services: services.filter((one) => serviceRule.is(one)) }),
  }
}

async function rollback(name: string, wish: Wish, ...services: readonly string[]) {
  const told: string[] = []
  const settings = settingsFor(wish, ...services)
  const ports = clusterPorts({
    name: 'nonprod',
    cluster: world.client,
    images: { has: () => Promise.resolve(true) },
    namespace: 'staging',
    recordNamespace: 'slipway',
    holder: { identity: name, url: url(name) },
    clock: systemClock,
    lockPatienceMs: 1000,
  })
  const note = (text: string): void => void told.push(text)
  const source = { repository: 'acme/shop', commit: 'of-the-workflow', ref: 'refs/heads/main', run: url(name), actor: 'bob' }
  const result = await run(settings, { release: name, source }, { open: () => Promise.resolve({ ports, close: () => Promise.resolve() }), clock: systemClock, work: new AbortController().signal, wrote: () => undefined, narrator: { say: note, warn: note } })
  const all = { result, settings, milliseconds: 4200, timeline: told.map((text) => ({ atMs: 0, text })) }
  return { result, outcome: outcomeOf(result), outputs: outputsOf(all), summary: summaryOf(all), told: told.join('\n') }
}

const json = (text = ''): unknown => JSON.parse(text)

test('what was undone, where, the result, the time and the next step stand in the first line; then service by service', async () => {
  await world.release('1', [service('cart', 'a'), service('web', 'a')], { version: '1.0.0' })
  await world.release('2', [service('cart', 'b'), service('web', 'a')], { version: '1.1.0' })
  const { outcome, outputs, summary } = await rollback('3', undoing)
  expect(outcome).toBe('rolled-back')
  expect([json(outputs['from']), json(outputs['to'])]).toEqual([{ eu: { cart: 2 } }, { eu: { cart: 1 } }])
  expect(json(outputs['releases'])).toEqual({ version: 1, releases: { eu: { cart: { sequence: 3, version: '1.0.0', status: 'healthy', seconds: expect.any(Number) } } } })
  const lines = summary.split('\n')
  expect(lines[0]).toBe('### Rollback: rolled-back, 1.1.0, 2 in staging of nonprod, 4.2 s; next: deploy a commit that mends it')
  expect(lines.filter((line) => line.startsWith('| cart'))).toEqual([expect.stringMatching(/^\| cart \| 2 \(1\.1\.0\) \| 1 \(1\.0\.0\), as revision 3 \| healthy \| .*s \|$/)])
  expect(summary).toContain('<code>unblock: 2</code>')
  expect(summary).toContain('Databases, queues and buckets are as the bad version left them.')
})

test('a plan says what would go back, and writes nothing', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  const before = world.ledger.exchanges.length
  const { outcome, summary } = await rollback('3', { ...undoing, until: 'plan' })
  expect([outcome, world.writes(before)]).toEqual(['planned', []])
  expect(summary).toMatch(/next: run it again without `dry-run`[^]*\| cart \| 2 \| 1 \| would go back \|[^]*Nothing was written/)
})

test('repeated, it is unchanged, and says how to go back further', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  await rollback('3', undoing)
  const before = world.ledger.exchanges.length
  const { outcome, summary, outputs } = await rollback('4', undoing)
  expect([outcome, world.writes(before), outputs['failure-code']]).toEqual(['unchanged', [], ''])
  expect(summary).toMatch(/^### Rollback: unchanged.*to go back further, name a release by `of`/)
})

test('a version that does not get healthy again is told with its cause', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  world.server.script((pod) => (JSON.stringify(pod).includes(digest('a')) ? { crash: { afterMs: 100, exitCode: 3 } } : undefined))
  const { outcome, outputs, summary } = await rollback('3', undoing)
  expect([outcome, outputs['failure-code']]).toEqual(['broken', 'container-crashed'])
  expect(summary).toMatch(/^### Rollback: broken.*next: as told below\n\n\*\*cart .*\*\* .*\*\*Next:\*\* .* <code>container-crashed<\/code>\n\n\| Service[^]*#### What cart shows of it/)
})

test('a list shows versions, verdicts, blocks and differences, for the log and for the summary', async () => {
  await world.release('1', [service('cart', 'a')], { version: '1.0.0' })
  await world.release('2', [service('cart', 'b')], { version: '1.1.0' })
  await rollback('3', undoing)
  const before = world.ledger.exchanges.length
  const { result, outcome, summary } = await rollback('4', { kind: 'list' })
  expect([outcome, world.writes(before)]).toEqual(['unchanged', []])
  expect(summary).toMatch(/^### Rollback: list of 1 service in staging of nonprod[^]*\n#### cart\n[^]*\| 3 &#40;runs&#41; \|[^]*\| 2 \| 1\.1\.0, 2 \|.*\| by bob: prices are wrong \| images: shop\/cart \|[^]*\| 1 \| 1\.0\.0, 1 \|.*\| nothing \|/)
  if (result.kind !== 'listed') throw new Error('it was no list')
  expect(listingText(result.listed)).toMatch(/^cart\nRevision +Version +When +Who +Verdict +Blocked +Differs from what runs\n3 \(runs\) /)
})

test('where this repository deployed nothing, a list says so', async () => {
  expect((await rollback('1', { kind: 'list' })).summary).toMatch(/^### Rollback: nothing was deployed to staging of nonprod by this repository/)
})

test('a block is lifted with who, when and why; a dry run only says so; repeated, nothing is written', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  await rollback('3', undoing)
  const wish = { kind: 'unblock', release: '2', isWritten: true } as const
  const dry = await rollback('4', { ...wish, isWritten: false })
  expect([dry.outcome, dry.told]).toEqual(['planned', expect.stringMatching(/\[cart\] would be unblocked: 2, which bob blocked at .*: prices are wrong/)])
  const lifted = await rollback('5', wish)
  expect([lifted.outcome, lifted.summary]).toEqual(['changed', expect.stringMatching(/^### Rollback: changed, block on 2 lifted.*next: deploy it[^]*\| cart \| 2 \| bob \|.*\| prices are wrong \|/)])
  const before = world.ledger.exchanges.length
  const again = await rollback('6', wish)
  expect([again.outcome, world.writes(before), again.summary]).toEqual(['unchanged', [], expect.stringMatching(/no block on 2/)])
})

test('only the services that are named go back', async () => {
  await world.release('1', [service('cart', 'a'), service('web', 'a')])
  await world.release('2', [service('cart', 'b'), service('web', 'b')])
  const { outputs } = await rollback('3', undoing, 'web')
  expect(json(outputs['to'])).toEqual({ eu: { web: 1 } })
})

test('what is refused when the block is written already is partial: something has changed', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403, message: 'leases is forbidden' })
  world.ledger.script({ server: 'kubernetes:nonprod', operation: /^PUT leases$/, times: 99, effect: { status: 403, headers: { 'content-type': 'application/json' }, body } })
  const before = world.ledger.exchanges.length
  const { outcome } = await rollback('3', undoing)
  expect([outcome, world.writes(before)]).toEqual(['partial', ['POST configmaps']])
})
