import { configFieldManager, fixedObject, type JsonObject } from '@slipway/release'
import { ApiError, type ObjectRef } from '@slipway/kubernetes'
import { Failed } from '@slipway/report'
import { textAt, withAt } from '@slipway/rollout'
import type { VersionedObject } from './config-object.ts'
import { hasSameValues, isAsWanted, obstacle, oldContent, ownersOf, undeclaredKeys } from './fixed-object.ts'
import { keptByOthers } from './fixed-plan.ts'
import type { ConfigCluster } from './ports.ts'
import { refusal } from './refusal.ts'
import type { SyncTarget } from './settings.ts'

/** The surroundings of a write behind the lock. */
export interface LockedUse {
  readonly target: SyncTarget
  readonly cluster: ConfigCluster
  /** Called before each write. @throws Failed where nothing may be written any more: the lock is lost, or the run was told to stop. */
  readonly guard: () => void
  /** Ends a little later than the run: what was deleted is made again first. */
  readonly late: AbortSignal
  /** Hides the values of a Secret that were read from the cluster. */
  readonly hide: (object: VersionedObject) => void
}

export type FixedDeed = 'unchanged' | 'created' | 'changed' | 'recreated' | 'relabelled'

const attempts = 5

/**
 * Makes the object of a fixed name hold what is wanted, whatever it holds by now, and keeps that first.
 * @throws Failed or ApiError; the object then is as it was, unless the text says otherwise.
 */
export async function writeFixed(wanted: VersionedObject, use: LockedUse): Promise<FixedDeed> {
  const { cluster, target } = use
  const { kind, name, mode } = wanted.content
  const ref: ObjectRef = { apiVersion: 'v1', kind, namespace: target.namespace, name }
  let tried: FixedDeed = 'unchanged'
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const live = await cluster.get(ref)
    const against = obstacle(live, wanted)
    if (against !== undefined) throw new Failed({ ...against, where: `target ${target.name}, namespace ${target.namespace}` })
    // After a lost reply this is our own write, since the lock is ours.
    if (live !== undefined && isAsWanted(live, wanted)) return tried
    tried = live === undefined ? 'created' : hasSameValues(live, wanted.object) ? 'relabelled' : mode === 'recreate' ? 'recreated' : 'changed'
    try {
      await writeOver(live, wanted, use)
      return tried
    } catch (error) {
      // Somebody has changed it since it was read, or a reply of ours was lost: the next look decides anew.
      if (!(error instanceof ApiError && error.isStale)) throw error
    }
  }
  throw new Failed({
    code: 'cluster-refused',
    what: `${kind} ${name} was changed again and again while it was to be written`,
    where: `target ${target.name}, namespace ${target.namespace}`,
    why: `each of ${attempts} writes came too late, although the lock of the service is ours`,
    next: 'find out who else writes the object, then run again',
  })
}

/** Writes over the state that was read. @throws ApiError `isStale` where that is the state no more. */
async function writeOver(live: JsonObject | undefined, wanted: VersionedObject, use: LockedUse): Promise<void> {
  const { cluster, target, guard, late } = use
  const { kind, name, mode } = wanted.content
  const old = live === undefined || hasSameValues(live, wanted.object) ? undefined : await keep(live, wanted, use)
  guard()
  if (live !== undefined && old !== undefined && mode === 'recreate') {
    const [uid, resourceVersion] = [textAt(live, 'metadata', 'uid') ?? '', textAt(live, 'metadata', 'resourceVersion') ?? '']
    await cluster.remove({ apiVersion: 'v1', kind, namespace: target.namespace, name }, { uid, resourceVersion }, { signal: late })
    await createAgain(wanted, old, use)
    return
  }
  const answer = await cluster.apply(fenced(fixedObject(wanted.object, name), live), { manager: configFieldManager })
  refuseLeftovers(answer, wanted, use)
}

/** The old content: the immutable object that holds it, and what is known of it. */
interface Kept {
  readonly object: JsonObject
  readonly version: VersionedObject
}

/** Keeps what a live object holds as an immutable object, unless one of them holds just that. */
async function keep(live: JsonObject, wanted: VersionedObject, use: LockedUse): Promise<Kept> {
  const { cluster, target, guard } = use
  const { version, keptAs } = oldContent(live, wanted, target.namespace)
  use.hide(version)
  for (const name of keptAs) {
    const kept = await cluster.get({ apiVersion: 'v1', kind: version.content.kind, namespace: target.namespace, name })
    if (kept?.['immutable'] === true && hasSameValues(kept, live)) return { object: kept, version }
  }
  guard()
  try {
    return { object: await cluster.apply(version.object, { manager: configFieldManager }), version }
  } catch (error) {
    if (error instanceof Failed) throw error
    throw new Failed(refusal(error, target, `keep the old content of ${version.content.kind} ${version.content.name} as ${version.name}`, version))
  }
}

/** Keys that somebody else has put there in the meantime, and that an apply leaves to them. */
function refuseLeftovers(answer: JsonObject, wanted: VersionedObject, { target }: LockedUse): void {
  const keys = undeclaredKeys(answer, wanted)
  if (keys.length > 0) throw new Failed({ ...keptByOthers(wanted, keys, ownersOf(answer, keys)), where: `target ${target.name}, namespace ${target.namespace}` })
}

/** The second half of `recreate`: goes on although the run was told to stop, and puts the old content back where the new one is refused. */
async function createAgain(wanted: VersionedObject, old: Kept, use: LockedUse): Promise<void> {
  const { cluster, target, late } = use
  const { kind, name } = wanted.content
  const what = `${kind} ${name} was deleted and could not be created again`
  const kept = textAt(old.object, 'metadata', 'name') ?? ''
  let answer: JsonObject
  try {
    answer = await cluster.apply(fixedObject(wanted.object, name), { manager: configFieldManager, signal: late })
  } catch (error) {
    const { code, where = '', why } = error instanceof Failed ? error.failures[0] : refusal(error, target, `create ${kind} ${name}`, wanted)
    try {
      await cluster.apply(fixedObject(old.object, name), { manager: configFieldManager, signal: late })
    } catch (again) {
      const second = again instanceof Failed ? again.failures[0] : refusal(again, target, `put ${kind} ${name} back`, old.version)
      throw new Failed({ code, what: `${what}, and neither could its old content: it is absent now`, where, why: `${why}; then: ${second.why}`, next: `run again, which makes it; or make it by hand from the ${kind} ${kept}, which holds the old content` })
    }
    throw new Failed({ code, what, where, why, next: `mend what it names, then run again; the old content is back, from the ${kind} ${kept}` })
  }
  refuseLeftovers(answer, wanted, use)
}

/** Bound to the state that was read. */
function fenced(object: JsonObject, live: JsonObject | undefined): JsonObject {
  if (live === undefined) return object
  return ['uid', 'resourceVersion'].reduce((bound, key) => withAt(bound, ['metadata', key], () => textAt(live, 'metadata', key)), object)
}
