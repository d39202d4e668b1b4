import type { ApplyAnswer, EvidenceSource, ClusterObjects, ImageRegistry, Locks, RecordStore, Rights, TargetPorts } from '@slipway/delivery'
import { ApiError, openRecords, takeLease, type Cluster, type Holder, type Right, type Sightings } from '@slipway/kubernetes'
import { workloadMarks, type JsonObject, type SyncedObject } from '@slipway/release'
import { objectAt, textAt, withAt } from '@slipway/rollout'
import { Failed } from '@slipway/report'
import { deploymentKind, deploymentReads } from './deployment-reads.ts'
import { evidenceSource } from './evidence-source.ts'
import { guarded } from './guarded.ts'
import { openObserver } from './observer.ts'
import type { Clock } from '@slipway/wire'

/** A signed-in cluster, and the run that uses it. */
export interface ClusterUse {
  /** How the cluster is called in messages. */
  readonly name: string
  readonly cluster: Cluster
  readonly images: ImageRegistry
  readonly namespace: string
  readonly recordNamespace: string
  /** The run: its identity is unique to this attempt. */
  readonly holder: Holder
  readonly clock: Clock
  readonly lockPatienceMs: number
}

/** What delivery needs of a target, from its cluster. */
export function clusterPorts(use: ClusterUse): TargetPorts {
  const told = <Port extends object>(port: Port): Port => guarded(port, use.name)
  return told({
    objects: told(objects(use)) satisfies ClusterObjects,
    records: told(openRecords(use.cluster, use.recordNamespace, use.namespace, use.holder.identity)) satisfies RecordStore,
    locks: told(locks(use)) satisfies Locks,
    images: use.images,
    rights: told(rights(use)) satisfies Rights,
    evidence: evidenceSource(use.cluster, use.namespace) satisfies EvidenceSource,
    observe: async () => told(await openObserver(use)),
  })
}

function objects({ cluster, namespace }: ClusterUse): ClusterObjects {
  const deployment = deploymentReads(cluster, namespace)
  return {
    get: ({ apiVersion, kind, name }) => (apiVersion === deploymentKind.apiVersion && kind === deploymentKind.kind ? deployment(name) : cluster.get({ apiVersion, kind, name, namespace })),
    apply: (object, options) => answered(() => cluster.apply(withAt(object, ['metadata', 'namespace'], () => namespace), options)),
    amend: ({ apiVersion, kind, name }, metadata, options) => answered(() => cluster.mergeMetadata({ apiVersion, kind, name, namespace }, metadata, options)),
    async remove({ apiVersion, kind, name }, state) {
      try {
        await cluster.remove({ apiVersion, kind, name, namespace }, state)
        return 'removed'
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        return error.isStale ? 'stale' : 'refused'
      }
    },
    async names(kind) {
      const { items } = await cluster.list({ apiVersion: 'v1', kind, namespace }, { metadataOnly: true })
      return new Set(items.flatMap((item) => textAt(item, 'metadata', 'name') ?? []))
    },
    async running() {
      const { items } = await cluster.list({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, labelSelector: workloadMarks.serviceLabel }, { metadataOnly: true })
      const running = new Map<string, number>()
      for (const item of items) {
        const service = textAt(item, 'metadata', 'labels', workloadMarks.serviceLabel) ?? ''
        const sequence = Number(textAt(item, 'metadata', 'annotations', workloadMarks.sequenceAnnotation) ?? 'none')
        if (Number.isSafeInteger(sequence) && sequence > (running.get(service) ?? -1)) running.set(service, sequence)
      }
      return running
    },
    keysOf: (kind, name) => keysOf(cluster, namespace, kind, name),
  }
}

