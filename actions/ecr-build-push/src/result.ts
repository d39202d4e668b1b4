import type { CacheHits } from '@slipway/images'
import type { BuiltImage, Outcome, ServiceName } from '@slipway/release'
import type { Failure } from '@slipway/report'

/** What can become of an image. */
export const deeds = ['reused', 'tagged', 'built', 'built-only', 'would-build', 'would-tag', 'proven', 'checked', 'failed'] as const

/** What became of one service's image. */
export interface ServiceResult {
  readonly service: ServiceName
  readonly did: (typeof deeds)[number]
  /** In one sentence. */
  readonly reason: string
  readonly image?: BuiltImage
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
