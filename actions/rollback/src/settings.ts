import type { Patience } from '@slipway/delivery'
import type { Target } from '@slipway/project'
import type { AccountId, Region, ServiceName, TargetName } from '@slipway/release'
import type { Wish } from './wish.ts'

/** What is wanted, and where: the inputs, and the project file where one is used, read and checked. */
export interface Settings extends Place {
  readonly wish: Wish
}

/** Where it is to happen. */
export interface Place {
  /** At least one. */
  readonly targets: readonly TargetSettings[]
  /** The targets of the environment that were not chosen. */
  readonly leftOut: readonly TargetName[]
  /** Left out, all that the release changed. */
  readonly services?: readonly ServiceName[]
  readonly patience: Patience
}

/** One target, and where its pods may pull from: without an account, that of the target. */
export interface TargetSettings {
  readonly target: Target
  readonly registries: readonly { readonly account?: AccountId; readonly region: Region }[]
}
