import { describe, expect, test } from '@jest/globals'
import type { ReleaseRecord } from '@slipway/release'
import { at } from '@slipway/rollout'
import { openRecords, type Records } from '@slipway/kubernetes'
import { core } from './objects.ts'
import { told, type ApiServer } from './server.ts'

const record: ReleaseRecord = {
  sequence: 7,
  service: 'cart',
  release: 'r1',
  participants: [{ target: 'eu', namespace: 'staging', service: 'cart' }],
  revision: { images: {}, configuration: {}, manifests: [] },
  source: { repository: 'acme/shop', commit: 'c0ffee', ref: 'refs/heads/main', run: 'u', actor: 'alice' },
  startedAt: '2026-11-21T00:00:00.000Z',
}
const ten = Array.from({ length: 10 }, (_, index) => `run-${index}`)

/** The records of releases, as several runs write them at once. */
export function records(opened: () => ApiServer): void {
  describe('a record', () => {
    const store = (namespace: string, nonce: string): Records => openRecords(opened().client(), namespace, 'staging', nonce)

    test('comes back as it was made, its head without its content', async () => {
      const own = store(await opened().namespace(), 'n')
      expect(await own.create(record, 'f', { version: '1.2.0', sourceKeys: ['key-1'] })).toBe('created')
      const { heads } = await own.history(['cart'])
      expect(heads).toMatchObject([{ name: 'staging.cart.v7', service: 'cart', sequence: 7, verdict: 'pending', fingerprint: 'f', versions: ['1.2.0'], sourceKeys: ['key-1'], source: record.source }])
      expect(await own.read('staging.cart.v7')).toEqual(record)
      expect(await own.read('staging.cart.v8')).toBeUndefined()
    })

    test('of one number is made by one of ten; to the others it is taken, to its maker it is its own', async () => {
      const namespace = await opened().namespace()
      const made = await Promise.all(ten.map((run) => store(namespace, run).create(record, 'f', {})))
      expect(made.toSorted()).toEqual(['created', ...ten.slice(1).map(() => 'taken')])
      expect(await store(namespace, ten[made.indexOf('created')] ?? '').create(record, 'f', {})).toBe('created')
    })

    test('gets one verdict, whoever of ten is first', async () => {
      const namespace = await opened().namespace()
      await store(namespace, 'n').create(record, 'f', {})
      await Promise.all(ten.map((run, index) => store(namespace, run).conclude('cart', 7, index % 2 === 0 ? 'healthy' : 'failed')))
      const first = (await store(namespace, 'n').history(['cart'])).heads[0]?.verdict
      expect(['healthy', 'failed']).toContain(first)
      await store(namespace, 'n').conclude('cart', 7, 'interrupted')
      expect((await store(namespace, 'n').history(['cart'])).heads[0]?.verdict).toBe(first)
    })

    test('keeps the names that ten runs note at the same time, each once', async () => {
      const namespace = await opened().namespace()
      await store(namespace, 'n').create(record, 'f', {})
      const [head] = (await store(namespace, 'n').history(['cart'])).heads
      if (head === undefined) throw new Error('there is no record')
      await Promise.all(ten.map((run, index) => store(namespace, run).addNames(head, { version: `1.0.${index % 5}` })))
      expect((await store(namespace, 'n').history(['cart'])).heads[0]?.versions.toSorted()).toEqual(['1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4'])
    })

    test('keeps its content whoever tries to change it', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await store(namespace, 'n').create(record, 'f', {})
      const path = core(namespace, 'configmaps', 'staging.cart.v7')
      expect(told(await server.mergePatch(path, { binaryData: { record: 'AAAA' } }))).toEqual([422, 'ConfigMap "staging.cart.v7" is invalid: binaryData: Forbidden: field is immutable when `immutable` is set'])
      expect(told(await server.mergePatch(path, { immutable: null }))[0]).toBe(422)
    })

    test('that is gone is told by name', async () => {
      await expect(store(await opened().namespace(), 'n').conclude('cart', 7, 'healthy')).rejects.toThrow('staging.cart.v7 is gone')
    })

    test('of one namespace, or of one service, is not mixed with others', async () => {
      const namespace = await opened().namespace()
      await store(namespace, 'n').create(record, 'f', {})
      await store(namespace, 'n').create({ ...record, service: 'pay' }, 'f', {})
      await openRecords(opened().cluster, namespace, 'production', 'n').create(record, 'f', {})
      const names = async (services?: readonly string[]): Promise<string[]> => (await store(namespace, 'n').history(services)).heads.map(({ name }) => name)
      expect([await names(), await names(['pay']), await names(['pay', 'cart'])]).toEqual([['staging.cart.v7', 'staging.pay.v7'], ['staging.pay.v7'], ['staging.cart.v7', 'staging.pay.v7']])
    })

    test('blocks that ten runs add at the same time are all kept', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const stores = ten.map((run) => ({ run, own: store(namespace, run) }))
      await Promise.all(stores.map(({ own }) => own.history(['cart'])))
      await Promise.all(stores.map(({ run, own }) => own.changeBlocks('cart', (blocks) => [...blocks, { release: run, fingerprint: 'f', images: {}, configuration: {}, reason: 'it is bad', actor: 'alice', run, at: record.startedAt }])))
      const blocks = (await store(namespace, 'n').history()).blocks.get('cart') ?? []
      expect(blocks).toHaveLength(10)
      const path = core(namespace, 'configmaps', 'staging.cart.blocks')
      const before = (await server.send('GET', path)).body
      await store(namespace, 'n').changeBlocks('cart', (same) => [...same])
      expect(at((await server.send('GET', path)).body, 'metadata', 'resourceVersion')).toBe(at(before, 'metadata', 'resourceVersion'))
    })
  })
}
