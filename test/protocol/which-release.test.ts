import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { textAt, withAt } from '@slipway/rollout'
import { applying } from './disturbed.ts'
import { fastClock, mortal } from './mortal.ts'
import { crashing, map, seenIn, type Seen } from './seen.ts'
import { makeWorld, service, url, type World } from './world.ts'

let world: World
let seen: Seen
beforeEach(async () => {
  world = await makeWorld()
  seen = seenIn(world)
})
afterEach(() => world.close())

const from = (commit: string) => ({ source: { repository: 'acme/shop', commit, ref: 'refs/heads/main', run: url(commit), actor: 'alice' } })

describe('where no release is named', () => {
  test('a deploy that died before it wrote its workload does not hide the bad release', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [service('cart', 'b')])
    const life = mortal(fastClock(10), { before: applying('deployments/cart') })
    void world.release('3', [service('cart', 'c')], {}, life)
    await life.died
    const back = await world.rollback('4', {}, { clock: fastClock(40) })
    expect([back.outcome, back.release, await seen.live()]).toEqual(['changed', '2', 'a'])
    expect(world.records()).toMatchObject({ 'staging.cart.v3': 'interrupted', 'staging.cart.v4': 'healthy' })
    expect((await world.rollback('5')).outcome).toBe('unchanged')
    await life.close()
  })

  test('what only put drift right is no change: its service does not move', async () => {
    await world.release('1', [service('cart', 'd'), service('web', 'a')])
    await world.release('2', [service('cart', 'a'), service('web', 'a')])
    const name = { apiVersion: 'v1', kind: 'Service', namespace: 'staging', name: 'cart' }
    await world.client.remove(name, { uid: textAt(await world.client.get(name), 'metadata', 'uid') ?? '' })
    await world.release('3', [service('cart', 'a'), service('web', 'b')])
    const back = await world.rollback('4')
    expect(back.services.map((one) => `${one.service} ${one.status}`)).toEqual(['web healthy'])
    expect([await seen.live('cart'), await seen.live('web')]).toEqual(['a', 'a'])
    // What cart runs was not barred with it.
    expect((await world.release('5', [service('cart', 'a'), service('web', 'a')])).outcome).toBe('unchanged')
  })

  test('a second click after a rollback past several releases brings none of them back', async () => {
    for (const [run, image] of [['1', 'a'], ['2', 'b'], ['3', 'c']] as const) await world.release(run, [service('cart', image)])
    await world.rollback('4', { of: '2', block: false })
    const again = await world.rollback('5', { block: false })
    expect([again.outcome, await seen.live()]).toEqual(['unchanged', 'a'])
  })

  test('a release that put itself back is passed by: the one that runs is undone', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [service('cart', 'b')])
    crashing(world, 'c')
    await world.release('3', [service('cart', 'c')])
    const back = await world.rollback('4')
    expect([back.outcome, back.release, await seen.live()]).toEqual(['changed', '2', 'a'])
  })

  test('after a first release only one that put itself back is none to go back from', async () => {
    await world.release('1', [service('cart', 'a')])
    crashing(world, 'b')
    await world.release('2', [service('cart', 'b')])
    await expect(world.rollback('3')).rejects.toThrow(/cart has nothing to go back to in eu.*nothing-to-restore/)
  })

  test('all that one release brought goes, not only its last revision', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [service('cart', 'b')])
    await world.release('2', [service('cart', 'c')])
    await world.rollback('3')
    expect(await seen.live()).toBe('a')
  })
})

describe('what came with the bad releases goes with them', () => {
  test('also what a later one brought', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [service('cart', 'b')])
    await world.release('3', [service('cart', 'c', {}, [map('brought', 'x')])])
    await world.rollback('4', { of: '2' })
    expect(await seen.value('brought')).toBeUndefined()
  })

  test('also when the rollback was killed before it removed it, by the next click', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [service('cart', 'b', {}, [map('brought', 'x')])])
    const life = mortal(fastClock(10), { before: /^DELETE / })
    void world.rollback('3', {}, life)
    await life.died
    const again = await world.rollback('4', {}, { clock: fastClock(10) })
    expect([again.outcome, await seen.live(), await seen.value('brought')]).toEqual(['changed', 'a', undefined])
    await life.close()
  })

  test('also a workload of another name', async () => {
    await world.release('1', [service('cart', 'a')])
    const made = service('cart', 'b')
    const named = withAt(made.workload.object, ['metadata', 'name'], () => 'cart-two')
    const selecting = withAt(named, ['spec', 'selector', 'matchLabels', 'two'], () => 'yes')
    const object = withAt(selecting, ['spec', 'template', 'metadata', 'labels', 'two'], () => 'yes')
    await world.release('2', [{ ...made, workload: { ...made.workload, name: 'cart-two', object } }])
    const back = await world.rollback('3')
    expect([back.outcome, await seen.live(), await seen.deployment('cart-two')]).toEqual(['changed', 'a', undefined])
  })
})

describe('what is barred', () => {
  test('is not what an older good revision has, though it came from the same commit', async () => {
    await world.release('1', [service('cart', 'a')], from('x'))
    await world.release('2', [service('cart', 'b')], from('y'))
    await world.release('3', [service('cart', 'a', { minReadySeconds: 1 })], from('x'))
    await world.rollback('4')
    const further = await world.rollback('5', { of: '2' })
    expect([further.outcome, await seen.live()]).toEqual(['changed', 'a'])
  })

  test('is nothing where one asks to go back to the bad version itself, which is refused with the candidates', async () => {
    await world.release('1', [service('cart', 'a')], { version: '1.0.0' })
    await world.release('2', [service('cart', 'b')], { version: '1.1.0' })
    const before = world.ledger.exchanges.length
    await expect(world.rollback('3', { to: { version: '1.1.0' } })).rejects.toThrow(/it has the content of the bad revision 2.*1 \(1\.0\.0\)/)
    expect(world.writes(before)).toEqual([])
    expect((await world.release('4', [service('cart', 'b')], { version: '1.2.0' })).outcome).toBe('unchanged')
  })
})

test('numbers go on where all records and locks were lost', async () => {
  for (const [run, image] of [['1', 'a'], ['2', 'b'], ['3', 'a']] as const) await world.release(run, [service('cart', image)])
  for (const kind of ['ConfigMap', 'Lease']) for (const { metadata } of world.server.objects(kind, 'slipway')) world.server.remove(kind, 'slipway', metadata.name)
  const result = await world.release('4', [service('cart', 'c')])
  expect([result.outcome, result.services[0]?.sequence]).toEqual(['changed', 4])
})
