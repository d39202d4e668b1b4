import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { textAt } from '@slipway/rollout'
import { applying, disturbed, gated, lost, refusing } from './disturbed.ts'
import { fastClock } from './mortal.ts'
import { crashing, loose, map, seenIn, type Seen } from './seen.ts'
import { digest, makeWorld, service, type World } from './world.ts'

let world: World
let seen: Seen
beforeEach(async () => {
  world = await makeWorld()
  seen = seenIn(world)
})
afterEach(() => world.close())

const long = { soakMs: 20, timeoutMs: 600_000 }
const numberOnWorkload = async (): Promise<string | undefined> => textAt(await seen.deployment(), 'metadata', 'annotations', 'slipway.dev/sequence')
const written = (sequence: string): Promise<unknown> =>
  world.server.until(() => world.server.objects('Deployment', 'staging').some(({ metadata }) => metadata.name === 'cart' && metadata.annotations?.['slipway.dev/sequence'] === sequence))

describe('a deploy that a rollback overtakes writes nothing any more', () => {
  test('where it is about to write a supporting object and is itself named', async () => {
    await world.release('1', [service('cart', 'a', {}, [map('notes', 'old')])])
    const way = gated(world.http, applying('configmaps/notes'))
    const deploy = world.release('2', [service('cart', 'b', {}, [map('notes', 'new')])], {}, { http: way.http })
    await way.reached
    const back = await world.rollback('3', { of: '2' })
    way.open()
    expect([back.outcome, (await deploy).outcome]).toEqual(['changed', 'superseded'])
    expect([await seen.live(), await seen.value('notes')]).toEqual(['a', 'old'])
  })

  test('where it is about to write a supporting object and an older release is named', async () => {
    await world.release('1', [service('cart', 'a', {}, [map('notes', 'old')])])
    await world.release('2', [service('cart', 'b', {}, [map('notes', 'old')])])
    const way = gated(world.http, applying('configmaps/notes'))
    const deploy = world.release('3', [service('cart', 'c', {}, [map('notes', 'new')])], {}, { http: way.http })
    await way.reached
    const back = await world.rollback('4', { of: '2' })
    way.open()
    expect([back.outcome, (await deploy).outcome]).toEqual(['changed', 'superseded'])
    expect([await seen.live(), await seen.value('notes')]).toEqual(['a', 'old'])
    expect(world.records()).toMatchObject({ 'staging.cart.v3': 'interrupted', 'staging.cart.v4': 'healthy' })
  })

  test('where it is about to write the workload', async () => {
    await world.release('1', [service('cart', 'a')])
    const way = gated(world.http, applying('deployments/cart'))
    const deploy = world.release('2', [service('cart', 'b')], {}, { http: way.http })
    await way.reached
    const back = await world.rollback('3', { of: '2' })
    way.open()
    expect([back.outcome, (await deploy).outcome, await seen.live()]).toEqual(['changed', 'superseded', 'a'])
  })

  test('where it is about to hand the replicas over and is itself named', async () => {
    await world.release('1', [service('cart', 'a')])
    const way = gated(world.http, /^PATCH .*\/deployments\/cart\?(?!.*dryRun).*slipway-replicas/)
    const deploy = world.release('2', [loose('b')], {}, { http: way.http })
    await way.reached
    const back = await world.rollback('3', { of: '2' })
    way.open()
    expect([back.outcome, (await deploy).outcome, await seen.live()]).toEqual(['changed', 'superseded', 'a'])
  })

  test('where it is about to hand the replicas over and an older release is named', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [service('cart', 'b')])
    const way = gated(world.http, /^PATCH .*\/deployments\/cart\?(?!.*dryRun).*slipway-replicas/)
    const deploy = world.release('3', [loose('c')], {}, { http: way.http })
    await way.reached
    const back = await world.rollback('4', { of: '2' })
    way.open()
    expect([back.outcome, (await deploy).outcome, await seen.live(), await numberOnWorkload()]).toEqual(['changed', 'superseded', 'a', '4'])
  })

  test.each(['2', '3'])('where it brings again what had put itself back, and release %s of the two is named', async (of) => {
    await world.release('1', [service('cart', 'a')])
    crashing(world, 'b')
    await world.release('2', [service('cart', 'b')])
    world.server.script(() => undefined)
    const way = gated(world.http, applying('deployments/cart'))
    const deploy = world.release('3', [service('cart', 'b')], {}, { http: way.http })
    await way.reached
    const back = await world.rollback('4', { of })
    way.open()
    expect([back.outcome, (await deploy).outcome, await seen.live()]).toEqual(['changed', 'superseded', 'a'])
  })

  test('where only one of its services goes back, and nobody holds the lock any more when it looks', async () => {
    await world.release('1', [service('cart', 'a')])
    world.server.script((pod) => (JSON.stringify(pod).includes(`shop/cart@${digest('b')}`) ? { readyAfterMs: Infinity } : undefined))
    const deploy = world.release('2', [service('cart', 'b'), service('web', 'b')])
    await written('2')
    const back = await world.rollback('3', { services: ['cart'] })
    const cart = (await deploy).services.find((one) => one.service === 'cart')
    expect([back.outcome, cart?.status, await seen.live()]).toEqual(['changed', 'superseded', 'a'])
    expect(world.records()).toMatchObject({ 'staging.cart.v2': 'failed', 'staging.cart.v3': 'healthy' })
  })
})

