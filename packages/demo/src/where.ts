import type { KubernetesServer } from '@slipway/sandbox'
import type { Revision } from './records.ts'
import { shortImage } from './short-image.ts'
import { workloadsOf } from './workloads.ts'

/** What runs in one place: a service in an environment. */
export interface Running {
  readonly cluster: string
  /** The environment, which is the namespace here. */
  readonly environment: string
  readonly service: string
  /** `3`; empty where the workload carries none. */
  readonly revision: string
  /** The verdict on the record's label. */
  readonly verdict: string
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

/** What runs in a cluster, from its live workloads and the revisions that they name. */
export function whatRunsIn(name: string, cluster: KubernetesServer, revisions: readonly Revision[]): Running[] {
  return workloadsOf(cluster).map(({ namespace, service, revision, image, available, wanted }) => {
    const record = revisions.find((one) => one.environment === namespace && one.service === service && String(one.number) === revision)
    return {
      cluster: name,
      environment: namespace,
      service,
      revision,
      verdict: record?.verdict ?? '',
      image: shortImage(image),
      pods: `${available}/${wanted}`,
      configuration: record?.configuration ?? [],
      commit: record?.commit ?? '',
      actor: record?.actor ?? '',
      since: record?.at ?? '',
    }
  })
}
