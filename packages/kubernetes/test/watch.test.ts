import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { JsonObject } from '@slipway/release'
import { textAt } from '@slipway/rollout'
import { systemClock } from '@slipway/wire'
import { watch, type Watched } from '../src/index.ts'
import { makeBed, type Bed } from './bed.ts'
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts'

let bed: Bed
let proxy: CuttingProxy
let stop: AbortController
async function makeLine(speed: number): Promise<void> {
  bed = await makeBed(speed)
  proxy = await startCuttingProxy(bed.server.url)
  stop = new AbortController()
}
async function closeLine(): Promise<void> {
  stop.abort()
  await proxy.close()
  await bed.close()
}
beforeEach(() => makeLine(1))
afterEach(closeLine)

const object = (name: string, value: string): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'staging' }, data: { value } })

interface Watching {
  readonly seen: Watched
  /** What was seen after each change that was told. */
  readonly told: readonly string[]
  /** The states that came and went with each. */
  readonly states: readonly string[]
  /** The pauses between streams, in milliseconds. */
  readonly pauses: readonly number[]
  readonly until: (expected: string) => Promise<void>
}

/** Watches through the proxy; what is seen reads `a=1 b=1`. */
async function watching(onPause: (count: number) => void = () => undefined): Promise<Watching> {
  let changed = Promise.withResolvers<undefined>()
  const told: string[] = []
  const states: string[] = []
  const pauses: number[] = []
  const wait = async (ms: number): Promise<void> => {
    onPause(pauses.push(ms))
    await new Promise(setImmediate)
  }
  const written = (item: JsonObject): string => `${textAt(item, 'metadata', 'name') ?? ''}=${textAt(item, 'data', 'value') ?? ''}`
  const shown = (objects: Watched['objects']): string => [...objects.values()].map(written).sort().join(' ')
  const selection = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging' }
  const seen = await watch(bed.client({ endpoint: proxy.url }), selection, {
    clock: { ...systemClock, monotonic: () => 0, wait },
    random: () => 0,
    signal: stop.signal,
    onChange: (came) => {
      told.push(shown(seen.objects))
      states.push(came.map(written).join(' '))
      changed.resolve(undefined)
      changed = Promise.withResolvers()
    },
  })
  const until = async (expected: string): Promise<void> => {
    while (shown(seen.objects) !== expected) await changed.promise
  }
  return { seen, told, states, pauses, until }
}

function opened(): Promise<void> {
  return new Promise((resolve) => {
    proxy.onOpened = resolve
  })
}

test('what was there, what changes and what goes is seen, each told once', async () => {
  bed.server.put(object('a', '1'))
  const { until, seen, told, states } = await watching()
  await until('a=1')
  bed.server.put(object('b', '1'))
  bed.server.put(object('a', '2'))
  await until('a=2 b=1')
  bed.server.remove('ConfigMap', 'staging', 'a')
  await until('b=1')
  expect(told).toEqual(['a=1 b=1', 'a=2 b=1', 'b=1'])
  expect(states).toEqual(['b=1', 'a=1 a=2', 'a=2'])
  stop.abort()
  await seen.ended
})

test('a broken stream is opened again after the last event that it told, and none is told twice', async () => {
  const { until, told } = await watching()
  bed.server.put(object('a', '1'))
  const last = bed.server.put(object('b', '1')).metadata.resourceVersion
  await until('a=1 b=1')
  const again = opened()
  proxy.cut()
  await again
  bed.server.remove('ConfigMap', 'staging', 'a')
  await until('b=1')
  expect(proxy.openedFrom.slice(1)).toEqual([last])
  expect(told).toEqual(['a=1', 'a=1 b=1', 'b=1'])
})

test('a stream that ended goes on from its bookmark, although nothing happened in it', async () => {
  await closeLine()
  await makeLine(2_000)
  const { told, pauses } = await watching()
  const other = bed.server.put({ ...object('x', '1'), metadata: { name: 'x', namespace: 'slipway' } }).metadata.resourceVersion
  while (proxy.openedFrom.at(-1) !== other) await opened()
  expect(told).toEqual([])
  expect(pauses[0]).toBe(100)
})

test.each(['event', 'http'] as const)('a forgotten history, told as %s, is listed again, also what went meanwhile', async (gone) => {
  bed.server.put(object('a', '1'))
  const { until, told, states } = await watching()
  bed.server.put(object('b', '1'))
  await until('a=1 b=1')
  bed.server.compactWatches(gone)
  bed.server.remove('ConfigMap', 'staging', 'a')
  await until('b=1')
  bed.server.put(object('b', '2'))
  await until('b=2')
  expect(told).toEqual(['a=1 b=1', 'b=1', 'b=2'])
  expect(states).toEqual(['b=1', 'a=1', 'b=1 b=2'])
})

test('a list that shows nothing new is not told', async () => {
  bed.server.put(object('a', '1'))
  const { told } = await watching()
  for (const gone of ['event', 'http'] as const) {
    const reopened = proxy.openedFrom.length + 2
    bed.server.compactWatches(gone)
    while (proxy.openedFrom.length < reopened) await opened()
  }
  expect(told).toEqual([])
})

test('streams that end at once are opened again after growing pauses, until an event comes', async () => {
  proxy.isBarren = true
  const enough = Promise.withResolvers<undefined>()
  const { until, pauses } = await watching((count) => {
    if (count === 8) proxy.isBarren = false
    if (count === 10) enough.resolve(undefined)
  })
  bed.server.put(object('a', '1'))
  await until('a=1')
  expect(pauses).toEqual([100, 200, 400, 800, 1_600, 3_200, 4_000, 4_000])
  proxy.isBarren = true
  proxy.cut()
  await enough.promise
  expect(pauses.slice(8)).toEqual([100, 200])
})

test('a watch that the server refuses for a while goes on afterwards', async () => {
  bed.ledger.script({ server: 'kubernetes:test', operation: /^WATCH configmaps/, times: 3, effect: 'reset' })
  const { until } = await watching()
  bed.server.put(object('a', '1'))
  await until('a=1')
})

test('a watch that the server refuses for good ends with its words', async () => {
  bed.server.deny({ verb: 'watch', resource: 'configmaps' })
  const { seen } = await watching()
  await expect(seen.ended).rejects.toMatchObject({ status: 403 })
})
