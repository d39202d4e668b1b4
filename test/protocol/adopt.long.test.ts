import { expect, test } from '@jest/globals'
import type { DeliveryResult } from '@slipway/delivery'
import { adoptable, setByHand } from './adopted.ts'
import { crashing } from './seen.ts'
import { clock, patience, sweep, type Story } from './sweep.ts'
import { digest, makeWorld, service, type World } from './world.ts'

const alone: Pick<Story<World>, 'open' | 'worlds' | 'close'> = { open: () => makeWorld(), worlds: (world) => [world], close: (world) => world.close() }

/** Revision 0 is what ran before, whenever the run was killed. */
function keepsBefore(world: World, { outcome, services }: DeliveryResult): string {
  const why = services[0]?.failure?.why
  if (why !== undefined) return `${outcome}: ${why}`
  return world.records()['staging.cart.v0'] === 'healthy' ? outcome : `${outcome}, without revision 0`
}

test('an adoption killed at any request is finished by the same click, and what ran before is kept', async () => {
  const { deaths, wrong } = await sweep<World>({
    ...alone,
    before: (world) => adoptable(world, 'a'),
    killed: (world, life) => world.release('1', [service('cart', 'b')], { patience, adopt: 'take' }, life),
    async next(world) {
      return { outcome: keepsBefore(world, await world.release('2', [service('cart', 'b')], { patience, adopt: 'take' }, { clock })) }
    },
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(10)
}, 240_000)

test('an adoption of a version that crashes, killed at any request, ends on what ran before', async () => {
  const { deaths, wrong } = await sweep<World>({
    ...alone,
    async before(world) {
      crashing(world, 'b', 50)
      await adoptable(world, 'a')
    },
    killed: (world, life) => world.release('1', [service('cart', 'b')], { patience, adopt: 'take' }, life),
    async next(world) {
      const { outcome, services } = await world.release('2', [service('cart', 'b')], { patience, adopt: 'take' }, { clock })
      const isBack = outcome === 'rolled-back' && JSON.stringify(world.server.objects('Deployment', 'staging')).includes(digest('a'))
      return { outcome: isBack ? 'changed' : `${outcome}: ${services[0]?.failure?.why ?? ''}` }
    },
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(15)
}, 240_000)

test('a correction of what was set by hand, killed at any request, is finished by the next click', async () => {
  const { wrong } = await sweep<World>({
    ...alone,
    async before(world) {
      await world.release('1', [service('cart', 'a')], { patience })
      await setByHand(world)
    },
    killed: (world, life) => world.release('2', [service('cart', 'a')], { patience }, life),
    next: (world) => world.release('3', [service('cart', 'a')], { patience }, { clock }),
  })
  expect(wrong).toEqual([])
}, 240_000)
