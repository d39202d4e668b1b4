import { cacheTag, type Builder, type CachePlan } from '@slipway/images'
import type { CacheChoice, Origin } from './settings.ts'

/** Where layers come from and go to, and what the user should know about it. */
export interface CacheDecision {
  readonly plan: CachePlan
  readonly notice?: string
}

/**
 * A branch reads its own cache, then the default branch's, and writes its own.
 * A pull request reads the cache of the branch that it wants to change, and writes none.
 */
export function decideCache(choice: CacheChoice, builder: Builder, image: string, origin: Origin): CacheDecision {
  if (choice === 'none') return { plan: { from: [] } }
  const ref = (branch: string): string => `${image}:${cacheTag(branch)}`
  if (origin.baseBranch !== undefined) return { plan: { from: [ref(origin.baseBranch)] } }
  const own = origin.branch ?? origin.defaultBranch
  const from = [...new Set([ref(own), ref(origin.defaultBranch)])]
  if (!builder.exportsCache) {
    return {
      plan: { from },
      notice: `the builder "${builder.name}" has the driver ${builder.driver}, which keeps no layer cache in a registry: builds start from what other builders kept; set up a docker-container builder (docker/setup-buildx-action) in an earlier step to keep one`,
    }
  }
  // A version's tag is built once: nobody would read what it kept.
  return { plan: origin.branch === undefined ? { from } : { from, to: ref(own) } }
}
