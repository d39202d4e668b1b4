import { expect, test } from '@jest/globals'
import type { ServiceResult, TargetResult } from '@slipway/delivery'
import { whatWhere } from '../src/what-where.ts'

function target(name: string, services: Readonly<Record<string, ServiceResult['status']>>): TargetResult {
  return { target: name, services: Object.entries(services).map(([service, status]) => ({ service, status, sequence: 1, seconds: 0, wrote: true })) }
}

test.each([
  { targets: [target('eu', { cart: 'healthy' }), target('us', { cart: 'rolled-back' })], told: ['healthy in eu', 'rolled back in us'] },
  { targets: [target('eu', { cart: 'rolled-back' }), target('us', { cart: 'not-started' }), target('ap', { cart: 'not-started' })], told: ['rolled back in eu', 'not started in us and ap'] },
  { targets: [target('eu', { cart: 'healthy', web: 'unchanged' }), target('us', { cart: 'unchanged', web: 'unchanged' })], told: ['healthy in eu', 'unchanged in us'] },
  { targets: [target('eu', { cart: 'healthy', web: 'failed' }), target('us', { cart: 'healthy', web: 'healthy' })], told: ['healthy in eu/cart and us', 'failed in eu/web'] },
])('$told', ({ targets, told }) => {
  expect(whatWhere(targets)).toEqual(told)
})
