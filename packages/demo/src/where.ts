import type { Clusters } from './places.ts'
import type { Revision } from './records.ts'
import { shortImage } from './short-image.ts'
import { workloadsOf } from './workloads.ts'

/** What runs in one place: a service. */
export interface Running {
  readonly place: string
  readonly service: string
  /** `3`; empty where the workload carries none. */
  readonly revision: string
  /** The verdict on the record's label. */
  readonly verdict: string
  /** Names that releases of this content were given. */
  readonly versions: readonly string[]
  /** `shop/cart@sha256:0123456789ab` */
  readonly image: string
  /** Available of wanted: `2/2`. */
  readonly pods: string
  /** Names of the configuration objects. */
  readonly configuration: readonly string[]
  readonly commit: string
  readonly actor: string
  /** ISO 8601. */
  readonly since: string
}

/** What was put back has the names of the content that it is. */
function versionsOf(record: Revision | undefined, revisions: readonly Revision[]): readonly string[] {
  const original = revisions.find(({ place, service, number }) => place === record?.place && service === record.service && number === record.restores)
  return [...(original === undefined ? [] : versionsOf(original, revisions)), ...(record?.versions ?? [])]
}

/** What runs in the clusters, from their live workloads and the revisions that they name. */
export function whatRunsIn(clusters: Clusters, revisions: readonly Revision[]): Running[] {
  return workloadsOf(clusters).map(({ place, service, revision, image, available, wanted }) => {
    const record = revisions.find((one) => one.place === place && one.service === service && String(one.number) === revision)
    return {
      place,
      service,
      revision,
      verdict: record?.verdict ?? '',
      versions: versionsOf(record, revisions),
      image: shortImage(image),
      pods: `${available}/${wanted}`,
      configuration: record?.configuration ?? [],
      commit: record?.commit ?? '',
      actor: record?.actor ?? '',
      since: record?.at ?? '',
    }
  })
}
