import { afterEach, beforeEach, test } from '@jest/globals'
import type { JsonObject } from '@slipway/release'
import { textAt } from '@slipway/rollout'
import { systemClock } from '@slipway/wire'
import { watch, type Watched } from '../src/index.ts'
import { makeBed, type Bed } from './bed.ts'

let bed: Bed
let stop: AbortController
beforeEach(async () => {
  bed = await makeBed()
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await bed.close()
})

const object = (name: string, value: string): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'staging' }, data: { value } })

async function watching(): Promise<{ seen: Watched; until: (expected: Record<string, string>) => Promise<void> }> {
  let changed = Promise.withResolvers<undefined>()
  const seen = await watch(bed.cluster, { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging' }, {
    clock: { ...systemClock, wait: () => Promise.resolve() },
    signal: stop.signal,
    onChange: () => {
      changed.resolve(undefined)
      changed = Promise.withResolvers()
    },
  })
  const until = async (expected: Record<string, string>): Promise<void> => {
    for (;;) {
      const shown = Object.fromEntries([...seen.objects.values()].map((item) => [textAt(item, 'metadata', 'name') ?? '', textAt(item, 'data', 'value') ?? '']))
      if (JSON.stringify(Object.entries(shown).sort()) === JSON.stringify(Object.entries(expected).sort())) return
      await changed.promise
    }
  }
  return { seen, until }
}

test('what was there, what changes and what goes is seen', async () => {
  bed.server.put(object('a', '1'))
  const { until, seen } = await watching()
  await until({ a: '1' })
  bed.server.put(object('b', '1'))
  bed.server.put(object('a', '2'))
  await until({ a: '2', b: '1' })
  bed.server.remove('ConfigMap', 'staging', 'a')
  await until({ b: '1' })
  stop.abort()
  await seen.ended
})

test('a forgotten history is listed again, also what went meanwhile', async () => {
  bed.server.put(object('a', '1'))
  const { until } = await watching()
  await until({ a: '1' })
  bed.server.put(object('b', '1'))
  bed.server.compactWatches()
  bed.server.remove('ConfigMap', 'staging', 'a')
  await until({ b: '1' })
})

test('a watch that the server refuses for a while goes on afterwards', async () => {
  bed.ledger.script({ server: 'kubernetes:test', operation: /^WATCH configmaps/, times: 3, effect: 'reset' })
  const { until } = await watching()
  bed.server.put(object('a', '1'))
  await until({ a: '1' })
})
