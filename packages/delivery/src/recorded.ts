import type { ReleaseRecord } from '@slipway/release'
import { Failed, Problems } from '@slipway/report'
import { admit, textAt, type Manifest, type ManifestDocument } from '@slipway/rollout'
import { namespaceRule } from '@slipway/release'
import type { WantedService } from './wanted.ts'

/** What a record says, as it is to be applied once more. */
export function recordedService({ service, revision }: ReleaseRecord): WantedService {
  const [workload, ...supporting] = revision.manifests.map(
    (object): Manifest => ({ apiVersion: textAt(object, 'apiVersion') ?? '', kind: textAt(object, 'kind') ?? '', name: textAt(object, 'metadata', 'name') ?? '', object }),
  )
  if (workload === undefined) throw noWorkload(service)
  return { service, workload, supporting, images: revision.images, configuration: revision.configuration, comesBack: true }
}

/** Why the rules for manifests, as they are today, do not let a record's manifests in again; undefined where they do. */
export function notAdmitted(record: ReleaseRecord, namespace: string): string | undefined {
  const problems = new Problems()
  const file = `record ${record.service}.v${record.sequence}`
  if (record.revision.manifests.length === 0) return 'its record holds no manifests'
  const { workload, supporting } = recordedService(record)
  if (workload.kind !== 'Deployment') return `its record begins with ${workload.kind} ${workload.name}, where every record has the Deployment`
  const documents = [workload, ...supporting].map((manifest): ManifestDocument => ({ ...manifest, place: () => ({ file }) }))
  if (!namespaceRule.is(namespace)) return `${namespace} is no namespace`
  admit(record.service, namespace, documents, problems)
  return problems.all[0]?.what
}

function noWorkload(service: string): Failed {
  return new Failed({
    code: 'record-unreadable',
    what: `a release record of ${service} holds no manifests`,
    why: 'every record has the workload as its first',
    next: 'look at the ConfigMap; if somebody has changed it, delete it and deploy again',
  })
}
