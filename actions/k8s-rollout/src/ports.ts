import type { CommitHistory, Narrator, Proof, TargetPorts } from '@slipway/delivery'
import type { RequiredEnvironment } from '@slipway/project'
import type { ProofWish } from '@slipway/release'
import type { Clock } from '@slipway/wire'
import type { RolloutTarget } from './settings.ts'

/** A target, signed in to. */
export interface OpenTarget {
  readonly ports: TargetPorts
  close(): Promise<void>
}

/** Everything that the story reaches outside itself, but for the files of the checkout. */
export interface Ports {
  /** @throws Failed where the role, the account or the cluster is not to be had. */
  open(target: RolloutTarget): Promise<OpenTarget>
  /** What the records of an environment prove; nothing else is asked there. */
  readonly findProof: (wishes: readonly ProofWish[], required: RequiredEnvironment) => Promise<Proof>
  /** Given where nothing older may take the place of what runs. */
  readonly history?: CommitHistory
  /** Says that something was written, or may have been. */
  wrote(): void
  readonly clock: Clock
  /** Ends when the run is told to stop. */
  readonly work: AbortSignal
  readonly narrator: Narrator
}
