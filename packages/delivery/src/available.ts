import type { ReleaseRecord } from '@slipway/release'
import { Failed } from '@slipway/report'
import type { Mission, Surroundings } from './delivery.ts'
import type { ClusterObjects } from './ports.ts'
import { notAdmitted } from './recorded.ts'

/** Why a recorded revision cannot run again, or undefined where all of it still exists. */
export async function isAvailable({ revision, ...record }: ReleaseRecord, { ports, narrator, mission }: Pick<Surroundings, 'ports' | 'narrator'> & { readonly mission: Mission }): Promise<string | undefined> {
  const refused = notAdmitted({ ...record, revision }, mission.target.namespace)
  if (refused !== undefined) return refused
  const unsure = (what: string, { failures }: Failed): void => {
    narrator.warn(`[${record.service}] whether ${what} could not be found out: ${failures[0].why}`)
  }
  const image = async ([repository, digest]: readonly [string, string]): Promise<string | undefined> => {
    try {
      return (await ports.images.has(repository, digest)) ? undefined : `its image ${repository}@${digest} is gone from the registry`
    } catch (error) {
      // A node may have the image, and the pods may be able to pull: that we cannot ask is no reason to stay broken.
      if (!(error instanceof Failed)) throw error
      unsure(`${repository}@${digest} still exists`, error)
      return undefined
    }
  }
  const configuration = async (kind: 'ConfigMap' | 'Secret'): Promise<string | undefined> => {
    const wanted = Object.entries(revision.configuration).filter(([, object]) => object.kind === kind)
    if (wanted.length === 0) return undefined
    const names = await knownNames(kind, ports.objects)
    if (names instanceof Failed) {
      unsure(`its ${kind}s still exist`, names)
      return undefined
    }
    const gone = wanted.map(([declared, { name, kept = name }]) => ({ declared, kept })).find(({ kept }) => !names.has(kept))
    return gone === undefined ? undefined : `its ${kind} ${gone.kept} (${gone.declared}) is gone`
  }
  const missing = await Promise.all([...Object.entries(revision.images).map(image), configuration('ConfigMap'), configuration('Secret')])
  return missing.find((why) => why !== undefined)
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
