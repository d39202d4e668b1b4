import { expect, test } from '@jest/globals'
import type { TargetResult } from '@slipway/delivery'
import { encodeResult } from '@slipway/release'
import * as v from 'valibot'
import { resultOf, resultSchema } from '../src/result-schema.ts'

const base = { service: 'cart', sequence: 4, seconds: 14.2, wrote: true }
const failure = { code: 'container-crashed', what: 'cart did not become healthy in us', why: 'it ended 3 times', next: 'mend it' } as const
const targets: readonly TargetResult[] = [
  { target: 'eu', services: [{ ...base, status: 'healthy' }] },
  { target: 'us', services: [{ ...base, status: 'rolled-back', restored: { sequence: 5, from: 3 }, failure }] },
]

test('says of each target and service what became of it, as the schema has it', () => {
  const own = resultOf({ outcome: 'partial', targets, wanted: new Map() }, '1.4.0')
  const document: unknown = JSON.parse(encodeResult('k8s-rollout', 'partial', [failure], own))
  expect(v.parse(resultSchema, document)).toMatchObject({
    release: '1.4.0',
    targets: {
      eu: { cart: { sequence: 4, status: 'healthy', seconds: 14.2, images: {} } },
      us: { cart: { sequence: 4, status: 'rolled-back', seconds: 14.2, images: {}, restored: { sequence: 5, from: 3 }, failure: 'container-crashed' } },
    },
  })
})

test('says whose the objects are that were taken over, by fields without values', () => {
  const adoption = [{ object: 'Deployment cart', owners: [{ manager: 'helm', operation: 'Update', fields: 12 }], changes: ['.spec.replicas'], goes: [] }]
  const own = resultOf({ outcome: 'planned', targets: [{ target: 'eu', services: [{ ...base, status: 'planned', adoption }] }], wanted: new Map() }, undefined)
  const document: unknown = JSON.parse(encodeResult('k8s-rollout', 'planned', [], own))
  expect(v.parse(resultSchema, document)).toMatchObject({ targets: { eu: { cart: { adoption } } } })
})
