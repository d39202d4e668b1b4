import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Block, RecordHead, ReleaseRecord } from '@slipway/release'
import { textAt } from '@slipway/rollout'
import { systemClock } from '@slipway/wire'
import { openRecords, type Cluster, type Records } from '../src/index.ts'
import { makeBed, type Bed } from './bed.ts'

let bed: Bed
beforeEach(async () => {
  bed = await makeBed()
})
afterEach(() => bed.close())

const record: ReleaseRecord = {
  sequence: 7,
  service: 'cart',
  release: 'r1',
  participants: [{ target: 'eu', namespace: 'staging', service: 'cart' }],
  revision: { images: {}, configuration: {}, manifests: [] },
  source: { repository: 'acme/shop', commit: 'c0ffee', ref: 'refs/heads/main', run: 'u', actor: 'alice' },
  startedAt: '2026-11-21T00:00:00.000Z',
}
const records = (nonce: string, cluster: Cluster = bed.cluster): Records => openRecords(cluster, 'slipway', 'staging', nonce)
const writes = (): string[] => bed.ledger.exchanges.filter(({ write }) => write).map(({ operation, status }) => `${operation} ${status}`)

async function head(): Promise<RecordHead> {
  const [first] = (await records('reader').history(['cart'])).heads
  if (first === undefined) throw new Error('there is no record')
  return first
}

test('a record comes back as it was made, its head without its content', async () => {
  expect(await records('n').create(record, 'f', { version: '1.2.0', sourceKeys: ['key-1'] })).toBe('created')
  expect(await head()).toMatchObject({ name: 'staging.cart.v7', service: 'cart', sequence: 7, verdict: 'pending', fingerprint: 'f', versions: ['1.2.0'], sourceKeys: ['key-1'], source: record.source })
  expect(await records('n').read('staging.cart.v7')).toEqual(record)
  expect(await records('n').read('staging.cart.v8')).toBeUndefined()
})

test('a record of which the reply was lost is known again: it counts as created', async () => {
  bed.ledger.script({ server: 'kubernetes:test', operation: /^POST configmaps/, effect: 'reset-after-handling' })
  expect(await records('n').create(record, 'f', {})).toBe('created')
  expect(bed.ledger.exchanges.filter(({ operation }) => operation.startsWith('POST')).at(-1)?.status).toBe(409)
  expect(await records('n').read('staging.cart.v7')).toEqual(record)
})

test('a record that never arrived is made by another attempt', async () => {
  bed.ledger.script({ server: 'kubernetes:test', operation: /^POST configmaps/, times: 2, effect: 'reset' })
  expect(await records('n').create(record, 'f', {})).toBe('created')
  expect(writes()).toEqual(['POST configmaps 201'])
})

test('a record that never arrives is given up after a minute', async () => {
  bed.ledger.script({ server: 'kubernetes:test', operation: /^POST configmaps/, times: 100, effect: 'reset' })
  let nowMs = 0
  const clock = {
    ...systemClock,
    monotonic: () => nowMs,
    wait: (ms: number) => {
      nowMs += ms
      return Promise.resolve()
    },
  }
  await expect(records('n', bed.client({ clock })).create(record, 'f', {})).rejects.toThrow()
  expect(nowMs).toBeGreaterThan(50_000)
  expect(nowMs).toBeLessThanOrEqual(60_000)
})

test('a number that another run has used is taken, also when our reply was lost', async () => {
  await records('other').create(record, 'f', {})
  expect(await records('n').create(record, 'f', {})).toBe('taken')
  bed.ledger.script({ server: 'kubernetes:test', operation: /^POST configmaps/, effect: 'reset-after-handling' })
  expect(await records('n').create(record, 'f', {})).toBe('taken')
})

test('a verdict is written once', async () => {
  await records('n').create(record, 'f', {})
  bed.ledger.script({ server: 'kubernetes:test', operation: /^PATCH configmaps/, effect: 'reset-after-handling' })
  await records('n').conclude('cart', 7, 'interrupted')
  await records('n').conclude('cart', 7, 'healthy')
  expect((await head()).verdict).toBe('interrupted')
})

