import type { Outcome } from '@slipway/release'
import type { Result } from './run.ts'

/** The action's outcome: what k8s-rollout ends red with is what is wanted here. */
export function outcomeOf(result: Result): Outcome {
  switch (result.kind) {
    case 'listed':
      return 'unchanged'
    case 'unblocked':
      return result.isWritten ? (result.lifted.length === 0 ? 'unchanged' : 'changed') : 'planned'
    case 'undone':
      return result.undone.outcome === 'changed' ? 'rolled-back' : result.undone.outcome
  }
}
