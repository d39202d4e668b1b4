import type { KubernetesServer, Resource } from '@slipway/sandbox'
import { at, listAt, numberAt, textAt } from './json.ts'
import { placeOf, type Clusters } from './places.ts'

/** One service's Deployment as it runs at a moment. */
export interface Workload {
  readonly place: string
  readonly service: string
  /** Counts changes of what is wanted. */
  readonly generation: number
  /** The number of the revision, as the workload itself carries it; empty where it has none. */
  readonly revision: string
  readonly image: string
  readonly wanted: number
  /** Pods of the newest template that have been available long enough. */
  readonly available: number
  /** The controller has seen the newest template, and no pod of an older one is left. */
  readonly settled: boolean
  /** The uids of its pods. */
  readonly pods: readonly string[]
  /** Containers that ended and were started again, in all its pods. */
  readonly containerRestarts: number
}

/** Every Deployment of the clusters, by place and service. */
export function workloadsOf(clusters: Clusters): Workload[] {
  return [...clusters].flatMap(([name, cluster]) => workloadsIn(name, cluster)).sort((one, other) => compare(`${one.place}.${one.service}`, `${other.place}.${other.service}`))
}

function workloadsIn(clusterName: string, cluster: KubernetesServer): Workload[] {
  const replicaSets = cluster.objects('ReplicaSet')
  const pods = cluster.objects('Pod').filter(({ metadata }) => metadata.deletionTimestamp === undefined)
  const owned = (objects: Resource[], uids: readonly string[]): Resource[] => objects.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uids.includes(uid)))
  return cluster
    .objects('Deployment')
    .map((deployment) => {
      const { namespace = '', name, uid, generation = 0, labels = {}, annotations = {} } = deployment.metadata
      const own = owned(pods, owned(replicaSets, [uid]).map(({ metadata }) => metadata.uid))
      const wanted = numberAt(deployment, 'spec', 'replicas')
      const updated = numberAt(deployment, 'status', 'updatedReplicas')
      return {
        place: placeOf(clusterName, namespace),
        service: labels['slipway.dev/service'] ?? name,
        generation,
        revision: annotations['slipway.dev/sequence'] ?? '',
        image: textAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'image'),
        wanted,
        available: Math.min(updated, numberAt(deployment, 'status', 'availableReplicas')),
        settled: at(deployment, 'status', 'observedGeneration') === generation && updated === wanted && numberAt(deployment, 'status', 'replicas') === updated,
        pods: own.map((pod) => pod.metadata.uid),
        containerRestarts: own.flatMap((pod) => listAt(pod, 'status', 'containerStatuses')).reduce<number>((sum, status) => sum + numberAt(status, 'restartCount'), 0),
      }
    })
}

/** Whether everything that is wanted of it runs. */
export function isHealthy({ settled, wanted, available }: Workload): boolean {
  return settled && wanted > 0 && available === wanted
}

/** How a service differs from what it was. */
export interface Difference {
  readonly service: string
  /** `untouched` says that neither what is wanted nor one pod has changed, `restarted` that no old pod is left. */
  readonly kind: 'new' | 'restarted' | 'changed' | 'untouched' | 'gone'
  readonly newPods: number
}

/** The difference of each service of a place between two moments. */
export function differences(before: readonly Workload[], after: readonly Workload[], place: string): Difference[] {
  const of = (all: readonly Workload[]): Map<string, Workload> => new Map(all.filter((one) => one.place === place).map((one) => [one.service, one]))
  const [then, now] = [of(before), of(after)]
  return [...new Set([...then.keys(), ...now.keys()])].sort().map((service) => {
    const [old, live] = [then.get(service), now.get(service)]
    return { service, kind: kindOf(old, live), newPods: live?.pods.filter((pod) => old?.pods.includes(pod) !== true).length ?? 0 }
  })
}

function kindOf(before: Workload | undefined, after: Workload | undefined): Difference['kind'] {
  if (!before) return 'new'
  if (!after) return 'gone'
  if (!before.pods.some((pod) => after.pods.includes(pod))) return 'restarted'
  const same = before.generation === after.generation && before.revision === after.revision && before.containerRestarts === after.containerRestarts
  return same && before.pods.length === after.pods.length && before.pods.every((pod) => after.pods.includes(pod)) ? 'untouched' : 'changed'
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
