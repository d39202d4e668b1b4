import type { Observer } from '@slipway/delivery'
import { watch, type Cluster } from '@slipway/kubernetes'
import type { JsonObject } from '@slipway/release'
import { listAt, textAt, type Fresh } from '@slipway/rollout'
import type { Clock } from '@slipway/wire'

interface Place {
  readonly cluster: Cluster
  readonly namespace: string
  readonly clock: Clock
}

/** Four watches over the namespace, however many services are followed. */
export async function openObserver({ cluster, namespace, clock }: Place): Promise<Observer> {
  const closed = new AbortController()
  let changed = Promise.withResolvers<undefined>()
  let broken: Error | undefined
  let owned: Owned | undefined
  let waking: NodeJS.Immediate | undefined
  const wake = (): void => {
    owned = undefined
    // What comes together is looked at once: each look is one by every service that is followed.
    waking ??= setImmediate(() => {
      waking = undefined
      changed.resolve(undefined)
      changed = Promise.withResolvers()
    })
  }
  const options = { clock, signal: closed.signal, onChange: wake }
  const [deployments, replicaSets, pods, events] = await Promise.all([
    watch(cluster, { apiVersion: 'apps/v1', kind: 'Deployment', namespace }, options),
    watch(cluster, { apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace }, options),
    watch(cluster, { apiVersion: 'v1', kind: 'Pod', namespace }, options),
    watch(cluster, { apiVersion: 'v1', kind: 'Event', namespace }, options),
  ])
  const listed = shared(async () => {
    const [sets, pods] = await Promise.all([cluster.list({ apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace }), cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })])
    return { sets: sets.items, pods: pods.items }
  })
  const ended = Promise.allSettled(
    [deployments, replicaSets, pods, events].map(({ ended }) =>
      ended.catch((error: unknown) => {
        broken = error instanceof Error ? error : new Error('a watch ended', { cause: error })
        wake()
      }),
    ),
  )
  return {
    observe(name) {
      if (broken !== undefined) throw broken
      owned ??= ownedIn(deployments.objects.values(), replicaSets.objects.values(), pods.objects.values(), events.objects.values())
      return { ...ofDeployment(name, owned), events: owned.events }
    },
    async fresh(name) {
      const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name }
      const [deployment, { sets, pods }] = await Promise.all([cluster.get(ref), listed()])
      return ofDeployment(name, ownedIn(deployment === undefined ? [] : [deployment], sets, pods))
    },
    change: () => changed.promise,
    async close() {
      closed.abort()
      await ended
    },
  }
}

/** What is read anew for everyone who asks, and once for all who ask while an earlier read is under way. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined
  let next: Promise<T> | undefined
  const begin = (): Promise<T> => {
    const begun = read().finally(() => {
      if (underWay === begun) underWay = undefined
    })
    underWay = begun
    return begun
  }
  const begunNext = (): Promise<T> => {
    next = undefined
    return begin()
  }
  return () => {
    if (underWay === undefined) return begin()
    next ??= underWay.then(begunNext, begunNext)
    return next
  }
}

/** The objects of a namespace, found by what they belong to. */
interface Owned {
  readonly deployments: ReadonlyMap<string, JsonObject>
  /** By the owner's uid. */
  readonly replicaSets: ReadonlyMap<string, readonly JsonObject[]>
  readonly pods: ReadonlyMap<string, readonly JsonObject[]>
  readonly events: readonly JsonObject[]
}

function ownedIn(deployments: Iterable<JsonObject>, replicaSets: Iterable<JsonObject>, pods: Iterable<JsonObject>, events: Iterable<JsonObject> = []): Owned {
  return {
    deployments: new Map([...deployments].map((object) => [textAt(object, 'metadata', 'name') ?? '', object])),
    replicaSets: byOwner(replicaSets),
    pods: byOwner(pods),
    events: [...events],
  }
}

function byOwner(all: Iterable<JsonObject>): Map<string, JsonObject[]> {
  const owned = new Map<string, JsonObject[]>()
  for (const object of all) {
    for (const uid of new Set(listAt(object, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid') ?? ''))) {
      const siblings = owned.get(uid)
      if (siblings) siblings.push(object)
      else owned.set(uid, [object])
    }
  }
  return owned
}

/** A Deployment, and what it owns. */
function ofDeployment(name: string, { deployments, replicaSets, pods }: Owned): Fresh {
  const deployment = deployments.get(name)
  const sets = replicaSets.get(textAt(deployment, 'metadata', 'uid') ?? '') ?? []
  return { deployment, replicaSets: sets, pods: sets.flatMap((set) => pods.get(textAt(set, 'metadata', 'uid') ?? '') ?? []) }
}
