import type { Said } from '@slipway/report'
import type { Result } from './run.ts'
import type { Settings } from './settings.ts'

/** What a run came to, for whoever tells of it. */
export interface Told {
  readonly result: Result
  readonly settings: Settings
  readonly milliseconds: number
  /** What was said while it happened, each with the milliseconds since the start. */
  readonly timeline: readonly Said[]
}
