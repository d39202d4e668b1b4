import type { Crashed } from './crashes.ts'
import type { FirstSeen } from './first-seen.ts'
import type { Refusals } from './quota.ts'
import type { Soak } from './success.ts'

/** What a judgement carries to the next one about the same write. Nobody else looks inside; a first judgement has none. */
export interface Memory {
  readonly seen: boolean
  readonly soak: Soak | undefined
  readonly firstSeen: FirstSeen
  readonly crashed: Crashed
  readonly refusals: Refusals
}
