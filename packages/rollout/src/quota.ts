import { evidenceAbout, refOf, type Finding } from './cause.ts'
import { creationRefusals, isQuota } from './creation.ts'
import { numberAt, textAt } from './objects.ts'
import { timesOf, type Occurrence } from './occurrences.ts'
import { quantities } from './quantity.ts'
import type { Scene } from './scene.ts'
import { isOwnedBy } from './workload.ts'

/** One refusal may have been on its way when the last old pod went. */
const refusalsThatFail = 2
/** Pods and Events come by different watches: what is seen so shortly after the last old pod may be older than its end. */
const lagMs = 5000

/** The refusals that do not count, because old pods still held quota then. */
export interface Refusals {
  readonly oldPodsSeenMs: number | undefined
  readonly beforeThat: number
}

/** Counts the refusals until the last old pod is gone, not merely ending: only what comes later counts. */
export function refusalsBefore(scene: Scene, before: Refusals | undefined): Refusals {
  const { nowMs } = scene.moment
  if (hasOldPods(scene)) return { oldPodsSeenMs: nowMs, beforeThat: timesOf(refusals(scene)) }
  const isSettling = before?.oldPodsSeenMs !== undefined && nowMs - before.oldPodsSeenMs < lagMs
  return isSettling ? { ...before, beforeThat: timesOf(refusals(scene)) } : (before ?? { oldPodsSeenMs: undefined, beforeThat: 0 })
}

/** Pods that do not fit into what the namespace may use. */
export function quota(scene: Scene, { beforeThat }: Refusals): Finding[] {
  const { replicaSet } = scene
  const refused = refusals(scene)
  const last = refused.at(-1)
  if (replicaSet === undefined || last === undefined) return []
  const since = timesOf(refused) - beforeThat
  const [, name = '', facts = ''] = /exceeded quota: ([^,]+), (.*)$/s.exec(last.message) ?? []
  const isTooLarge = refused.some(exceedsAlone)
  const evidence = evidenceAbout(refOf('ReplicaSet', replicaSet))
  if (!isTooLarge && since < refusalsThatFail) {
    const text = `ResourceQuota ${name} leaves no room for a new pod (${facts}); old pods free quota when they are gone, but the controller may wait minutes before it tries again: raise the quota, or lower maxSurge`
    return [{ warning: { key: `quota/${name}`, text, evidence } }]
  }
  return [
    {
      cause: {
        code: 'quota-exceeded',
        object: refOf('ReplicaSet', replicaSet),
        container: undefined,
        reason: last.reason,
        why: isTooLarge ? `one pod alone asks for more than ResourceQuota ${name} allows: ${facts}` : `ResourceQuota ${name} leaves no room for a new pod, and no old pod is left that could free any: ${facts}`,
        next: 'raise the quota, or ask for less: fewer replicas, smaller resources',
        evidence,
      },
    },
  ]
}

function refusals(scene: Scene): Occurrence[] {
  return creationRefusals(scene).filter(({ message }) => isQuota(message))
}

/** Whether pods that do not belong to the new template still are there, or are still wanted. */
function hasOldPods({ observed, applied, pods, replicaSet }: Scene): boolean {
  const current = new Set(pods.map(({ uid }) => uid))
  const owned = observed.replicaSets.filter((one) => isOwnedBy(one, applied.uid))
  const owners = owned.map((one) => textAt(one, 'metadata', 'uid') ?? '')
  const isOld = owned.some((one) => one !== replicaSet && (numberAt(one, 'spec', 'replicas') ?? 0) > 0)
  return (
    isOld ||
    observed.pods.some(
      (pod) =>
        owners.some((uid) => isOwnedBy(pod, uid)) &&
        !current.has(textAt(pod, 'metadata', 'uid') ?? '') &&
        !['Failed', 'Succeeded'].includes(textAt(pod, 'status', 'phase') ?? ''),
    )
  )
}

function exceedsAlone({ message }: Occurrence): boolean {
  const [, requested = '', limited = ''] = /requested: (.*), used: .*, limited: (.*)$/s.exec(message) ?? []
  const limits = quantities(limited)
  return [...quantities(requested)].some(([resource, amount]) => amount > (limits.get(resource) ?? Infinity))
}
