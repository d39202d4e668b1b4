import { expect, test } from '@jest/globals'
import type { JsonObject } from '@slipway/release'
import { labelSelectorOf } from '../src/label-selector.ts'

const selecting = (selector: JsonObject): string | undefined => labelSelectorOf({ spec: { selector } })

test('labels and every kind of expression select together', () => {
  expect(
    selecting({
      matchLabels: { app: 'web', tier: 'front' },
      matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }, { key: 'track', operator: 'NotIn', values: ['canary'] }, { key: 'owner', operator: 'Exists' }, { key: 'old', operator: 'DoesNotExist' }],
    }),
  ).toBe('app=web,tier=front,zone in (a,b),track notin (canary),owner,!old')
})

test('what cannot be said whole is not said in part', () => {
  expect([selecting({ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'size', operator: 'Gt', values: ['3'] }] }), selecting({}), labelSelectorOf(undefined)]).toEqual([undefined, undefined, undefined])
})
