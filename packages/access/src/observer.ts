import type { Observer } from '@slipway/delivery'
import { watch, type Cluster, type Watched } from '@slipway/kubernetes'
import type { JsonObject } from '@slipway/release'
import { textAt, unreadReasons, type Fresh } from '@slipway/rollout'
import type { Clock } from '@slipway/wire'
import { openChanges } from './changes.ts'
import { byEvent, byPod, byReplicaSet, named, ownersOf, type Seen } from './concerned.ts'
import { grouped, type Grouped } from './grouped.ts'
import { labelSelectorOf } from './label-selector.ts'

interface Place {
  readonly cluster: Cluster
  readonly namespace: string
  readonly clock: Clock
}

/** What only says that the controllers do their work, the server need not send. */
const tellingEvents = unreadReasons.map((reason) => `reason!=${reason}`).join(',')

/** Four watches over the namespace, however many services are followed. */
export async function openObserver({ cluster, namespace, clock }: Place): Promise<Observer> {
  const closed = new AbortController()
  const changes = openChanges()
  let broken: Error | undefined
  // Nobody follows before all is seen.
  let seen: Seen | undefined = undefined
  const watching = async (apiVersion: string, kind: string, keysOf: (object: JsonObject) => readonly string[], concerned: (state: JsonObject, seen: Seen) => readonly string[], fieldSelector?: string): Promise<Kept> => {
    // Nothing changes before the first list is there.
    let kept: Grouped | undefined = undefined
    const onChange = (states: readonly JsonObject[]): void => {
      kept?.note(states)
      for (const state of states) if (seen !== undefined) changes.tell(concerned(state, seen))
    }
    const watched = await watch(cluster, { apiVersion, kind, namespace, ...(fieldSelector === undefined ? {} : { fieldSelector }) }, { clock, signal: closed.signal, onChange })
    kept = grouped(watched.objects, keysOf)
    return { ...watched, of: kept.of }
  }
  const opening = [
    watching('apps/v1', 'Deployment', named, named),
    watching('apps/v1', 'ReplicaSet', ownersOf, byReplicaSet),
    watching('v1', 'Pod', ownersOf, byPod),
    watching('v1', 'Event', aboutWhat, byEvent, tellingEvents),
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
      const own = withOwned(deployments.of(name).at(-1), replicaSets.of, pods.of)
      return { ...own, events: [own.deployment ?? {}, ...own.replicaSets, ...own.pods].flatMap((object) => events.of(uidOf(object))) }
    },
    async fresh(name, which = 'all') {
      // A Deployment's selector never changes: what it owns is read, and not what else is in the namespace.
      const labelSelector = labelSelectorOf(deployments.of(name).at(-1))
      const listed = async (apiVersion: string, kind: string): Promise<readonly JsonObject[]> =>
        (await cluster.list({ apiVersion, kind, namespace, ...(labelSelector === undefined ? {} : { labelSelector }) })).items
      const sets = async (): Promise<Grouped['of']> => owned(await listed('apps/v1', 'ReplicaSet'))
      const [deployment, ownPods, ownSets] = await Promise.all([
        cluster.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name }),
        listed('v1', 'Pod'),
        which === 'all' ? sets() : undefined,
      ])
      const areSeen = ownPods.every((pod) => ownersOf(pod).every((uid) => replicaSets.objects.has(uid)))
      return withOwned(deployment, ownSets ?? (areSeen ? replicaSets.of : await sets()), owned(ownPods))
    },
    change: (name) => changes.next(name),
    async close() {
      closed.abort()
      await ended
    },
  }
}

/** All objects of a kind, and how they are found. */
interface Kept extends Watched, Pick<Grouped, 'of'> {}

/** A Deployment, and what it owns, by the uid of the owner. */
function withOwned(deployment: JsonObject | undefined, replicaSetsOf: Grouped['of'], podsOf: Grouped['of']): Fresh {
  const replicaSets = replicaSetsOf(uidOf(deployment))
  return { deployment, replicaSets, pods: replicaSets.flatMap((set) => podsOf(uidOf(set))) }
}

function owned(items: readonly JsonObject[]): Grouped['of'] {
  return grouped(new Map(items.map((item) => [uidOf(item), item])), ownersOf).of
}

function uidOf(object: JsonObject | undefined): string {
  return textAt(object, 'metadata', 'uid') ?? ''
}

function aboutWhat(event: JsonObject): readonly string[] {
  return [textAt(event, 'involvedObject', 'uid') ?? '']
}
