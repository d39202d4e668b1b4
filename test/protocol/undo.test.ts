import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { WantedService } from '@slipway/delivery'
import { listAt, textAt, withAt } from '@slipway/rollout'
import { digest, makeWorld, service, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

const live = async (name = 'cart'): Promise<string | undefined> => {
  const deployment = await world.client.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging', name })
  return textAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'image')?.split(':').at(-1)?.slice(0, 1)
}

test('the newest release is undone, only where it changed something; repeated, nothing is written', async () => {
  await world.release('1', [service('cart', 'a'), service('web', 'a')])
  await world.release('2', [service('cart', 'b'), service('web', 'a')])
  const result = await world.rollback('3')
  expect(result).toMatchObject({ outcome: 'changed', release: '2', services: [{ service: 'cart', status: 'healthy', sequence: 3 }] })
  expect([await live('cart'), await live('web')]).toEqual(['a', 'a'])
  const before = world.ledger.exchanges.length
  expect((await world.rollback('4')).outcome).toBe('unchanged')
  expect(world.writes(before)).toEqual([])
})

test('what was undone is barred with who, when and why: its commit, and its image from any commit', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  await world.rollback('3', { reason: 'prices are wrong' })
  await expect(world.release('2', [service('cart', 'c')])).rejects.toThrow(/blocked in eu.*alice undid the release 2 at .*prices are wrong.*\[blocked\]/)
  await expect(world.release('4', [service('cart', 'b')])).rejects.toThrow(/the image of shop\/cart is the one that was undone/)
  expect((await world.release('5', [service('cart', 'c')])).outcome).toBe('changed')
})

test('a release is named by its id, its run or a version; what came later goes with it', async () => {
  await world.release('1', [service('cart', 'a')], { version: '1.0.0' })
  await world.release('2', [service('cart', 'b')], { version: '1.1.0' })
  await world.release('3', [service('cart', 'c')], { version: '1.2.0' })
  const result = await world.rollback('4', { of: '1.1.0' })
  expect([result.release, await live()]).toEqual(['2', 'a'])
  expect(result.told.join('\n')).toContain('revision 3 by alice (3) came later and goes with it')
  await expect(world.rollback('5', { of: '9.9.9' })).rejects.toThrow(/no release of eu is called "9\.9\.9".*1\.2\.0/)
})

test('it goes back to a version that is named, or tells the candidates', async () => {
  await world.release('1', [service('cart', 'a')], { version: '1.0.0' })
  await world.release('2', [service('cart', 'b')], { version: '1.1.0' })
  await world.release('3', [service('cart', 'c')], { version: '1.2.0' })
  await expect(world.rollback('4', { to: { version: '0.9.0' } })).rejects.toThrow(/cannot go back to version 0\.9\.0.*2 \(1\.1\.0\) or 1 \(1\.0\.0\)/)
  await world.rollback('5', { to: { version: '1.0.0' } })
  expect(await live()).toBe('a')
})

test('a good revision whose record somebody has changed is passed over and named', async () => {
  for (const [run, image] of [['1', 'a'], ['2', 'b'], ['3', 'c']] as const) await world.release(run, [service('cart', image)])
  const record = world.server.objects('ConfigMap', 'slipway').find(({ metadata }) => metadata.name === 'staging.cart.v2')
  if (record === undefined) throw new Error('there is no second record')
  const { name, namespace = '', labels = {}, annotations = {} } = record.metadata
  world.server.remove('ConfigMap', namespace, name)
  world.server.put({ ...record, metadata: { name, namespace, labels, annotations }, binaryData: { record: 'bm9uc2Vuc2U=' } })
  const { outcome, told } = await world.rollback('4')
  expect([outcome, await live()]).toEqual(['changed', 'a'])
  expect(told.join('\n')).toMatch(/revision 2 is passed over: the release record staging\.cart\.v2 cannot be unpacked/)
})

