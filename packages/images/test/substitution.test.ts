import { expect, test } from '@jest/globals'
import { substituted } from '../src/substitution.ts'

const scope = new Map([['BASE', 'node'], ['TAG', '22'], ['EMPTY', '']])

test.each([
  ['plain', 'plain'],
  ['$BASE:$TAG', 'node:22'],
  ['${BASE}:${TAG}-slim', 'node:22-slim'],
  ['${MISSING:-alpine}', 'alpine'],
  ['${EMPTY:-alpine}', 'alpine'],
  ['${EMPTY-alpine}', ''],
  ['${MISSING:-${BASE}:$TAG}', 'node:22'],
  ['${TAG:+with}', 'with'],
  ['${EMPTY:+with}', ''],
  ['"${BASE}"', 'node'],
  ["'${BASE}'", '${BASE}'],
  ['\\$BASE', '$BASE'],
  ['$MISSING', ''],
])('%s becomes %s', (word, value) => {
  expect(substituted(word, scope, '\\')).toBe(value)
})

test.each(['${TAG#2}', '${TAG/2/3}', '${MISSING:?must be set}', '${', '${BASE', '"open', '$(x)'])('%s is left to the builder', (word) => {
  expect(substituted(word, scope, '\\')).toBeUndefined()
})
