import type { Narrator, TargetPorts } from '@slipway/delivery'
import type { Clock } from '@slipway/wire'
import type { TargetSettings } from './settings.ts'

/** A target, signed in to. */
export interface OpenTarget {
  readonly ports: TargetPorts
  close(): Promise<void>
}

/** Everything that the story reaches outside itself. */
export interface Ports {
  /** @throws Failed where the role, the account or the cluster is not to be had. */
  open(target: TargetSettings): Promise<OpenTarget>
  readonly clock: Clock
  /** Told of each write: a run that ends by an error behind one is not `refused`. */
  wrote(): void
  /** Ends when the run is told to stop. */
  readonly work: AbortSignal
  readonly narrator: Narrator
}
