import type { Outcome, SyncedObject, TargetName } from '@slipway/release'
import type { Failure } from '@slipway/report'
import type { Difference } from './difference.ts'

/** What became of one object. */
export interface ObjectResult extends SyncedObject {
  readonly declaredName: string
  readonly did: 'unchanged' | 'would-create' | 'created' | 'would-relabel' | 'relabelled' | 'failed'
  readonly difference?: Difference
}

export interface TargetResult {
  readonly target: TargetName
  readonly objects: readonly ObjectResult[]
}

/** What became of a run. */
export interface SyncResult {
  readonly outcome: Outcome
  readonly targets: readonly TargetResult[]
  readonly failures: readonly Failure[]
}
