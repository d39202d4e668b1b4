import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { makeWorld, service, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

/** The source keys that the record of each revision of cart names. */
const kept = (): unknown[] => world.server.objects('ConfigMap', 'slipway').filter(({ metadata: { labels } }) => labels?.['slipway.dev/verdict'] !== undefined).map(({ metadata: { annotations } }) => annotations?.['slipway.dev/source-keys'])
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
