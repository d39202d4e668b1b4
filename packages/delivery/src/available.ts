import type { ReleaseRecord } from '@slipway/release'
import { Failed } from '@slipway/report'
import type { Mission, Surroundings } from './delivery.ts'
import type { ClusterObjects } from './ports.ts'
import { notAdmitted } from './recorded.ts'

/** Why a recorded revision cannot run again, or undefined where all of it still exists. */
export async function isAvailable({ revision, ...record }: ReleaseRecord, { ports, narrator, mission }: Pick<Surroundings, 'ports' | 'narrator'> & { readonly mission: Mission }): Promise<string | undefined> {
  const refused = notAdmitted({ ...record, revision }, mission.target.namespace)
  if (refused !== undefined) return refused
  for (const [repository, digest] of Object.entries(revision.images)) {
    try {
      if (!(await ports.images.has(repository, digest))) return `its image ${repository}@${digest} is gone from the registry`
    } catch (error) {
      // A node may have the image, and the pods may be able to pull: that we cannot ask is no reason to stay broken.
      if (!(error instanceof Failed)) throw error
      narrator.warn(`[${record.service}] whether ${repository}@${digest} still exists could not be found out: ${error.failures[0].why}`)
    }
  }
  const entries = Object.entries(revision.configuration)
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const wanted = entries.filter(([, object]) => object.kind === kind)
    if (wanted.length === 0) continue
    const names = await knownNames(kind, ports.objects)
    if (names instanceof Failed) {
      narrator.warn(`[${record.service}] whether its ${kind}s still exist could not be found out: ${names.failures[0].why}`)
      continue
    }
    const gone = wanted.map(([declared, { name, kept = name }]) => ({ declared, kept })).find(({ kept }) => !names.has(kept))
    if (gone !== undefined) return `its ${kind} ${gone.kept} (${gone.declared}) is gone`
  }
  return undefined
}

/** The names of all ConfigMaps or Secrets; the refusal where the role may not list them, which is no reason to stay broken either. */
export async function knownNames(kind: 'ConfigMap' | 'Secret', objects: ClusterObjects): Promise<ReadonlySet<string> | Failed> {
  try {
    return await objects.names(kind)
  } catch (error) {
    if (error instanceof Failed && error.failures[0].code === 'access-denied') return error
    throw error
  }
}
