import type { Failure } from '@slipway/report'
import type { Outcome, RolledService, Source } from '@slipway/release'
import type { Clock } from '@slipway/wire'
import type { Patience } from './follow.ts'
import type { Narrator, TargetPorts } from './ports.ts'
import type { WantedService } from './prepare.ts'

/** A release of several services to one target. */
export interface Delivery {
  /** Unique among all runs; names the release in records and on workloads. */
  readonly release: string
  readonly target: { readonly name: string; readonly namespace: string; readonly recordNamespace: string }
  readonly services: readonly WantedService[]
  readonly version?: string
  readonly source: Source
  readonly patience: Patience
  /** `preflight` and `dryRun` end after the checks. */
  readonly until: 'preflight' | 'plan' | 'deployed'
}

/** What became of one service. */
export interface ServiceResult extends RolledService {
  readonly service: string
  /** The record that was the newest one before, for the sentence on whose work was replaced. */
  readonly replaced?: { readonly sequence: number; readonly source: Source }
  readonly failure?: Failure
}

export interface DeliveryResult {
  readonly outcome: Outcome
  readonly services: readonly ServiceResult[]
}

/** The edges of a delivery: everything outside goes through these. */
export interface Surroundings {
  readonly ports: TargetPorts
  readonly clock: Clock
  /** Ends when the run is told to stop. */
  readonly work: AbortSignal
  readonly narrator: Narrator
}
