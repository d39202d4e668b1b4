import type { Revision } from '@slipway/release'
import type { Manifest } from '@slipway/rollout'
import { owned } from './marks.ts'

/** What one service is to run in a target: its revision's content, the Deployment apart from what supports it. */
export interface WantedService {
  readonly service: string
  readonly workload: Manifest
  readonly supporting: readonly Manifest[]
  readonly images: Revision['images']
  readonly configuration: Revision['configuration']
  /** Of its image, where it was built by this suite. */
  readonly sourceKeys?: readonly string[]
  /** Set where it ran before and is put back: a number of replicas that others have set since stays as it is. */
  readonly comesBack?: true
  /** Why it is let in though it was proven nowhere. */
  readonly unproven?: string
}

/** A service's content with the labels that say whose it is. */
export function wantedService(parts: WantedService, repository: string): WantedService {
  const own = (manifest: Manifest): Manifest => ({ ...manifest, object: owned(manifest.object, parts.service, repository) })
  return { ...parts, workload: own(parts.workload), supporting: parts.supporting.map(own) }
}
