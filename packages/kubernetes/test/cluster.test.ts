import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isJson, type JsonObject } from '@slipway/release'
import { at, textAt } from '@slipway/rollout'
import { ApiError, type ObjectRef } from '../src/index.ts'
import { makeBed, type Bed } from './bed.ts'

let bed: Bed
beforeAll(async () => {
  bed = await makeBed()
})
afterAll(() => bed.close())

const configMap = (name: string, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'staging' },
  data: { a: '1' },
  ...more,
})
const ref = (name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging', name })
const refusal = async (request: Promise<unknown>): Promise<ApiError> => {
  try {
    await request
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('it was not refused')
}

test('an object is applied, read, listed by its metadata and removed', async () => {
  const applied = await bed.cluster.apply(configMap('one'), { manager: 'slipway' })
  expect(textAt(await bed.cluster.get(ref('one')), 'data', 'a')).toBe('1')
  const { items } = await bed.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging' }, { metadataOnly: true })
  expect(items.map((item) => [textAt(item, 'metadata', 'name'), item['data']])).toContainEqual(['one', undefined])
  await bed.cluster.remove(ref('one'), { uid: textAt(applied, 'metadata', 'uid') ?? '' })
  expect(await bed.cluster.get(ref('one'))).toBeUndefined()
})

test('a creation is tried without being made', async () => {
  await bed.cluster.create(configMap('tried'), { dryRun: true })
  expect(await bed.cluster.get(ref('tried'))).toBeUndefined()
  expect((await refusal(bed.cluster.create(configMap('tried', { data: { 'a b': 'x' } }), { dryRun: true }))).status).toBe(422)
})

test('a dry run changes nothing and counts as no write', async () => {
  const before = bed.ledger.exchanges.length
  await bed.cluster.apply(configMap('dry'), { manager: 'slipway', dryRun: true })
  expect(await bed.cluster.get(ref('dry'))).toBeUndefined()
  expect(bed.ledger.counted(before)['kubernetes:test']?.writes).toBe(0)
})

test('an apply that is fenced by an old version is stale, one on a field of another manager is owned', async () => {
  const first = await bed.cluster.apply(configMap('two'), { manager: 'slipway' })
  await bed.cluster.apply(configMap('two', { data: { a: '2' } }), { manager: 'slipway' })
  const old = configMap('two', { metadata: { name: 'two', namespace: 'staging', resourceVersion: textAt(first, 'metadata', 'resourceVersion') ?? '' } })
  const stale = await refusal(bed.cluster.apply(old, { manager: 'slipway' }))
  expect([stale.isStale, stale.isOwned]).toEqual([true, false])
  const owned = await refusal(bed.cluster.apply(configMap('two', { data: { a: '3' } }), { manager: 'other' }))
  expect([owned.isStale, owned.isOwned]).toEqual([false, true])
  expect(owned.owners).toEqual([{ manager: 'slipway', field: '.data.a' }])
})

test('a 500 that says that a field is unknown is not tried again', async () => {
  const before = bed.ledger.exchanges.length
  const error = await refusal(bed.cluster.apply(configMap('three', { dato: { a: '1' } }), { manager: 'slipway' }))
  expect([error.isUntypable, error.isPassing]).toEqual([true, false])
  expect(bed.ledger.exchanges.slice(before).filter(({ operation }) => operation.startsWith('PATCH'))).toHaveLength(1)
})

test('a kind that the server does not know is told in words', async () => {
  await expect(bed.cluster.get({ apiVersion: 'acme.io/v1', kind: 'Widget', namespace: 'staging', name: 'x' })).rejects.toThrow(
    /does not know the kind Widget of acme\.io\/v1/,
  )
})

test('too many requests are waited for as the server asks, and a reset is tried again', async () => {
  bed.ledger.script({ server: 'kubernetes:test', operation: /^GET configmaps/, times: 2, effect: { status: 429, headers: { 'retry-after': '0' } } })
  expect(await bed.cluster.get(ref('none'))).toBeUndefined()
  bed.ledger.script({ server: 'kubernetes:test', operation: /^PATCH configmaps/, effect: 'reset-after-handling' })
  expect(textAt(await bed.cluster.apply(configMap('four'), { manager: 'slipway' }), 'metadata', 'name')).toBe('four')
})

test('rights are asked for one by one', async () => {
  const take = bed.server.deny({ verb: 'patch', resource: 'deployments' })
  const right = (verb: string) => ({ verb, group: 'apps', resource: 'deployments', namespace: 'staging' })
  expect(await bed.cluster.canI([right('get'), right('patch')])).toEqual([true, false])
  take()
})

test('an object that is gone already is removed without complaint, one that was made anew is left alone', async () => {
  const applied = await bed.cluster.apply(configMap('five'), { manager: 'slipway' })
  const uid = textAt(applied, 'metadata', 'uid') ?? ''
  bed.ledger.script({ server: 'kubernetes:test', operation: /^DELETE configmaps/, effect: 'reset-after-handling' })
  await bed.cluster.remove(ref('five'), { uid })
  await bed.cluster.apply(configMap('five'), { manager: 'slipway' })
  expect((await refusal(bed.cluster.remove(ref('five'), { uid }))).status).toBe(409)
})

test('the last lines of a container are read as text', async () => {
  bed.server.script(() => ({ log: ['one', 'two', 'three'] }))
  bed.server.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'cart', namespace: 'staging' }, spec: { containers: [{ name: 'app', image: 'acme/cart:1' }] } })
  await bed.server.until(() => bed.server.objects('Pod', 'staging').some(({ status }) => isJson(status) && at(status, 'phase') === 'Running'))
  expect(await bed.cluster.logs('staging', 'cart', { container: 'app', tailLines: 2 })).toBe('two\nthree\n')
})
