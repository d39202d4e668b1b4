import type { Observer } from '@slipway/delivery'
import { watch, type Cluster, type Watched } from '@slipway/kubernetes'
import type { JsonObject } from '@slipway/release'
import { textAt, type Fresh } from '@slipway/rollout'
import type { Clock } from '@slipway/wire'
import { openChanges } from './changes.ts'
import { byEvent, byPod, byReplicaSet, named, ownersOf, type Seen } from './concerned.ts'
import { labelSelectorOf } from './label-selector.ts'

interface Place {
  readonly cluster: Cluster
  readonly namespace: string
  readonly clock: Clock
}

/** Four watches over the namespace, however many services are followed. */
export async function openObserver({ cluster, namespace, clock }: Place): Promise<Observer> {
  const closed = new AbortController()
  const changes = openChanges()
  let broken: Error | undefined
  // Nobody follows before all is seen.
  let seen: Seen | undefined = undefined
  const watching = async <T>(apiVersion: string, kind: string, index: (all: Iterable<JsonObject>) => T, concerned: (state: JsonObject, seen: Seen) => readonly string[]): Promise<Kept<T>> => {
    let known: T | undefined
    const onChange = (states: readonly JsonObject[]): void => {
      known = undefined
      for (const state of states) if (seen !== undefined) changes.tell(concerned(state, seen))
    }
    const watched = await watch(cluster, { apiVersion, kind, namespace }, { clock, signal: closed.signal, onChange })
    return { ...watched, index: () => (known ??= index(watched.objects.values())) }
  }
  const opening = [
    watching('apps/v1', 'Deployment', byName, named),
    watching('apps/v1', 'ReplicaSet', byOwner, byReplicaSet),
    watching('v1', 'Pod', byOwner, byPod),
    watching('v1', 'Event', (all) => [...all], byEvent),
  ] as const
  const [deployments, replicaSets, pods, events] = await Promise.all(opening).catch((error: unknown) => {
    // Where one could not be opened, the others are for nobody.
    closed.abort()
    for (const one of opening) one.then(({ ended }) => ended).catch(() => undefined)
    throw error
  })
  seen = { deployments: deployments.objects, replicaSets: replicaSets.objects, pods: pods.objects }
  const ended = Promise.allSettled(
    [deployments, replicaSets, pods, events].map(({ ended }) =>
      ended.catch((error: unknown) => {
        broken = error instanceof Error ? error : new Error('a watch ended', { cause: error })
        changes.tellAll()
      }),
    ),
  )
  return {
    observe(name) {
      if (broken !== undefined) throw broken
      const owned = { replicaSets: replicaSets.index(), pods: pods.index() }
      return { ...withOwned(deployments.index().get(name), owned), events: events.index() }
    },
    async fresh(name) {
      // A Deployment's selector never changes: what it owns is read, and not what else is in the namespace.
      const labelSelector = labelSelectorOf(deployments.index().get(name))
      const owned = async (apiVersion: string, kind: string) => byOwner((await cluster.list({ apiVersion, kind, namespace, ...(labelSelector === undefined ? {} : { labelSelector }) })).items)
      const [deployment, replicaSets, pods] = await Promise.all([cluster.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name }), owned('apps/v1', 'ReplicaSet'), owned('v1', 'Pod')])
      return withOwned(deployment, { replicaSets, pods })
    },
    change: (name) => changes.next(name),
    async close() {
      closed.abort()
      await ended
    },
  }
}

/** All objects of a kind, and how they are found. */
interface Kept<T> extends Watched {
  /** Made anew at the first look after a change. */
  index(): T
}

/** The objects of a namespace, by the uid of each owner. */
interface Owned {
  readonly replicaSets: ReadonlyMap<string, readonly JsonObject[]>
  readonly pods: ReadonlyMap<string, readonly JsonObject[]>
}

function byName(deployments: Iterable<JsonObject>): Map<string, JsonObject> {
  return new Map([...deployments].map((deployment) => [textAt(deployment, 'metadata', 'name') ?? '', deployment]))
}

function byOwner(all: Iterable<JsonObject>): Map<string, JsonObject[]> {
  const owned = new Map<string, JsonObject[]>()
  for (const object of all) {
    for (const uid of ownersOf(object)) {
      const siblings = owned.get(uid)
      if (siblings) siblings.push(object)
      else owned.set(uid, [object])
    }
  }
  return owned
}

/** A Deployment, and what it owns. */
function withOwned(deployment: JsonObject | undefined, { replicaSets, pods }: Owned): Fresh {
  const sets = replicaSets.get(textAt(deployment, 'metadata', 'uid') ?? '') ?? []
  return { deployment, replicaSets: sets, pods: sets.flatMap((set) => pods.get(textAt(set, 'metadata', 'uid') ?? '') ?? []) }
}
