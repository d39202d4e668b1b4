import type { Outcome } from '@slipway/release'
import type { Result } from './run.ts'

/** The action's outcome: what k8s-rollout ends red with is what is wanted here. */
export function outcomeOf(result: Result): Outcome {
  switch (result.kind) {
    case 'listed':
      return result.listed.failures.size > 0 ? 'partial' : 'unchanged'
    case 'unblocked': {
      const { targets, failures } = result.unbarred
      if (failures.size > 0) return 'partial'
      return result.isWritten ? ([...targets.values()].flat().length === 0 ? 'unchanged' : 'changed') : 'planned'
    }
    case 'undone':
      return asRollback(result.undone.outcome)
  }
}

/** What became of one target, in the words of the action's outcome. */
export function asRollback(outcome: Outcome): Outcome {
  return outcome === 'changed' ? 'rolled-back' : outcome
}
