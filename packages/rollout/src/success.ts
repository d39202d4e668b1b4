import type { JsonObject } from '@slipway/release'
import { restarts } from './containers.ts'
import { numberAt, objectAt } from './objects.ts'
import type { Scene } from './scene.ts'

/** The soak so far. */
export interface Soak {
  readonly sinceMs: number
  readonly restarts: number
}

/** What a rollout still waits for, in words; undefined where nothing is missing. */
export function notYet(deployment: JsonObject): string | undefined {
  const status = (key: string): number => numberAt(deployment, 'status', key) ?? 0
  const wanted = wantedReplicas(deployment)
  if (isPaused(deployment)) return 'the Deployment to be resumed: it is paused'
  if (status('updatedReplicas') < wanted) return `pods to be made: ${status('updatedReplicas')} of ${wanted}`
  if (status('availableReplicas') < wanted) return `pods to become available: ${status('availableReplicas')} of ${wanted}`
  const old = status('replicas') - status('updatedReplicas')
  // Old pods count as available, too: as long as not all are, it may be the new ones that are not.
  if (old > 0 && status('availableReplicas') < status('replicas')) return `pods to become available: ${status('availableReplicas')} of ${status('replicas')}, old ones included`
  if (old > 0) return `old pods to end: ${old}`
  if (status('availableReplicas') > wanted || status('updatedReplicas') > wanted) return 'surplus pods to end'
  return undefined
}

/** The soak goes on from before; a restart starts it anew. */
export function soakOf({ pods, moment }: Scene, before: Soak | undefined): Soak {
  const restarted = restarts(pods.map(({ pod }) => pod))
  return before?.restarts === restarted ? before : { sinceMs: moment.nowMs, restarts: restarted }
}

export function wantedReplicas(deployment: JsonObject): number {
  return numberAt(deployment, 'spec', 'replicas') ?? 1
}

export function isPaused(deployment: JsonObject): boolean {
  return objectAt(deployment, 'spec')?.['paused'] === true
}
