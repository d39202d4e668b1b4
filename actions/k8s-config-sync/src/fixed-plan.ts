import { configFieldManager, fixedObject, type JsonObject } from '@slipway/release'
import { ApiError, type Right } from '@slipway/kubernetes'
import { list, type Failure } from '@slipway/report'
import type { Change } from './changes.ts'
import type { VersionedObject } from './config-object.ts'
import { hasSameValues, isAsWanted, obstacle, ownersOf, undeclaredKeys } from './fixed-object.ts'
import type { ConfigCluster } from './ports.ts'
import type { SyncTarget } from './settings.ts'

/** What the live object says of a planned change, and everything that speaks against it. */
export interface FixedTrial {
  readonly fixed: NonNullable<Change['fixed']>
  readonly live: JsonObject | undefined
  readonly problem?: Failure
}

/**
 * Looks at the object of a fixed name and tries the change on the server without writing.
 * @throws ApiError for what the server would not take.
 */
export async function tryFixed(target: SyncTarget, wanted: VersionedObject, planned: NonNullable<Change['fixed']>, cluster: ConfigCluster): Promise<FixedTrial> {
  const { kind, name, mode } = wanted.content
  const live = await cluster.get({ apiVersion: 'v1', kind, namespace: target.namespace, name })
  const where = `target ${target.name}, namespace ${target.namespace}`
  const against = obstacle(live, wanted)
  if (against !== undefined) return { fixed: planned, live, problem: { ...against, where } }
  if (live !== undefined && isAsWanted(live, wanted)) return { fixed: 'none', live }
  const fixed = live === undefined ? 'create' : hasSameValues(live, wanted.object) ? 'relabel' : 'change'
  const object = fixedObject(wanted.object, name)
  if (mode === 'recreate' && fixed === 'change') {
    await tryCreation(object, cluster)
    return { fixed, live }
  }
  const answer = await cluster.apply(object, { manager: configFieldManager, dryRun: true })
  const keys = undeclaredKeys(answer, wanted)
  if (keys.length === 0) return { fixed, live }
  return { fixed, live, problem: { ...keptByOthers(wanted, keys, ownersOf(answer, keys)), where } }
}

/** An answer that the name is taken comes after every check of the object itself. */
async function tryCreation(object: JsonObject, cluster: ConfigCluster): Promise<void> {
  try {
    await cluster.create(object, { dryRun: true })
  } catch (error) {
    if (!(error instanceof ApiError && error.alreadyExists)) throw error
  }
}

/** What is told of keys that an apply cannot take away from their owners. */
export function keptByOthers({ content }: VersionedObject, keys: readonly string[], owners: readonly string[]): Failure {
  return {
    code: 'ownership-conflict',
    what: `${content.kind} ${content.name} would keep ${list(keys.map((key) => `"${key}"`))}, which nobody declares`,
    why: owners.length === 0 ? 'they belong to others' : `they belong to ${list(owners)}`,
    next: 'declare these keys, or remove them by hand, or give the object the mode recreate',
  }
}

/** The rights that a change of an object of a fixed name needs beside those for its versions. */
export function fixedRights(changes: readonly Change[], target: SyncTarget): Right[] {
  const fixed = changes.filter((change) => (change.fixed ?? 'none') !== 'none')
  if (fixed.length === 0) return []
  const recreated = new Set(fixed.filter(({ wanted }) => wanted.content.mode === 'recreate').map(({ wanted }) => (wanted.content.kind === 'ConfigMap' ? 'configmaps' : 'secrets')))
  return [
    ...[...recreated].map((resource) => ({ verb: 'delete', group: '', resource, namespace: target.namespace })),
    ...['get', 'create', 'update'].map((verb) => ({ verb, group: 'coordination.k8s.io', resource: 'leases', namespace: target.recordNamespace })),
  ]
}
