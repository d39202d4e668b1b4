import type { Crashed } from './crashes.ts'
import type { FirstSeen } from './first-seen.ts'
import type { Refusals } from './quota.ts'
import type { Soak } from './success.ts'

/** What a judgement carries to the next one about the same write. Nobody else looks inside; a first judgement has none. */
export interface Memory {
  /** Whether the Deployment was ever seen. */
  readonly seen: boolean
  /** The uid of the new ReplicaSet. */
  readonly replicaSet: string | undefined
  readonly soak: Soak | undefined
  readonly firstSeen: FirstSeen
  readonly crashed: Crashed
  readonly refusals: Refusals
}
