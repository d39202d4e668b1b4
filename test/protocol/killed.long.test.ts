import { expect, test } from '@jest/globals'
import { makeCartEverywhere, type CartEverywhere } from './environment.ts'
import { clock, patience, sweep, type Story } from './sweep.ts'
import { digest, makeWorld, service, type World } from './world.ts'

const alone: Pick<Story<World>, 'open' | 'worlds' | 'close'> = { open: () => makeWorld(), worlds: (world) => [world], close: (world) => world.close() }

const config = (value: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cart-notes' }, data: { value } })
const limits = (value: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cart-limits' }, data: { value } })
const crashing = (world: World, letter: string): void => {
  world.server.script((pod) => (JSON.stringify(pod).includes(digest(letter)) ? { crash: { afterMs: 50, exitCode: 3 } } : undefined))
}

test('a deploy killed at any request is put right by the next click of the same', async () => {
  const { deaths, wrong } = await sweep<World>({
    ...alone,
    before: (world) => world.release('1', [service('cart', 'a', {}, [config('old'), limits('old')])]),
    killed: (world, life) => world.release('2', [service('cart', 'b', {}, [config('new'), limits('new')])], { patience }, life),
    next: (world) => world.release('3', [service('cart', 'b', {}, [config('new'), limits('new')])], { patience }, { clock }),
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(15)
}, 300_000)

test('a deploy of a broken version, killed at any request until its end, is put right by the next deploy', async () => {
  const { deaths, wrong } = await sweep<World>({
    ...alone,
    async before(world) {
      crashing(world, 'b')
      await world.release('1', [service('cart', 'a', {}, [config('old')])])
    },
    killed: (world, life) => world.release('2', [service('cart', 'b', {}, [config('new')])], { patience }, life),
    next: (world) => world.release('3', [service('cart', 'c', {}, [config('old')])], { patience }, { clock }),
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(25)
}, 300_000)

test('a rollback killed at any request is finished by the same click', async () => {
  const { deaths, wrong } = await sweep<World>({
    ...alone,
    async before(world) {
      await world.release('1', [service('cart', 'a', {}, [config('old')])])
      await world.release('2', [service('cart', 'b', {}, [config('new')])])
    },
    killed: (world, life) => world.rollback('3', { patience }, life),
    next: (world) => world.rollback('4', { patience }, { clock }),
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(15)
}, 300_000)

test('a rollback over two regions killed at any request is finished by the same click', async () => {
  const regions = ['eu', 'us']
  const { deaths, wrong } = await sweep<CartEverywhere>({
    open: () => makeCartEverywhere(...regions),
    worlds: ({ at }) => regions.map(at),
    close: (shop) => shop.close(),
    async before(shop) {
      await shop.release('1', 'a', { waves: [regions], patience })
      await shop.release('2', 'b', { waves: [regions], patience })
    },
    killed: (shop, life) => shop.rollback('3', { patience }, () => life),
    async next(shop) {
      const { outcome, targets } = await shop.rollback('4', { patience }, () => ({ clock }))
      return { outcome, each: targets.map((one) => one.outcome) }
    },
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(30)
}, 600_000)