test('its maker gives a verdict without looking again, unless somebody else has given one or the record is gone', async () => {
  const own = records('n')
  const asked = async (work: Promise<void>): Promise<string[]> => {
    const before = bed.ledger.exchanges.length
    const failure = await work.then(() => [], (error: unknown) => [String(error)])
    return [...bed.ledger.exchanges.slice(before).map(({ operation, status }) => `${operation} ${status}`), ...failure]
  }
  await own.create(record, 'f', {})
  expect(await asked(own.conclude('cart', 7, 'healthy'))).toEqual(['PATCH configmaps 200'])
  await own.create({ ...record, sequence: 8 }, 'f', {})
  await records('other').conclude('cart', 8, 'failed')
  expect(await asked(own.conclude('cart', 8, 'healthy'))).toEqual(['PATCH configmaps 409', 'GET configmaps 200'])
  await own.create({ ...record, sequence: 10 }, 'f', {}, 'healthy')
  expect(await asked(own.conclude('cart', 10, 'failed'))).toEqual(['GET configmaps 200'])
  await own.create({ ...record, sequence: 9 }, 'f', {})
  await bed.cluster.remove({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'slipway', name: 'staging.cart.v9' }, { uid: (await own.history()).heads.find(({ sequence }) => sequence === 9)?.uid ?? '' })
  expect(await asked(own.conclude('cart', 9, 'healthy'))).toEqual(['PATCH configmaps 404', 'GET configmaps 404', expect.stringContaining('staging.cart.v9 is gone')])
})

test('blocks are changed from what was listed; what was changed since is looked at again', async () => {
  const block = (release: string): Block => ({ release, fingerprint: 'f', images: {}, configuration: {}, reason: 'it is bad', actor: 'alice', run: 'u', at: record.startedAt })
  const added = (release: string) => (blocks: readonly Block[]): readonly Block[] => (blocks.some((one) => one.release === release) ? blocks : [...blocks, block(release)])
  const kept = async (): Promise<string[]> => (await records('reader').blocks('cart')).map(({ release }) => release)
  const stores = ['a', 'b', 'c'].map((nonce) => records(nonce))
  for (const store of stores) await store.history(['cart'])
  for (const [index, store] of stores.entries()) await store.changeBlocks('cart', added(`r${index}`))
  expect([await kept(), writes()]).toEqual([['r0', 'r1', 'r2'], ['POST configmaps 201', 'PATCH configmaps 200', 'PATCH configmaps 200']])
  const late = records('late')
  await late.history()
  await records('lifting').changeBlocks('cart', () => [])
  await late.changeBlocks('cart', added('r0'))
  expect(await kept()).toEqual(['r0'])
})

test('blocks that were listed, and whose object was deleted before all was listed again, are made anew', async () => {
  const block: Block = { release: 'r', fingerprint: 'f', images: {}, configuration: {}, reason: 'it is bad', actor: 'alice', run: 'u', at: record.startedAt }
  const own = records('n')
  await own.changeBlocks('cart', () => [block])
  await own.history()
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'slipway', name: 'staging.cart.blocks' }
  const live = await bed.cluster.get(ref)
  await bed.cluster.remove(ref, { uid: textAt(live, 'metadata', 'uid') ?? '' })
  await own.history()
  await own.changeBlocks('cart', (blocks) => [...blocks, block])
  expect(await records('reader').blocks('cart')).toEqual([block])
})

test('versions and source keys that two runs note at the same time are both kept, each once', async () => {
  await records('n').create(record, 'f', { version: '1.0.0', sourceKeys: ['key-0'] })
  const seen = await head()
  await Promise.all(['1.0.1', '1.0.2', '1.0.1'].map((version) => records(version).addNames(seen, { version, sourceKeys: [`key-${version}`] })))
  expect([...(await head()).versions].sort()).toEqual(['1.0.0', '1.0.1', '1.0.2'])
  expect([...(await head()).sourceKeys].sort()).toEqual(['key-0', 'key-1.0.1', 'key-1.0.2'])
})

test('the configuration commit and the reason of the last deploy stand in the head in place of older ones, and not in the record', async () => {
  const made = { ...record, source: { ...record.source, configurationCommit: 'config-a', unproven: 'staging is down' } }
  await records('n').create(made, 'f', {})
  const before = writes().length
  await records('n').addNames(await head(), { configurationCommit: 'config-a', unproven: 'staging is down' })
  expect(writes().slice(before)).toEqual([])
  await records('n').addNames(await head(), { configurationCommit: 'config-b' })
  expect((await head()).source).toEqual({ ...made.source, configurationCommit: 'config-b' })
  await records('n').addNames(await head(), { configurationCommit: 'config-a', unproven: 'it is urgent' })
  await records('n').addNames(await head(), { configurationCommit: 'config-a', unproven: 'it is urgent' })
  expect((await head()).source).toEqual({ ...made.source, unproven: 'it is urgent' })
  expect(writes().slice(before)).toHaveLength(2)
  expect(await records('n').read('staging.cart.v7')).toEqual(made)
})

test('a record that was deleted meanwhile is told by name', async () => {
  await expect(records('n').conclude('cart', 7, 'healthy')).rejects.toThrow(/staging\.cart\.v7 is gone/)
})

test('no services have no records, and none is asked for', async () => {
  expect((await records('n').history([])).heads).toEqual([])
  expect(bed.ledger.exchanges).toEqual([])
})
