import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { WantedService } from '@slipway/delivery'
import { listAt, textAt, withAt } from '@slipway/rollout'
import { digest, makeWorld, service, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

const crashing = (letter: string): void => {
  world.server.script((pod) => (runs(pod).endsWith(digest(letter)) ? { crash: { afterMs: 100, exitCode: 3 }, log: ['fatal: no orders'] } : undefined))
}
const runs = (pod: object): string => JSON.stringify(pod).match(/shop\/[a-z]+@sha256:[0-9a-f]{64}/)?.[0] ?? ''
const live = async (): Promise<string | undefined> => {
  const deployment = await world.client.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging', name: 'cart' })
  return textAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'image')
}

test('a version that crashes is put back to the last good content, as a revision of its own', async () => {
  await world.release('1', [service('cart', 'a')])
  crashing('b')
  const result = await world.release('2', [service('cart', 'b')])
  expect(result.outcome).toBe('rolled-back')
  expect(result.services[0]).toMatchObject({ status: 'rolled-back', sequence: 2, restored: { sequence: 3, from: 1 }, failure: { code: 'container-crashed' } })
  expect(world.records()).toEqual({ 'staging.cart.v1': 'healthy', 'staging.cart.v2': 'failed', 'staging.cart.v3': 'healthy' })
  expect(await live()).toContain(digest('a'))
})

test('the failure comes with its evidence, without any value of the Secrets that the pods refer to', async () => {
  const withSecret = (image: string): WantedService => {
    const made = service('cart', image)
    return { ...made, workload: { ...made.workload, object: withAt(made.workload.object, ['spec', 'template', 'spec', 'volumes'], () => [{ name: 'db', secret: { secretName: 'cart-db' } }]) } }
  }
  await world.client.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cart-db', namespace: 'staging' }, data: { username: Buffer.from('cart').toString('base64'), password: Buffer.from('hunter22').toString('base64') } }, { manager: 'slipway-config' })
  await world.release('1', [withSecret('a')])
  world.server.script((pod) => (runs(pod).endsWith(digest('b')) ? { crash: { afterMs: 100, exitCode: 3 }, log: ['connecting to postgres://shop:hunter22@db/shop', 'fatal: relation orders does not exist'] } : undefined))
  const result = await world.release('2', [withSecret('b')])
  const { evidence } = result.services[0] ?? {}
  expect(evidence?.log).toMatchObject({ container: 'cart', lines: ['connecting to postgres://shop:***@db/shop', 'fatal: relation orders does not exist'] })
  expect(result.told.join('\n')).toContain('fatal: relation orders does not exist')
  // A database user that is called like its service blots nothing out.
  expect(result.services[0]?.failure?.why).toContain('container cart ended with exit code 3')
  expect(JSON.stringify(result)).not.toContain('hunter22')
})

test('what is good again is unchanged afterwards: nothing is written', async () => {
  await world.release('1', [service('cart', 'a')])
  crashing('b')
  await world.release('2', [service('cart', 'b')])
  const before = world.ledger.exchanges.length
  expect((await world.release('3', [service('cart', 'a')])).outcome).toBe('unchanged')
  expect(world.writes(before)).toEqual([])
})

test('objects that came with the bad version go with it; a changed one comes back', async () => {
  const map = (name: string, value: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value } })
  await world.release('1', [service('cart', 'a', {}, [map('kept', 'old')])])
  crashing('b')
  await world.release('2', [service('cart', 'b', {}, [map('kept', 'new'), map('brought', 'x')])])
  const maps = world.server.objects('ConfigMap', 'staging').map(({ metadata, data }) => [metadata.name, data])
  expect(maps).toEqual([['kept', { value: 'old' }]])
})

test('a first version that crashes has nothing to go back to: it is left, and that is said', async () => {
  crashing('a')
  const result = await world.release('1', [service('cart', 'a')])
  expect(result.outcome).toBe('broken')
  expect(result.services[0]?.failure?.why).toContain('no earlier revision that was seen healthy')
})

test('with on-failure "leave" the failed version stays for a look at it', async () => {
  await world.release('1', [service('cart', 'a')])
  crashing('b')
  const result = await world.release('2', [service('cart', 'b')], { onFailure: 'leave' })
  expect([result.outcome, await live()]).toEqual(['broken', expect.stringContaining(digest('b'))])
})

test('one service that fails is put back alone; the others have changed', async () => {
  await world.release('1', [service('cart', 'a'), service('web', 'a')])
  crashing('b')
  const result = await world.release('2', [service('cart', 'b'), service('web', 'c')])
  expect([result.outcome, ...result.services.map(({ service: name, status }) => `${name} ${status}`).toSorted()]).toEqual(['partial', 'cart rolled-back', 'web healthy'])
})
