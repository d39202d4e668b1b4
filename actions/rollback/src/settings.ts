import type { Patience } from '@slipway/delivery'
import type { Target } from '@slipway/project'
import type { AccountId, Region, ServiceName } from '@slipway/release'
import type { Wish } from './wish.ts'

/** What is wanted, and where: the inputs, and the project file where one is used, read and checked. */
export interface Settings extends Place {
  readonly wish: Wish
}

/** Where it is to happen. */
export interface Place {
  readonly target: Target
  /** Left out, all that the release changed. */
  readonly services?: readonly ServiceName[]
  /** Where the pods pull from; without an account, that of the target. */
  readonly registry: { readonly account?: AccountId; readonly region: Region }
  readonly patience: Patience
}