test('a first release has nothing to go back to: nothing is written, and what to do is said', async () => {
  await world.release('1', [service('cart', 'a')])
  const before = world.ledger.exchanges.length
  await expect(world.rollback('2')).rejects.toThrow(/cart has nothing to go back to in eu.*scale deployment.*nothing-to-restore/)
  expect(world.writes(before)).toEqual([])
})

test('where nothing was ever deployed there is nothing to undo', async () => {
  await expect(world.rollback('1')).rejects.toThrow(/no release of eu to undo.*release-unknown/)
})

test('a release that was put back by itself is not undone twice, only barred', async () => {
  await world.release('1', [service('cart', 'a')])
  world.server.script((pod) => (JSON.stringify(pod).includes(digest('b')) ? { crash: { afterMs: 100, exitCode: 3 } } : undefined))
  await world.release('2', [service('cart', 'b')])
  expect((await world.rollback('3', { of: '2' })).outcome).toBe('unchanged')
  expect(world.records()).toEqual({ 'staging.cart.v1': 'healthy', 'staging.cart.v2': 'failed', 'staging.cart.v3': 'healthy' })
  await expect(world.release('4', [service('cart', 'b')])).rejects.toThrow(/blocked/)
})

describe('while a deploy runs', () => {
  test('the rollback takes its lock; the deploy finds itself overtaken and stops everywhere', async () => {
    await world.release('1', [service('cart', 'a'), service('web', 'a')])
    world.server.script((pod) => (JSON.stringify(pod).includes(digest('b')) ? { readyAfterMs: Infinity } : undefined))
    const deploy = world.release('2', [service('cart', 'b'), service('web', 'b')])
    await world.server.until(() => world.server.objects('Deployment', 'staging').every(({ metadata }) => metadata.annotations?.['slipway.dev/release'] === '2'))
    const result = await world.rollback('3')
    expect(result.outcome).toBe('changed')
    expect((await deploy).services.map(({ service: name, status }) => `${name} ${status}`).toSorted()).toEqual(['cart superseded', 'web superseded'])
    expect([await live('cart'), await live('web')]).toEqual(['a', 'a'])
    expect(world.records()).toMatchObject({ 'staging.cart.v2': 'failed', 'staging.cart.v3': 'healthy', 'staging.web.v3': 'healthy' })
  })
})

