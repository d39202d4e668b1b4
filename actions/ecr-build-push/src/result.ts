import type { CacheHits } from '@slipway/images'
import type { BuiltImage, Outcome, Region, ServiceName } from '@slipway/release'
import type { Failure } from '@slipway/report'

/** What can become of an image. */
export const deeds = ['reused', 'tagged', 'built', 'built-only', 'would-build', 'would-tag', 'proven', 'checked', 'failed'] as const

/** What can become of an image in another region than its home. */
export const copyDeeds = ['standing', 'copied', 'would-copy', 'failed'] as const
export type CopyDeed = (typeof copyDeeds)[number]

/** What became of one service's image. */
export interface ServiceResult {
  readonly service: ServiceName
  readonly did: (typeof deeds)[number]
  /** In one sentence. */
  readonly reason: string
  readonly image?: BuiltImage
  /** What became of it in the other regions; absent where there are none, or nothing was tried there. */
  readonly copies?: ReadonlyMap<Region, CopyDeed>
  readonly hits?: CacheHits
  readonly milliseconds?: number
}

/** The end of the story, as plain data. */
export interface RunResult {
  readonly outcome: Outcome
  readonly services: readonly ServiceResult[]
  /** The commit of the configuration that was proven with the images, where it has a repository of its own. */
  readonly configurationCommit?: string
  readonly failures: readonly Failure[]
}
