import { expect, test } from '@jest/globals'
import { outcomeOf, type ServiceResult } from '../src/index.ts'

type Told = `${ServiceResult['status']}${'' | ' unwritten'}`

test.each<{ readonly services: readonly Told[]; readonly outcome: ReturnType<typeof outcomeOf> }>([
  { services: ['healthy', 'healthy'], outcome: 'changed' },
  { services: ['healthy', 'unchanged'], outcome: 'changed' },
  { services: ['unchanged', 'unchanged'], outcome: 'unchanged' },
  { services: [], outcome: 'unchanged' },
  { services: ['healthy', 'rolled-back'], outcome: 'partial' },
  { services: ['healthy', 'failed'], outcome: 'partial' },
  { services: ['healthy', 'superseded'], outcome: 'partial' },
  { services: ['healthy', 'refused'], outcome: 'partial' },
  { services: ['healthy', 'not-started'], outcome: 'partial' },
  { services: ['rolled-back', 'not-started'], outcome: 'rolled-back' },
  { services: ['rolled-back', 'rolled-back'], outcome: 'rolled-back' },
  { services: ['rolled-back', 'unchanged'], outcome: 'rolled-back' },
  { services: ['rolled-back', 'failed'], outcome: 'broken' },
  { services: ['failed', 'not-started'], outcome: 'broken' },
  { services: ['superseded', 'superseded'], outcome: 'superseded' },
  { services: ['superseded', 'not-started'], outcome: 'superseded' },
  { services: ['cancelled', 'not-started'], outcome: 'broken' },
  { services: ['cancelled unwritten', 'not-started'], outcome: 'refused' },
  { services: ['refused', 'not-started'], outcome: 'refused' },
  { services: ['unchanged', 'not-started'], outcome: 'refused' },
])('$services, in one target or several, is $outcome', ({ services, outcome }) => {
  expect(outcomeOf(services.map(resultOf))).toBe(outcome)
})

function resultOf(told: Told): ServiceResult {
  const wrote = !told.endsWith(' unwritten')
  const statuses = ['healthy', 'unchanged', 'rolled-back', 'failed', 'superseded', 'refused', 'cancelled', 'not-started'] as const
  const status = statuses.find((one) => told.startsWith(one)) ?? 'planned'
  return { service: 'cart', sequence: 1, status, seconds: 0, wrote }
}