describe('configuration', () => {
  const synced = (kind: 'ConfigMap' | 'Secret', name: string, value: string, checksum: string) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'staging', labels: { 'slipway.dev/config': 'cart-env' }, annotations: { 'slipway.dev/checksum': checksum } },
    data: { value },
  })
  const using = (image: string, configuration: WantedService['configuration'], secret = 'cart-db-1'): WantedService => {
    const made = service('cart', image)
    const object = withAt(made.workload.object, ['spec', 'template', 'spec', 'volumes'], () => [{ name: 'db', secret: { secretName: secret } }])
    return { ...made, workload: { ...made.workload, object }, configuration }
  }
  const volume = async (): Promise<string | undefined> => {
    const deployment = await world.client.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging', name: 'cart' })
    return textAt(listAt(deployment, 'spec', 'template', 'spec', 'volumes')[0], 'secret', 'secretName')
  }
  const secret = (name: string, source = 'arn') => ({ 'cart-db': { kind: 'Secret' as const, name, checksum: name, source } })

  test.each([
    ['current', 'arn', 'cart-db-2'],
    ['recorded', 'arn', 'cart-db-1'],
    ['current', 'another arn', 'cart-db-1'],
  ] as const)('with secrets "%s" and the source "%s" the pods get %s', async (secrets, source, expected) => {
    for (const name of ['cart-db-1', 'cart-db-2']) await world.client.apply(synced('Secret', name, 'eA==', name), { manager: 'slipway-config' })
    await world.release('1', [using('a', secret('cart-db-1'))])
    await world.release('2', [using('b', secret('cart-db-2', source), 'cart-db-2')])
    const result = await world.rollback('3', { secrets })
    expect([result.outcome, await live(), await volume()]).toEqual(['changed', 'a', expected])
  })

  test('where an older release is undone, Secrets keep the newest version of all, not that of the release', async () => {
    for (const name of ['cart-db-1', 'cart-db-2', 'cart-db-3']) await world.client.apply(synced('Secret', name, 'eA==', name), { manager: 'slipway-config' })
    await world.release('1', [using('a', secret('cart-db-1'))])
    await world.release('2', [using('b', secret('cart-db-2'), 'cart-db-2')])
    await world.release('3', [using('c', secret('cart-db-3'), 'cart-db-3')])
    await world.rollback('4', { of: '2' })
    expect([await live(), await volume()]).toEqual(['a', 'cart-db-3'])
  })

  test('a role that may not list Secrets rolls back all the same, with a warning', async () => {
    for (const name of ['cart-db-1', 'cart-db-2']) await world.client.apply(synced('Secret', name, 'eA==', name), { manager: 'slipway-config' })
    await world.release('1', [using('a', secret('cart-db-1'))])
    await world.release('2', [using('b', secret('cart-db-2'), 'cart-db-2')])
    const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403, message: 'secrets is forbidden' })
    world.ledger.script({ server: 'kubernetes:nonprod', operation: /^LIST secrets$/, times: 99, effect: { status: 403, headers: { 'content-type': 'application/json' }, body } })
    const result = await world.rollback('3')
    expect([result.outcome, await live(), await volume()]).toEqual(['changed', 'a', 'cart-db-2'])
    expect(result.told.join('\n')).toMatch(/whether its Secrets still exist could not be found out: .*forbidden/)
  })

  test('an object of a fixed name holds again what the good revision had', async () => {
    const fixed = (kept: string) => ({ 'cart-env': { kind: 'ConfigMap' as const, name: 'cart-env', checksum: kept, kept } })
    const sync = async (name: string, value: string, checksum: string): Promise<void> => {
      await world.client.apply(synced('ConfigMap', name, value, checksum), { manager: 'slipway-config' })
    }
    await sync('cart-env-1', 'old', 'cart-env-1')
    await sync('cart-env', 'old', 'cart-env-1')
    await world.release('1', [{ ...service('cart', 'a'), configuration: fixed('cart-env-1') }])
    await sync('cart-env-2', 'new', 'cart-env-2')
    await sync('cart-env', 'new', 'cart-env-2')
    await world.release('2', [{ ...service('cart', 'b'), configuration: fixed('cart-env-2') }])
    await world.rollback('3')
    const restored = await world.client.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging', name: 'cart-env' })
    expect(textAt(restored, 'data', 'value')).toBe('old')
  })

  test('a deploy whose object of a fixed name was written by another since its sync is overtaken', async () => {
    await world.client.apply(synced('ConfigMap', 'cart-env', 'other', 'another'), { manager: 'slipway-config' })
    const configuration = { 'cart-env': { kind: 'ConfigMap' as const, name: 'cart-env', checksum: 'ours', kept: 'cart-env-1' } }
    const result = await world.release('1', [{ ...service('cart', 'a'), configuration }])
    expect(result.services[0]).toMatchObject({ status: 'superseded', failure: { why: expect.stringContaining('cart-env does not hold any more') } })
  })

  test('a revision of which the configuration is gone is passed over, by name', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [{ ...service('cart', 'b'), configuration: { 'cart-env': { kind: 'ConfigMap', name: 'cart-env-9', checksum: 'x' } } }])
    await world.release('3', [service('cart', 'c')])
    const result = await world.rollback('4')
    expect(result.told.join('\n')).toContain('revision 2 is passed over: its ConfigMap cart-env-9 (cart-env) is gone')
    expect(await live()).toBe('a')
  })
})

test('an image that is gone from the registry is passed over; to go there explicitly fails with the candidates', async () => {
  await world.release('1', [service('cart', 'a')])
  await world.release('2', [service('cart', 'b')])
  await expect(world.rollback('3', { to: { sequence: 1 } }, { has: false })).rejects.toThrow(/cannot go back to revision 1.*gone from the registry/)
})
