import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { listing } from '@slipway/delivery'
import { makeWorld, service, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

/** The source keys that the record of each revision of cart names. */
const kept = (): unknown[] => world.server.objects('ConfigMap', 'slipway').filter(({ metadata: { labels } }) => labels?.['slipway.dev/verdict'] !== undefined).map(({ metadata: { annotations } }) => annotations?.['slipway.dev/source-keys'])
/** What the list tells of where each revision came from. */
const sources = async () => [...(await listing(undefined, 'acme/shop', [world.way('looker', [])])).targets.values()].flatMap((services) => services.flatMap(({ revisions }) => revisions.map(({ head }) => head.source)))
const from = (image: string, ...sourceKeys: string[]) => [{ ...service('cart', image), sourceKeys }]

test('a record names the source key of its image, which changes nothing of its content', async () => {
  await world.release('1', from('a', 'key-1'))
  expect(kept()).toEqual(['["key-1"]'])
})

test('another source of the same image is noted by one write of metadata; what is noted is no write', async () => {
  await world.release('1', from('a', 'key-1'), { version: '1.0.0' })
  const before = world.ledger.exchanges.length
  const second = await world.release('2', from('a', 'key-2'), { version: '1.0.1' })
  expect([second.outcome, world.writes(before), kept()]).toEqual(['unchanged', ['PATCH configmaps'], ['["key-1","key-2"]']])
  const again = world.ledger.exchanges.length
  await world.release('3', from('a', 'key-1'), { version: '1.0.0' })
  await world.release('4', [service('cart', 'a')])
  expect(world.writes(again)).toEqual([])
})

test('what a rollback puts back keeps the source keys that it had', async () => {
  await world.release('1', from('a', 'key-1'))
  await world.release('2', from('b', 'key-2'))
  await world.rollback('3')
  expect(kept()).toEqual(['["key-1"]', '["key-2"]', '["key-1"]'])
})

test('why something unproven was let in stands in its own record, and in no other', async () => {
  await world.release('1', [{ ...service('cart', 'a'), unproven: 'staging is down' }, service('web', 'a')])
  const sources = world.server.objects('ConfigMap', 'slipway').map(({ metadata: { name, annotations } }) => [name, /"unproven":"(.*?)"/.exec(annotations?.['slipway.dev/source'] ?? '')?.[1]])
  expect(Object.fromEntries(sources)).toEqual({ 'staging.cart.v1': 'staging is down', 'staging.web.v1': undefined })
})

test('another configuration commit of what runs is noted by one write of metadata, in place of the older one; what is noted is no write', async () => {
  const at = (run: string, configurationCommit: string) => world.release(run, from('a', 'key-1'), { source: { repository: 'acme/shop', commit: 'c', ref: 'refs/heads/main', run, actor: 'alice', configurationCommit } })
  await at('1', 'config-a')
  const before = world.ledger.exchanges.length
  const second = await at('2', 'config-b')
  expect([second.outcome, world.writes(before)]).toEqual(['unchanged', ['PATCH configmaps']])
  expect((await sources()).map((source) => source.configurationCommit)).toEqual(['config-b'])
  const again = world.ledger.exchanges.length
  await at('3', 'config-b')
  await world.release('4', from('a', 'key-1'))
  expect(world.writes(again)).toEqual([])
})

test('why something unproven was let in is kept and listed, also where it runs already', async () => {
  const urgent = [{ ...service('cart', 'a'), unproven: 'staging is down' }]
  await world.release('1', [service('cart', 'a')])
  const before = world.ledger.exchanges.length
  const second = await world.release('2', urgent)
  expect([second.outcome, world.writes(before), (await sources()).map(({ unproven }) => unproven)]).toEqual(['unchanged', ['PATCH configmaps'], ['staging is down']])
  const again = world.ledger.exchanges.length
  await world.release('3', urgent)
  await world.release('4', [service('cart', 'a')])
  expect(world.writes(again)).toEqual([])
})
