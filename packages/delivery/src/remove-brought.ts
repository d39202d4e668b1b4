import type { JsonObject, ReleaseRecord } from '@slipway/release'
import { Failed } from '@slipway/report'
import { textAt, type ObjectName } from '@slipway/rollout'
import type { Underway } from './delivery.ts'
import { isUnclaimed, otherServicesClaim } from './marks.ts'
import { readRecord } from './read-record.ts'

const words = { removed: 'removed', stale: 'left: somebody has just changed it', refused: 'left: the role may not delete it' }

/**
 * Removes what the revisions between the restored one and this one have newly created, and it does not have; what was
 * there before them stays. Trouble is told and is none of the release: what runs is right.
 */
export async function removeBrought({ service, sequence, restores, revision }: ReleaseRecord, run: Underway): Promise<void> {
  if (restores === undefined) return
  try {
    const { heads } = await run.ports.records.history([service])
    const skipped = heads.filter((head) => head.sequence > restores && head.sequence < sequence)
    const since = skipped.map(({ createdAt }) => createdAt).toSorted()[0]
    if (since === undefined) return
    const kept = new Set(revision.manifests.map(key))
    const records = await Promise.all(skipped.map((head) => readRecord(head, run.ports)))
    const manifests = records.flatMap((record) => (typeof record === 'string' ? [] : record.revision.manifests))
    const brought = new Map(manifests.flatMap((object) => (kept.has(key(object)) ? [] : [[key(object), nameOf(object)]])))
    for (const name of brought.values()) await removeOne(name, service, since, run)
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    run.narrator.warn(`[${service}] what came with the bad revision may still be there: ${error.failures[0].why}`)
  }
}

async function removeOne(name: ObjectName, service: string, since: string, { ports, narrator, mission }: Underway): Promise<void> {
  const live = await ports.objects.get(name)
  if (live === undefined || isUnclaimed(live) || otherServicesClaim(live, service, mission.source.repository) !== undefined) return
  if ((textAt(live, 'metadata', 'creationTimestamp') ?? '') < since) {
    narrator.say(`[${service}] ${name.kind} ${name.name} is not in the good revision's manifests, but older than the bad one: it is left`)
    return
  }
  const state = { uid: textAt(live, 'metadata', 'uid') ?? '', resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '' }
  const removed = await ports.objects.remove(name, state)
  narrator.say(`[${service}] ${name.kind} ${name.name}, which came with the bad revision, is ${words[removed]}`)
}

function nameOf(object: JsonObject): ObjectName {
  return { apiVersion: textAt(object, 'apiVersion') ?? '', kind: textAt(object, 'kind') ?? '', name: textAt(object, 'metadata', 'name') ?? '' }
}

function key(object: JsonObject): string {
  return Object.values(nameOf(object)).join('/')
}
