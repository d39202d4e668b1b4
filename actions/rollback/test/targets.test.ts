import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { namespaceRule, regionRule, targetRule } from '@slipway/release'
import { Failed } from '@slipway/report'
import { systemClock } from '@slipway/wire'
import * as v from 'valibot'
import { crashing } from '../../../test/protocol/seen.ts'
import { makeWorld, service, url, type World } from '../../../test/protocol/world.ts'
import { failuresOf } from '../src/failures.ts'
import { listingText } from '../src/listing-table.ts'
import { outcomeOf } from '../src/outcome.ts'
import { outputsOf } from '../src/outputs.ts'
import { resultOf, resultSchema } from '../src/result-schema.ts'
import { run } from '../src/run.ts'
import type { Settings } from '../src/settings.ts'
import { summaryOf } from '../src/summary.ts'
import type { UndoWish, Wish } from '../src/wish.ts'

jest.setTimeout(20_000)
let worlds: ReadonlyMap<string, World>
beforeEach(async () => {
  worlds = new Map(await Promise.all(['eu', 'us'].map(async (name) => [name, await makeWorld(name)] as const)))
  for (const [name, world] of worlds) {
    await world.release('1', [service('cart', 'a')], { version: '1.0.0' })
    if (name === 'us') crashing(world, 'b')
    await world.release('2', [service('cart', 'b')], { version: '1.1.0' })
  }
})
afterEach(async () => {
  await Promise.all([...worlds.values()].map((world) => world.close()))
})

const undoing: UndoWish = { kind: 'undo', to: 'last-good', secrets: 'current', reason: 'prices are wrong', block: true, until: 'deployed' }
const down = new Failed({ code: 'sign-in-failed', what: 'no credentials for the role of us', why: 'STS does not answer', next: 'look at the status of STS' })

interface Chosen {
  readonly targets?: readonly string[]
  readonly leftOut?: readonly string[]
  readonly closed?: readonly string[]
}

function settingsFor(wish: Wish, targets: readonly string[], leftOut: readonly string[]): Settings {
  const [namespace, recordNamespace, region] = ['staging', 'slipway', 'eu-west-1']
  if (!namespaceRule.is(namespace) || !namespaceRule.is(recordNamespace) || !regionRule.is(region)) throw new Error('the target has a wrong name')
  return {
    wish,
    targets: targets.filter((name) => targetRule.is(name)).map((name) => ({ target: { name, namespace, recordNamespace, region, cluster: 'nonprod', variables: {} }, registries: [{ region }] })),
    leftOut: leftOut.filter((name) => targetRule.is(name)),
    patience: { soakMs: 20, timeoutMs: 20_000 },
  }
}

async function rollback(name: string, wish: Wish, { targets = ['eu', 'us'], leftOut = [], closed = [] }: Chosen = {}) {
  const told: string[] = []
  const settings = settingsFor(wish, targets, leftOut)
  const note = (text: string): void => void told.push(text)
  const source = { repository: 'acme/shop', commit: 'of-the-workflow', ref: 'refs/heads/main', run: url(name), actor: 'bob' }
  const result = await run(settings, { release: name, source }, {
    async open({ target }) {
      const world = worlds.get(target.name)
      if (world === undefined || closed.includes(target.name)) throw down
      return { ports: (await world.way(name, told).reach()).ports, close: () => Promise.resolve() }
    },
    clock: systemClock,
    work: new AbortController().signal,
    wrote: () => undefined,
    narrator: { say: note, warn: note },
  })
  const all = { result, settings, milliseconds: 4200, timeline: [] }
  const failures = failuresOf(result)
  v.parse(resultSchema, { version: 1, action: 'rollback', outcome: outcomeOf(result), failures, ...resultOf(result) })
  return { result, outcome: outcomeOf(result), outputs: outputsOf(all), summary: summaryOf(all), failures, told: told.join('\n') }
}

const json = (text = ''): unknown => JSON.parse(text)