/** What a server said to a write of an object. */
async function answered(write: () => Promise<JsonObject>): Promise<ApplyAnswer> {
  try {
    return { kind: 'applied', object: await write() }
  } catch (error) {
    if (error instanceof Failed && error.failures[0].code === 'cluster-refused') return { kind: 'refused', why: error.failures[0].what }
    if (!(error instanceof ApiError)) throw error
    if (error.isStale) return { kind: 'stale' }
    if (error.isOwned) return { kind: 'owned', owners: error.owners }
    if (error.isUntypable || (error.status >= 400 && error.status < 500 && error.status !== 429)) return { kind: 'refused', why: error.message }
    throw error
  }
}

async function keysOf(cluster: Cluster, namespace: string, kind: SyncedObject['kind'], name: string): Promise<readonly string[] | 'absent' | 'unreadable'> {
  try {
    const live = await cluster.get({ apiVersion: 'v1', kind, namespace, name })
    return live === undefined ? 'absent' : ['data', 'binaryData'].flatMap((part) => Object.keys(objectAt(live, part) ?? {}))
  } catch (error) {
    if (error instanceof ApiError) return 'unreadable'
    throw error
  }
}

function locks(use: ClusterUse): Locks {
  const { cluster, clock, namespace, recordNamespace, holder, lockPatienceMs } = use
  const sightings: Sightings = new Map()
  return {
    async take(service, { isImpatient = false, ...wish }) {
      const patienceMs = isImpatient ? 0 : lockPatienceMs
      const lease = await takeLease({ ...wish, cluster, clock, sightings, namespace: recordNamespace, name: `${namespace}.${service}`, holder, patienceMs })
      return guarded(lease, use.name)
    },
  }
}

function rights({ cluster, namespace, recordNamespace }: ClusterUse): Rights {
  const inNamespace = (group: string, resource: string, verbs: readonly string[], where = namespace): Right[] =>
    verbs.map((verb) => ({ verb, group, resource, namespace: where }))
  const always = [
    ...inNamespace('apps', 'deployments', ['list', 'watch']),
    ...inNamespace('apps', 'replicasets', ['list', 'watch']),
    ...inNamespace('', 'pods', ['list', 'watch']),
    ...inNamespace('', 'events', ['list', 'watch']),
    ...inNamespace('coordination.k8s.io', 'leases', ['get', 'create', 'update'], recordNamespace),
    ...inNamespace('', 'configmaps', ['get', 'list', 'create', 'patch'], recordNamespace),
  ]
  const asked = new Map<string, Promise<boolean>>()
  const canI = (wanted: readonly Right[]): Promise<boolean[]> => {
    const key = (right: Right): string => JSON.stringify(right)
    const more = wanted.filter((right) => !asked.has(key(right)))
    const answers = cluster.canI(more)
    for (const [index, right] of more.entries()) {
      const answer = answers.then((all) => all[index] === true)
      // Told where it is waited for; asked for again by whoever comes later.
      answer.catch(() => asked.delete(key(right)))
      asked.set(key(right), answer)
    }
    return Promise.all(wanted.flatMap((right) => asked.get(key(right)) ?? []))
  }
  return {
    ahead() {
      canI(always).catch(() => undefined)
    },
    async missing(kinds) {
      const written = await Promise.all(kinds.map((kind) => cluster.resource(kind)))
      const needed = [...written.flatMap(({ group, resource }) => inNamespace(group, resource, ['get', 'create', 'patch'])), ...always]
      const answers = await canI(needed)
      // What was asked ahead serves once: a later wave asks anew, hours may have passed.
      asked.clear()
      return needed.flatMap((right, index) => (answers[index] === true ? [] : [{ right: `${right.verb} ${right.resource}`, namespace: right.namespace }]))
    },
    async namespace(name) {
      try {
        return (await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name })) === undefined ? 'absent' : 'there'
      } catch (error) {
        // Who may see a namespace by a Role that is in it gets this answer, too, where there is none.
        if (error instanceof ApiError && error.status === 403) return 'hidden'
        throw error
      }
    },
  }
}
