import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { WantedService } from '@slipway/delivery'
import { at, withAt } from '@slipway/rollout'
import { fastClock, mortal } from './mortal.ts'
import { crashing, loose, seenIn, type Seen } from './seen.ts'
import { makeWorld, service, type World } from './world.ts'

let world: World
let seen: Seen
beforeEach(async () => {
  world = await makeWorld()
  seen = seenIn(world)
})
afterEach(() => world.close())

const replicas = async (): Promise<unknown> => at(await seen.deployment(), 'spec', 'replicas')

function naming(count: number): WantedService {
  const made = service('cart', 'b')
  return { ...made, workload: { ...made.workload, object: withAt(made.workload.object, ['spec', 'replicas'], () => count) } }
}

/** As the controller of autoscalers does. */
async function scaleTo(count: number): Promise<void> {
  const body = JSON.stringify({ apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'cart', namespace: 'staging' }, spec: { replicas: count } })
  await world.client.server.object({ method: 'PUT', path: '/apis/apps/v1/namespaces/staging/deployments/cart/scale?fieldManager=kube-controller-manager', body, contentType: 'application/json' })
}

test('a number of replicas that a manifest no longer names stays as it was', async () => {
  await world.release('1', [service('cart', 'a')])
  expect([(await world.release('2', [loose('b')])).outcome, await replicas()]).toEqual(['changed', 2])
  expect([(await world.release('3', [loose('b')])).outcome, await replicas()]).toEqual(['unchanged', 2])
  await scaleTo(5)
  expect([(await world.release('4', [loose('a')])).outcome, await replicas()]).toEqual(['changed', 5])
})

test('a number of replicas that a manifest names again is taken back from whom it was handed to, and from nobody else', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [loose('b')])
  expect([(await world.release('3', [naming(3)])).outcome, await replicas()]).toEqual(['changed', 3])
  expect([(await world.release('4', [naming(3)])).outcome, (await world.release('5', [naming(4)])).outcome, await replicas()]).toEqual(['unchanged', 'changed', 4])
  await world.release('6', [loose('b')])
  await scaleTo(5)
  await expect(world.release('7', [naming(3)])).rejects.toThrow(/replicas to kube-controller-manager/)
})

test('what is put back after a failure keeps the replicas that an autoscaler has set since', async () => {
  await world.release('1', [service('cart', 'a')])
  await scaleTo(5)
  crashing(world, 'b')
  expect([(await world.release('2', [loose('b')])).outcome, await seen.live(), await replicas()]).toEqual(['rolled-back', 'a', 5])
})

test('a rollback keeps the replicas that an autoscaler has set since, and repeated writes nothing', async () => {
  await world.release('1', [service('cart', 'a')])
  await scaleTo(5)
  await world.release('2', [loose('b')])
  expect([(await world.rollback('3', { of: '2' })).outcome, await seen.live(), await replicas()]).toEqual(['changed', 'a', 5])
  const before = world.ledger.exchanges.length
  expect([(await world.rollback('4', { of: '2' })).outcome, world.writes(before)]).toEqual(['unchanged', []])
})

test('a release that was killed while it was followed, and scaled since, is still seen to run', async () => {
  const life = mortal(fastClock(10), { before: /^PATCH .*\/configmaps\/staging\.cart\.v1/ })
  void world.release('1', [service('cart', 'a')], {}, life)
  await life.died
  await scaleTo(5)
  await world.release('2', [loose('a')], {}, { clock: fastClock(40) })
  expect([world.records()['staging.cart.v1'], await replicas()]).toEqual(['healthy', 5])
  await life.close()
})
