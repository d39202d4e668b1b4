import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { at } from '@slipway/rollout'
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
