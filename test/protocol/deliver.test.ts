import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { withAt } from '@slipway/rollout'
import { systemClock } from '@slipway/wire'
import { gated, withoutRights } from './disturbed.ts'
import { makeWorld, service, type Around, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

test('a first deploy is recorded, written, seen healthy and unlocked; the same again writes nothing', async () => {
  const first = await world.release('1', [service('cart', 'a'), service('web', 'a')])
  expect([first.outcome, first.services.map((one) => `${one.service} ${one.status} ${one.sequence}`)]).toEqual(['changed', ['cart healthy 1', 'web healthy 1']])
  expect(first.told.some((line) => /^\[cart\] cart-[a-z0-9-]+ {2}running, ready$/.test(line))).toBe(true)
  const records = world.server.objects('ConfigMap', 'slipway')
  expect(records.map((record) => [record.metadata.name, record.metadata.labels?.['slipway.dev/verdict']])).toEqual([
    ['staging.cart.v1', 'healthy'],
    ['staging.web.v1', 'healthy'],
  ])
  const before = world.ledger.exchanges.length
  const second = await world.release('2', [service('cart', 'a'), service('web', 'a')])
  expect([second.outcome, world.writes(before)]).toEqual(['unchanged', []])
})

test('what stays as it is asks for no image and no right and tries no write; what was changed by hand does all three before it is put right', async () => {
  await world.release('1', [service('cart', 'a')])
  const checks = (since: number): string[] => [...new Set(world.ledger.exchanges.slice(since).flatMap(({ operation, write }) => (!write && /^PATCH|^POST/.test(operation) ? [operation] : [])))].sort()
  const before = world.ledger.exchanges.length
  expect([(await world.release('1', [service('cart', 'a')], {}, { has: false })).outcome, checks(before)]).toEqual(['unchanged', []])
  const live = await world.client.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging', name: 'cart' })
  await world.client.replace(withAt(live ?? {}, ['metadata', 'annotations', 'slipway.dev/repository'], () => undefined))
  const since = world.ledger.exchanges.length
  await expect(world.release('1', [service('cart', 'a')], {}, { has: false })).rejects.toThrow(/image-missing/)
  expect(checks(since)).toEqual(['PATCH deployments', 'POST selfsubjectaccessreviews'])
})

test('what stays as it is and gets another name asks for the rights before its record is written', async () => {
  await world.release('1', [service('cart', 'a')])
  const since = world.ledger.exchanges.length
  expect((await world.release('2', [service('cart', 'a')], { version: '2.0.0' })).outcome).toBe('unchanged')
  expect([...new Set(world.ledger.exchanges.slice(since).flatMap(({ operation }) => (/^(?:POST|PATCH)/.test(operation) ? [operation] : [])))]).toEqual(['POST selfsubjectaccessreviews', 'PATCH configmaps'])
})

test('a changed service is rolled out alone, by one write of its workload', async () => {
  await world.release('1', [service('cart', 'a'), service('web', 'a')])
  const before = world.ledger.exchanges.length
  const second = await world.release('2', [service('cart', 'b'), service('web', 'a')])
  expect(second.services.map((one) => `${one.service} ${one.status} ${one.sequence}`).sort()).toEqual(['cart healthy 2', 'web unchanged 1'])
  expect(world.writes(before).toSorted()).toEqual(['PATCH configmaps', 'PATCH deployments', 'POST configmaps', 'PUT leases', 'PUT leases'])
  expect(second.services.find((one) => one.service === 'cart')?.replaced).toMatchObject({ sequence: 1, source: { actor: 'alice' } })
})

test('what supports a service and needs no write is read again behind the lock only where the workload has changed meanwhile, or time has passed', async () => {
  await world.release('1', [service('cart', 'a')])
  const reads = async (run: string, image: string, around: Around = {}): Promise<number> => {
    const before = world.ledger.exchanges.length
    expect((await world.release(run, [service('cart', image)], {}, around)).outcome).toBe('changed')
    return world.ledger.exchanges.slice(before).filter(({ operation }) => operation === 'GET services').length
  }
  expect(await reads('2', 'b')).toBe(1)
  const atLock = /^GET .*\/leases\//
  const touched = gated(world.http, atLock)
  const afterTouch = reads('3', 'c', { http: touched.http })
  await touched.reached
  await world.client.mergeMetadata({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging', name: 'cart' }, { annotations: { note: 'by hand' } })
  touched.open()
  expect(await afterTouch).toBe(2)
  let passedMs = 0
  const late = gated(world.http, atLock)
  const afterWait = reads('4', 'd', { http: late.http, clock: { ...systemClock, monotonic: () => systemClock.monotonic() + passedMs } })
  await late.reached
  passedMs = 5000
  late.open()
  expect(await afterWait).toBe(2)
})

test('a field that somebody has taken by hand is never forced back: its owner is named', async () => {
  await world.release('1', [service('cart', 'a')])
  const live = await world.client.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging', name: 'cart' })
  await world.client.replace(withAt(live ?? {}, ['spec', 'replicas'], () => 5))
  await expect(world.release('2', [service('cart', 'a')])).rejects.toThrow(/\.spec\.replicas to \S+.*ownership-conflict/)
})

test('two runs at once on one service take turns, and the second plans again', async () => {
  const both = await Promise.all([world.release('1', [service('cart', 'a')]), world.release('2', [service('cart', 'a')])])
  expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['changed', 'unchanged'])
  expect(both.flatMap(({ told }) => told).some((line) => /waiting for the lock: https:\/\/github\.example\/runs\/\d holds it/.test(line))).toBe(true)
})

test('every problem of every service is told before anything is written', async () => {
  world.server.put({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart', namespace: 'staging' }, spec: { ports: [{ port: 80 }] } })
  const before = world.ledger.exchanges.length
  const refused = world.release('1', [service('cart', 'a'), service('web', 'a', { replica: 3 })], {}, { has: false })
  const failure: unknown = await refused.catch((error: unknown) => error)
  expect(failure).toMatchObject({
    failures: expect.arrayContaining([
      expect.objectContaining({ code: 'ownership-conflict', what: expect.stringContaining('Service cart') }),
      expect.objectContaining({ code: 'cluster-refused', what: expect.stringContaining('Deployment web') }),
      expect.objectContaining({ code: 'image-missing', what: expect.stringContaining('shop/cart') }),
    ]),
  })
  expect(world.writes(before)).toEqual([])
})

test('a kind that the server does not know hides no namespace that is missing', async () => {
  world.server.remove('Namespace', undefined, 'slipway')
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'cart' } }
  const failure: unknown = await world.release('1', [service('cart', 'a', {}, [widget])]).catch((error: unknown) => error)
  expect(failure).toMatchObject({ failures: expect.arrayContaining(['record-namespace-missing', 'cluster-refused'].map((code) => expect.objectContaining({ code }))) })
})

test('a plan of what stays as it is asks for the rights all the same', async () => {
  await world.release('1', [service('cart', 'a')])
  const planned = world.release('2', [service('cart', 'a')], { until: 'plan' }, { http: withoutRights(world.http) })
  await expect(planned).rejects.toThrow(/the role may not patch deployments in staging.*access-denied/)
})

test('a plan writes nothing', async () => {
  const before = world.ledger.exchanges.length
  expect((await world.release('1', [service('cart', 'a')], { until: 'plan' })).outcome).toBe('planned')
  expect(world.writes(before)).toEqual([])
})

test('a rollout that passes its deadline is recorded as failed, and says what to look at', async () => {
  world.server.script(() => ({ readyAfterMs: Infinity }))
  const result = await world.release('1', [service('cart', 'a', { progressDeadlineSeconds: 20 })])
  expect(result.outcome).toBe('broken')
  expect(result.services[0]?.failure).toMatchObject({ code: 'rollout-deadline', why: expect.stringContaining('no earlier revision') })
  expect(world.server.objects('ConfigMap', 'slipway').map((record) => record.metadata.labels?.['slipway.dev/verdict'])).toEqual(['failed'])
})
