import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { canonicalJson, isJson, sameJson, type Json } from '../src/index.ts'

const anyJson: fc.Arbitrary<Json> = fc.json({ maxDepth: 4 }).map((text) => {
  const parsed: unknown = JSON.parse(text)
  return isJson(parsed) ? parsed : null
})

/** The same value with the members of every object in the opposite order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, member]) => [key, turned(member)]))
}

test('two values are the same exactly where their canonical texts are', () => {
  fc.assert(fc.property(anyJson, anyJson, (a, b) => sameJson(a, b) === (canonicalJson(a) === canonicalJson(b))))
})

test('the order of members makes no difference', () => {
  fc.assert(fc.property(anyJson, (value) => sameJson(value, turned(value)) && canonicalJson(value) === canonicalJson(turned(value))))
})

test.each<[Json, Json]>([
  [{ a: 1 }, { a: 1, b: null }],
  [{ a: 1, b: null }, { a: 1, c: null }],
  [[1], [1, null]],
  [[], {}],
  [{ 0: 'a' }, ['a']],
  [null, {}],
  ['1', 1],
])('%j is not %j', (a, b) => {
  expect([sameJson(a, b), sameJson(b, a)]).toEqual([false, false])
})
