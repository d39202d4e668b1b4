import type { JsonObject } from '@slipway/release'
import { textAt } from '@slipway/rollout'
import type { Underway } from './delivery.ts'
import { strangersClaim } from './marks.ts'

const words = { removed: 'removed', stale: 'left: somebody has just changed it', refused: 'left: the role may not delete it' }

/** Removes what a bad revision newly created and the good one does not have; what was there before it stays. */
export async function removeBrought(bad: readonly JsonObject[], good: readonly JsonObject[], service: string, since: string, run: Underway): Promise<void> {
  const named = (object: JsonObject): string => `${textAt(object, 'apiVersion') ?? ''}/${textAt(object, 'kind') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`
  const kept = new Set(good.map(named))
  for (const object of bad.filter((one) => !kept.has(named(one)))) {
    const name = { apiVersion: textAt(object, 'apiVersion') ?? '', kind: textAt(object, 'kind') ?? '', name: textAt(object, 'metadata', 'name') ?? '' }
    const live = await run.ports.objects.get(name)
    if (live === undefined || strangersClaim(live, service, run.mission.source.repository) !== undefined) continue
    if (since === '' || (textAt(live, 'metadata', 'creationTimestamp') ?? '') < since) {
      run.narrator.say(`[${service}] ${name.kind} ${name.name} is not in the good revision's manifests, but older than the bad one: it is left`)
      continue
    }
    const state = { uid: textAt(live, 'metadata', 'uid') ?? '', resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '' }
    const removed = await run.ports.objects.remove(name, state)
    run.narrator.say(`[${service}] ${name.kind} ${name.name}, which came with the bad revision, is ${words[removed]}`)
  }
}
