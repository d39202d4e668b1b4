import { expect, test } from '@jest/globals'
import type { JsonObject } from '@slipway/release'
import { listAt } from '@slipway/rollout'
import { grouped } from '../src/grouped.ts'

const keysOf = (object: JsonObject): readonly string[] => listAt(object, 'keys').filter((key) => typeof key === 'string')
const one = (uid: string, ...keys: readonly string[]): JsonObject => ({ metadata: { uid }, keys })

test('objects are found by each of their keys, and follow what comes, moves and goes', () => {
  const [a, b] = [one('a', 'x', 'y'), one('b', 'x')]
  const objects = new Map([['a', a], ['b', b]])
  const groups = grouped(objects, keysOf)
  expect([groups.of('x'), groups.of('y'), groups.of('z')]).toEqual([[a, b], [a], []])

  const moved = one('a', 'z')
  objects.set('a', moved)
  groups.note([a, moved])
  expect([groups.of('x'), groups.of('y'), groups.of('z')]).toEqual([[b], [], [moved]])

  objects.delete('b')
  const c = one('c', 'x')
  objects.set('c', c)
  groups.note([b, c])
  expect([groups.of('x'), groups.of('y'), groups.of('z')]).toEqual([[c], [], [moved]])
})

test('a state that was told late is not taken for the present one', () => {
  const [first, second] = [one('a', 'x'), one('a', 'y')]
  const objects = new Map([['a', second]])
  const groups = grouped(objects, keysOf)
  groups.note([first])
  expect([groups.of('x'), groups.of('y')]).toEqual([[], [second]])
})
