import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { listing, unbar, wantedService } from '@slipway/delivery'
import { makeWorld, service, url, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

const way = () => world.way('looker', [])
const listed = async (services?: readonly string[]) => (await listing(services, 'acme/shop', [way()])).targets.get('eu') ?? []
const lift = async (release: string, more: { services?: readonly string[]; isWritten?: boolean } = {}) =>
  (await unbar({ release, repository: 'acme/shop', isWritten: true, ...more }, [way()])).targets.get('eu')
const stranger = (name: string, image: string) => wantedService(service(name, image), 'acme/other')
const elsewhere = { source: { repository: 'acme/other', commit: 'theirs', ref: 'refs/heads/main', run: url('other'), actor: 'mallory' } }

test('a list tells of each revision whether it runs, whether it is blocked and what it has otherwise, the newest first', async () => {
  const map = (value: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'flags' }, data: { value } })
  await world.release('1', [service('cart', 'a', {}, [map('old')]), service('web', 'a')], { version: '1.0.0' })
  await world.release('2', [service('cart', 'b', {}, [map('new')])], { version: '1.1.0' })
  await world.release('3', [service('cart', 'c', {}, [map('new')])])
  await world.rollback('4', { reason: 'prices are wrong' })
  const before = world.ledger.exchanges.length
  const [cart, web, ...more] = await listed()
  expect([more, world.writes(before), cart?.older]).toEqual([[], [], 0])
  expect(web).toMatchObject({ service: 'web', revisions: [{ isRunning: true, difference: { images: [], configuration: [], manifests: [] } }] })
  expect(cart?.revisions.map(({ head, isRunning, block, difference }) => [head.sequence, head.verdict, isRunning, block?.reason, difference?.images, difference?.manifests])).toEqual([
    [4, 'healthy', true, undefined, [], []],
    [3, 'healthy', false, 'prices are wrong', ['shop/cart'], []],
    [2, 'healthy', false, undefined, [], []],
    [1, 'healthy', false, undefined, ['shop/cart'], ['ConfigMap flags']],
  ])
})

test('a record that cannot be read hides no other', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  const record = world.server.objects('ConfigMap', 'slipway').find(({ metadata }) => metadata.name === 'staging.cart.v1')
  if (record === undefined) throw new Error('there is no first record')
  world.server.remove('ConfigMap', 'slipway', record.metadata.name)
  const { name, namespace = '', labels = {}, annotations = {} } = record.metadata
  world.server.put({ ...record, metadata: { name, namespace, labels, annotations }, binaryData: { record: 'bm9uc2Vuc2U=' } })
  const [cart] = await listed(['cart'])
  expect(cart?.revisions.map(({ head, difference }) => [head.sequence, difference === undefined])).toEqual([
    [2, false],
    [1, true],
  ])
})

test('services of another repository in the same namespace are neither listed nor undone', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  await world.release('3', [stranger('pay', 'a')], elsewhere)
  await world.release('4', [stranger('pay', 'b')], elsewhere)
  expect((await listed()).map((one) => one.service)).toEqual(['cart'])
  expect(await world.rollback('5')).toMatchObject({ outcome: 'changed', release: '2', services: [{ service: 'cart' }] })
})

test('a block is lifted by release, run or version; then the content may come back; repeated, nothing is written', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')], { version: '1.1.0' })
  await world.rollback('3')
  expect(await lift('1.1.0', { isWritten: false })).toMatchObject([{ service: 'cart', block: { release: '2' } }])
  await expect(world.release('4', [service('cart', 'b')])).rejects.toThrow(/blocked/)
  expect(await lift(url('2'))).toMatchObject([{ service: 'cart', block: { actor: 'alice', reason: 'it is wrong' } }])
  expect((await world.release('5', [service('cart', 'b')])).outcome).toBe('changed')
  const before = world.ledger.exchanges.length
  expect([await lift('2'), world.writes(before)]).toEqual([[], []])
})

test('a release that nobody knows is told with those that are blocked', async () => {
  await expect(lift('9.9.9')).rejects.toThrow(/no release in eu is called "9\.9\.9": nothing is blocked there/)
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  await world.rollback('3', { reason: 'prices are wrong' })
  await expect(lift('9.9.9', { services: ['cart'] })).rejects.toThrow(/of cart in eu .*blocked are 2 of cart \(by alice at .*prices are wrong\).*release-unknown/)
})
