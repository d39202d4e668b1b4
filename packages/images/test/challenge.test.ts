import { expect, test } from '@jest/globals'
import { challengeOf } from '../src/challenge.ts'

test.each([
  ['Basic realm="x"', { scheme: 'basic', parameters: { realm: 'x' } }],
  ['Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"', { scheme: 'bearer', parameters: { realm: 'https://auth.example/token', service: 'registry.example', scope: 'repository:a/b:pull,push' } }],
  ['Basic realm="x", Bearer realm="y"', { scheme: 'bearer', parameters: { realm: 'y' } }],
  ['Negotiate', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s', (header, challenge) => {
  expect(challengeOf(header)).toEqual(challenge)
})
