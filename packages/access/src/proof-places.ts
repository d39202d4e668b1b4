import type { ProofPlace } from '@slipway/delivery'
import { openRecords } from '@slipway/kubernetes'
import type { RequiredEnvironment } from '@slipway/project'
import { Failed, type Failure } from '@slipway/report'
import { guarded } from './guarded.ts'
import { openTarget, type TargetAccess, type TargetEdges } from './target.ts'

/** The targets of an environment that must have proven a release, open to be read. */
export interface ProofPlaces {
  readonly places: readonly ProofPlace[]
  close(): Promise<void>
}

/**
 * Signs in to every target of the required environment side by side, with the role that may only read its records.
 * @throws Failed with the problems of all targets.
 */
export async function openProofPlaces({ name, targets }: RequiredEnvironment, edges: TargetEdges): Promise<ProofPlaces> {
  const ends = await Promise.allSettled(targets.map((target) => openTarget(target, edges)))
  const opened = ends.flatMap((end): TargetAccess[] => (end.status === 'fulfilled' ? [end.value] : []))
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((access) => access.close()))
  }
  if (opened.length < ends.length) await close()
  const refused = ends.flatMap((end, index): Failure[] => {
    if (end.status === 'fulfilled') return []
    if (!(end.reason instanceof Failed)) throw end.reason
    return end.reason.failures.map((failure) => ({ ...failure, where: failure.where ?? `target ${targets[index]?.name ?? ''} of ${name}, whose records are the proof` }))
  })
  const [first, ...more] = refused
  if (first !== undefined) throw new Failed(first, ...more)
  return {
    places: targets.flatMap((target, index): ProofPlace[] => {
      const access = opened[index]
      if (access === undefined) return []
      // What is only read needs no nonce, by which a run knows what it has written.
      const records = openRecords(access.cluster, target.recordNamespace, target.namespace, '')
      return [{ target: target.name, records: guarded(records, `${target.cluster} in ${target.region}`, 'the read-only role') }]
    }),
    close,
  }
}