test('what a run wrote and left behind a write that was refused is put right by the one that was waiting for its lock', async () => {
  await world.release('1', [service('cart', 'a', {}, [map('notes', 'old')])])
  const first = gated(refusing(world.http, applying('deployments/cart')), applying('configmaps/notes'))
  const failing = world.release('2', [service('cart', 'b', {}, [map('notes', 'new')])], { onFailure: 'leave' }, { http: first.http })
  await first.reached
  const second = gated(world.http, /^GET .*\/leases\//)
  const waiting = world.release('3', [service('cart', 'c', {}, [map('notes', 'old')])], {}, { http: second.http })
  await second.reached
  first.open()
  const failed = await failing
  expect([failed.outcome, await seen.value('notes')]).toEqual(['broken', 'new'])
  second.open()
  expect([(await waiting).outcome, await seen.live(), await seen.value('notes')]).toEqual(['changed', 'c', 'old'])
})

test('a first deploy that was cut off from the cluster does not write when its lock is another\'s by then', async () => {
  const link = { isCut: false, wasCut: false }
  const http = disturbed(world.http, async (operation, send, { url }) => {
    if (!link.wasCut && applying('deployments/cart').test(operation)) Object.assign(link, { isCut: true, wasCut: true })
    if (!link.isCut) return send()
    // As long as a lost reply takes.
    await fastClock(10).wait(200)
    throw lost(url)
  })
  const first = world.release('1', [service('cart', 'a')], { patience: long }, { http, clock: fastClock(10) })
  await world.server.until(() => 'staging.cart.v1' in world.records())
  const second = await world.release('2', [service('cart', 'b')], { patience: long }, { clock: fastClock(10) })
  link.isCut = false
  // What it says depends on what it was about to do when the link came back; what it does, does not.
  expect([second.outcome, (await first).outcome]).toEqual(['changed', expect.not.stringMatching(/^(un)?changed$/)])
  expect([await seen.live(), await numberOnWorkload()]).toEqual(['b', '2'])
}, 20_000)

test('a verdict that is reached while the lock is lost is recorded by nobody but who holds it', async () => {
  let isWritten = false
  const http = disturbed(world.http, async (operation, send, { url }) => {
    if (applying('deployments/cart').test(operation)) isWritten = true
    if (isWritten && /^PUT .*\/leases\//.test(operation)) throw lost(url)
    // The last look takes longer than a lock lasts that is not renewed.
    if (isWritten && /^GET .*\/deployments\/cart$/.test(operation)) await fastClock(10).wait(15_000)
    return send()
  })
  const { outcome, services } = await world.release('1', [service('cart', 'a')], {}, { http, clock: fastClock(10) })
  expect([outcome, services[0]?.failure?.code, world.records()]).toEqual(['superseded', 'lock-lost', { 'staging.cart.v1': 'pending' }])
  expect([(await world.release('2', [service('cart', 'a')])).outcome, world.records()]).toEqual(['unchanged', { 'staging.cart.v1': 'healthy' }])
}, 20_000)

test('a good release that lands while a rollback is being planned is not undone with the bad one', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  let isMended = false
  const http = disturbed(world.http, async (operation, send) => {
    if (!isMended && /^PUT .*\/leases\//.test(operation)) {
      isMended = true
      await world.release('3', [service('cart', 'c')])
    }
    return send()
  })
  const back = await world.rollback('4', {}, { http })
  expect([back.outcome, await seen.live()]).toEqual(['superseded', 'c'])
  expect(back.services[0]?.failure?.why).toContain('revision 3 came since the rollback was planned')
})
