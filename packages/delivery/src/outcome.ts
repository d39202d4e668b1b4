import type { Outcome } from '@slipway/release'
import type { ServiceResult } from './delivery.ts'

/** The outcome of services that settle one by one, in one target or in several. */
export function outcomeOf(services: readonly ServiceResult[]): Outcome {
  const bad = services.flatMap((one) => badOutcome(one) ?? [])
  const changed = services.some(({ status }) => status === 'healthy')
  if (bad.length === 0) return changed ? 'changed' : 'unchanged'
  if (changed) return 'partial'
  return (['broken', 'rolled-back', 'superseded', 'refused'] as const).find((outcome) => bad.includes(outcome)) ?? 'broken'
}

function badOutcome({ status, wrote }: ServiceResult): 'broken' | 'rolled-back' | 'superseded' | 'refused' | undefined {
  switch (status) {
    case 'failed':
      return 'broken'
    case 'cancelled':
      return wrote ? 'broken' : 'refused'
    case 'not-started':
      return 'refused'
    case 'rolled-back':
    case 'superseded':
    case 'refused':
      return status
    case 'healthy':
    case 'unchanged':
    case 'planned':
      return undefined
  }
}

/** The outcome of a rollback over targets, of which each settles for itself. */
export function outcomeOfTargets(outcomes: readonly Outcome[]): Outcome {
  const isGood = (outcome: Outcome): boolean => outcome === 'changed' || outcome === 'unchanged' || outcome === 'planned'
  const good = outcomes.filter(isGood)
  const bad = outcomes.filter((outcome) => !isGood(outcome))
  if (bad.length === 0) return (['changed', 'planned'] as const).find((outcome) => good.includes(outcome)) ?? 'unchanged'
  if (good.length > 0) return 'partial'
  return (['partial', 'broken', 'rolled-back', 'superseded'] as const).find((outcome) => bad.includes(outcome)) ?? 'refused'
}
