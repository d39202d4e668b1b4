import type { Cluster, Holder } from '@slipway/kubernetes'
import type { Failure } from '@slipway/report'
import type { Clock } from '@slipway/wire'
import type { SyncTarget } from './settings.ts'

/** What of a cluster the sync needs. */
export type ConfigCluster = Pick<Cluster, 'list' | 'get' | 'apply' | 'create' | 'replace' | 'remove' | 'canI'>

/** A secret's value, with what names this version of it. */
export interface SecretVersion {
  readonly arn: string
  readonly versionId: string
  readonly value: string | Uint8Array
}

/** A secret of which a value is wanted: its id, and its staging label unless it is the current one. */
export interface SecretWanted {
  readonly secretId: string
  readonly stage?: string
}

/** Where secret values come from. */
export interface SecretSource {
  /** The answers, in the order of what was wanted. */
  read(wanted: readonly SecretWanted[]): Promise<readonly (SecretVersion | Failure)[]>
}

/** A target that is signed in to. */
export interface OpenTarget {
  readonly cluster: ConfigCluster
  readonly secrets: SecretSource
}

/** Everything that the sync reaches outside itself, but for the files of the checkout. */
export interface Ports {
  /** @throws Failed where the role, the account or the cluster is not to be had. */
  open(target: SyncTarget): Promise<OpenTarget>
  /** Hides a value from everything that is printed from now on. */
  mask(value: string): void
  /** Says that something was written, or may have been. */
  wrote(): void
  /** The run, for those who wait for its locks: its identity is unique to this attempt. */
  readonly holder: Holder
  readonly clock: Clock
  /** Ends when the run is told to stop. */
  readonly work: AbortSignal
  readonly log: { info(line: string): void; warning(text: string): void }
}
