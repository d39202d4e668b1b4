import type { JsonObject } from '@slipway/release'
import { textAt } from './objects.ts'
import type { Observation } from './workload.ts'

/** What was got afresh: a Deployment, and what it owns. */
export interface Fresh {
  readonly deployment: JsonObject | undefined
  readonly replicaSets: readonly JsonObject[]
  readonly pods: readonly JsonObject[]
}

/**
 * The observation with what was got afresh. An answer never overwrites a newer state: a watch may have overtaken it.
 * What the answer no longer has is gone, unless the watch saw it after the newest object of the answer.
 */
export function refreshed(observed: Observation, fresh: Fresh): Observation {
  return {
    ...observed,
    deployment: observed.deployment !== undefined && fresh.deployment !== undefined ? newer(observed.deployment, fresh.deployment) : fresh.deployment,
    replicaSets: merged(observed.replicaSets, fresh.replicaSets),
    pods: merged(observed.pods, fresh.pods),
  }
}

function merged(watched: readonly JsonObject[], fresh: readonly JsonObject[]): JsonObject[] {
  const known = new Map(watched.map((object) => [uidOf(object), object]))
  const listed = new Set(fresh.map(uidOf))
  const newest = fresh.map(versionOf).reduce((highest, version) => (version > highest ? version : highest), 0n)
  return [
    ...fresh.map((object) => newer(known.get(uidOf(object)) ?? object, object)),
    ...watched.filter((object) => !listed.has(uidOf(object)) && fresh.length > 0 && versionOf(object) > newest),
  ]
}

/** Two objects of one name may be two lives: then the answer is right. */
function newer(watched: JsonObject, fresh: JsonObject): JsonObject {
  return uidOf(watched) === uidOf(fresh) && versionOf(watched) > versionOf(fresh) ? watched : fresh
}

function uidOf(object: JsonObject): string {
  return textAt(object, 'metadata', 'uid') ?? ''
}

/** Since Kubernetes 1.35 versions may be compared as numbers (KEP-5504); every served storage has kept them so. */
function versionOf(object: JsonObject): bigint {
  const text = textAt(object, 'metadata', 'resourceVersion') ?? ''
  return /^\d+$/.test(text) ? BigInt(text) : 0n
}
