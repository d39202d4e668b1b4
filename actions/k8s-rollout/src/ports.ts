import type { Narrator, TargetPorts } from '@slipway/delivery'
import type { Clock } from '@slipway/wire'

/** The target, signed in to. */
export interface OpenTarget {
  readonly ports: TargetPorts
  close(): Promise<void>
}

/** Everything that the story reaches outside itself, but for the files of the checkout. */
export interface Ports {
  /** @throws Failed where the role, the account or the cluster is not to be had. */
  open(): Promise<OpenTarget>
  /** Says that something was written, or may have been. */
  wrote(): void
  readonly clock: Clock
  /** Ends when the run is told to stop. */
  readonly work: AbortSignal
  readonly narrator: Narrator
}