test('what stands goes back, what put itself back is unchanged, target by target; lines name their target', async () => {
  const { outcome, outputs, summary, told } = await rollback('3', undoing)
  expect([outcome, json(outputs['from']), json(outputs['to'])]).toEqual(['rolled-back', { eu: { cart: 2 } , us: {} }, { eu: { cart: 1 }, us: {} }])
  expect(json(outputs['releases'])).toMatchObject({ releases: { eu: { cart: { sequence: 3, status: 'healthy' } }, us: { cart: { sequence: 2, status: 'unchanged' } } } })
  expect(summary.split('\n')[0]).toBe('### Rollback: rolled-back, 1.1.0, 2 in eu and us, 4.2 s; next: deploy a commit that mends it')
  expect(summary).toMatch(/\| Target \| Service \|[^]*\| eu \| cart \| 2 \(1\.1\.0\) \| 1 \(1\.0\.0\), as revision 3 \| healthy \|[^]*\| us \| cart \|  \|  \| unchanged: it was back already \|[^]*What 2 brought is blocked in eu and us\./)
  expect(told).toMatch(/^\[eu\/cart\] healthy: revision 3/m)
})

test('a target that cannot be signed in to is named, and the other one goes back; then the same click finishes', async () => {
  await expect(rollback('3', undoing, { closed: ['us'] })).rejects.toThrow(/^which release is the newest cannot be told: us cannot be reached.*Name the bad release by the input "of"/)
  const { outcome, outputs, summary, failures } = await rollback('3', { ...undoing, of: '2' }, { closed: ['us'] })
  expect([outcome, outputs['failure-code'], failures.map(({ where }) => where)]).toEqual(['partial', 'sign-in-failed', ['target us']])
  expect(summary.split('\n')[0]).toBe('### Rollback: partial (rolled-back in eu; refused in us), 1.1.0, 2 in eu and us, 4.2 s; next: as told below')
  expect(summary).toMatch(/\*\*no credentials for the role of us:\*\*[^]*\| us \|  \|  \|  \| refused \|[^]*blocked in eu\.[^]*\*\*It is not blocked in us\*\*/)
  expect((await rollback('4', { ...undoing, of: '2' })).outcome).toBe('unchanged')
  await expect(rollback('5', undoing, { closed: ['eu', 'us'] })).rejects.toThrow(/^no credentials .*\[sign-in-failed\]$/)
})

test('narrowed to a target, nothing is blocked in the others, and the summary says so', async () => {
  const { outcome, summary } = await rollback('3', undoing, { targets: ['eu'], leftOut: ['us'] })
  expect(outcome).toBe('rolled-back')
  expect(summary).toContain('- `targets` named eu alone: nothing was looked at, put back or blocked in us.')
})

test('a list shows all targets; one that cannot be read is named', async () => {
  const { result, outcome, summary } = await rollback('3', { kind: 'list' })
  if (result.kind !== 'listed') throw new Error('it was no list')
  expect([outcome, listingText(result.listed)]).toEqual(['unchanged', expect.stringMatching(/^cart in eu\nRevision [^]*^cart in us\nRevision /m)])
  expect(summary).toMatch(/^### Rollback: list of 1 service in eu and us[^]*#### cart in eu[^]*#### cart in us/)
  const half = await rollback('4', { kind: 'list' }, { closed: ['us'] })
  expect([half.outcome, half.summary]).toEqual(['partial', expect.stringMatching(/^### Rollback: partial, us could not be read; list of 1 service[^]*sign-in-failed/)])
})

test('a block is lifted in all targets by the version that one of them knows', async () => {
  await rollback('3', undoing)
  const wish = { kind: 'unblock', release: '1.1.0', isWritten: true } as const
  const half = await rollback('4', wish, { closed: ['us'] })
  expect([half.outcome, half.summary]).toEqual(['partial', expect.stringMatching(/^### Rollback: partial, block on 1\.1\.0 lifted in eu, .*next: as told below[^]*\| eu \| cart \| 2 \|/)])
  const rest = await rollback('5', wish)
  expect([rest.outcome, rest.summary]).toEqual(['changed', expect.stringMatching(/^### Rollback: changed, block on 1\.1\.0 lifted in us,[^]*\| us \| cart \| 2 \|/)])
  expect((await rollback('6', wish)).outcome).toBe('unchanged')
})
