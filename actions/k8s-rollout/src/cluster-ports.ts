import type { ApplyAnswer, ClusterObjects, ImageRegistry, Locks, Observer, RecordStore, Rights, TargetPorts } from '@slipway/delivery'
import { ApiError, openRecords, takeLease, watch, type Cluster, type Holder, type Right } from '@slipway/kubernetes'
import type { JsonObject } from '@slipway/release'
import { listAt, textAt, withAt } from '@slipway/rollout'
import { Failed } from '@slipway/report'
import type { Clock } from '@slipway/wire'

/** A signed-in cluster, and the run that uses it. */
export interface ClusterUse {
  readonly cluster: Cluster
  readonly images: ImageRegistry
  readonly namespace: string
  readonly recordNamespace: string
  /** The run: its identity is unique to this attempt. */
  readonly holder: Holder
  readonly clock: Clock
  /** Ends when the run is told to stop. */
  readonly work: AbortSignal
  readonly lockPatienceMs: number
}

/** What delivery needs of a target, from its cluster. */
export function clusterPorts(use: ClusterUse): TargetPorts {
  return {
    objects: objects(use) satisfies ClusterObjects,
    records: openRecords(use.cluster, use.recordNamespace, use.namespace, use.holder.identity) satisfies RecordStore,
    locks: locks(use) satisfies Locks,
    images: use.images,
    rights: rights(use) satisfies Rights,
    observe: () => observe(use),
  }
}

function objects({ cluster, namespace }: ClusterUse): ClusterObjects {
  return {
    get: ({ apiVersion, kind, name }) => cluster.get({ apiVersion, kind, name, namespace }),
    async apply(object, options): Promise<ApplyAnswer> {
      try {
        const placed = withAt(object, ['metadata', 'namespace'], () => namespace)
        return { kind: 'applied', object: await cluster.apply(placed, options) }
      } catch (error) {
        if (error instanceof Failed && error.failures[0].code === 'cluster-refused') return { kind: 'refused', why: error.failures[0].what }
        if (!(error instanceof ApiError)) throw error
        if (error.isStale) return { kind: 'stale' }
        if (error.isOwned) return { kind: 'owned', owners: error.owners }
        if (error.isUntypable || (error.status >= 400 && error.status < 500 && error.status !== 429)) return { kind: 'refused', why: error.message }
        throw error
      }
    },
  }
}

function locks({ cluster, clock, namespace, recordNamespace, holder, lockPatienceMs, work }: ClusterUse): Locks {
  return {
    take: (service, atLeast, waiting) =>
      takeLease({
        cluster,
        clock,
        namespace: recordNamespace,
        name: `${namespace}.${service}`,
        holder,
        atLeast,
        patienceMs: lockPatienceMs,
        signal: work,
        waiting,
      }),
  }
}

function rights({ cluster, namespace, recordNamespace }: ClusterUse): Rights {
  const inNamespace = (group: string, resource: string, verbs: readonly string[], where = namespace): Right[] =>
    verbs.map((verb) => ({ verb, group, resource, namespace: where }))
  const needed = [
    ...inNamespace('apps', 'deployments', ['get', 'list', 'watch', 'patch', 'create']),
    ...inNamespace('apps', 'replicasets', ['list', 'watch']),
    ...inNamespace('', 'pods', ['list', 'watch']),
    ...inNamespace('', 'services', ['get', 'patch', 'create']),
    ...inNamespace('coordination.k8s.io', 'leases', ['get', 'create', 'update'], recordNamespace),
    ...inNamespace('', 'configmaps', ['get', 'list', 'create', 'patch'], recordNamespace),
  ]
  return {
    async missing() {
      const answers = await cluster.canI(needed)
      return needed.flatMap((right, index) => (answers[index] === true ? [] : [`${right.verb} ${right.resource} in ${right.namespace}`]))
    },
    async absentNamespaces(names) {
      const found = await Promise.all(names.map((name) => cluster.get({ apiVersion: 'v1', kind: 'Namespace', name })))
      return names.filter((_, index) => found[index] === undefined)
    },
  }
}

/** Three watches over the namespace, however many services are followed. */
async function observe({ cluster, namespace, clock, work }: ClusterUse): Promise<Observer> {
  const closed = new AbortController()
  let changed = Promise.withResolvers<undefined>()
  let broken: Error | undefined
  const wake = (): void => {
    changed.resolve(undefined)
    changed = Promise.withResolvers()
  }
  const options = { clock, signal: closed.signal, onChange: wake }
  const [deployments, replicaSets, pods] = await Promise.all([
    watch(cluster, { apiVersion: 'apps/v1', kind: 'Deployment', namespace }, options),
    watch(cluster, { apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace }, options),
    watch(cluster, { apiVersion: 'v1', kind: 'Pod', namespace }, options),
  ])
  const ended = Promise.allSettled(
    [deployments, replicaSets, pods].map(({ ended }) =>
      ended.catch((error: unknown) => {
        broken = error instanceof Error ? error : new Error('a watch ended', { cause: error })
        wake()
      }),
    ),
  )
  work.addEventListener('abort', wake, { once: true })
  return {
    observe(name) {
      if (broken !== undefined) throw broken
      const deployment = [...deployments.objects.values()].find((object) => textAt(object, 'metadata', 'name') === name)
      const ownedSets = ownedBy(replicaSets.objects, new Set([textAt(deployment, 'metadata', 'uid') ?? '']))
      const ownedPods = ownedBy(pods.objects, new Set(ownedSets.map((set) => textAt(set, 'metadata', 'uid') ?? '')))
      return { deployment, replicaSets: ownedSets, pods: ownedPods }
    },
    async changed(atMostMs) {
      const enough = new AbortController()
      await Promise.race([changed.promise, clock.wait(atMostMs, enough.signal).catch(() => undefined)])
      enough.abort()
    },
    async close() {
      work.removeEventListener('abort', wake)
      closed.abort()
      await ended
    },
  }
}

function ownedBy(all: ReadonlyMap<string, JsonObject>, owners: ReadonlySet<string>): JsonObject[] {
  return [...all.values()].filter((object) => listAt(object, 'metadata', 'ownerReferences').some((owner) => owners.has(textAt(owner, 'uid') ?? '')))
}
