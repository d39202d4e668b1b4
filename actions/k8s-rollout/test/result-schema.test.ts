import { expect, test } from '@jest/globals'
import type { ServiceResult } from '@slipway/delivery'
import { encodeResult } from '@slipway/release'
import * as v from 'valibot'
import { resultOf, resultSchema } from '../src/result-schema.ts'
import type { Told } from '../src/summary.ts'

const base = { service: 'cart', sequence: 4, seconds: 14.2, wrote: true }
const failure = { code: 'container-crashed', what: 'cart did not become healthy in us', why: 'it ended 3 times', next: 'mend it' } as const

function told(eu: ServiceResult, us: ServiceResult): Pick<Told, 'result' | 'settings'> {
  const wanted = new Map([['us', [{ service: 'cart', workload: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart', object: {} }, supporting: [], images: {}, configuration: {} }]]])
  return {
    result: { outcome: 'partial', targets: [{ target: 'eu', services: [eu] }, { target: 'us', services: [us] }], wanted },
    settings: { targets: [], waves: [], version: '1.4.0', patience: { soakMs: 0 }, lockPatienceMs: 0, onFailure: 'rollback', until: 'deployed' },
  }
}

test('says of each target and service what became of it, as the schema has it', () => {
  const own = resultOf(told({ ...base, status: 'healthy' }, { ...base, status: 'rolled-back', restored: { sequence: 5, from: 3 }, failure }))
  const document: unknown = JSON.parse(encodeResult('k8s-rollout', 'partial', [failure], own))
  expect(v.parse(resultSchema, document).targets).toEqual({
    eu: { cart: { sequence: 4, version: '1.4.0', status: 'healthy', seconds: 14.2, images: {} } },
    us: { cart: { sequence: 4, version: '1.4.0', status: 'rolled-back', seconds: 14.2, images: {}, restored: { sequence: 5, from: 3 }, failure: 'container-crashed' } },
  })
})
