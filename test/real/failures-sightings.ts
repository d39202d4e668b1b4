import * as v from 'valibot'
import { namespace, type Standing } from './bed/up-down.ts'
import { watch } from './watched.ts'

/** A state of an object, and when it was seen from outside, in milliseconds. */
export interface Sighting {
  readonly atMs: number
  readonly seen: Seen
}

export type Seen = v.InferOutput<typeof seenSchema>
export type Pod = Extract<Seen, { kind: 'Pod' }>

/** All that was seen of the bed's services on the real node. */
export interface Sightings {
  /** What is about a service: its Deployment, its pods, and the Events of those and of its ReplicaSets. The oldest first. */
  of(service: string): Sighting[]
  /** Waits until a sighting of a service is like this. */
  until(service: string, isSo: (seen: Seen) => boolean): Promise<void>
  /** @throws Error where something was missed. */
  close(): void
}

const stateSchema = v.object({
  waiting: v.optional(v.object({ reason: v.optional(v.string(), ''), message: v.optional(v.string(), '') })),
  running: v.optional(v.looseObject({})),
  terminated: v.optional(v.object({ exitCode: v.number(), reason: v.optional(v.string(), '') })),
})
const containerSchema = v.object({ name: v.string(), restartCount: v.number(), state: v.optional(stateSchema, {}), lastState: v.optional(stateSchema, {}) })
const metadataSchema = v.object({ name: v.string(), uid: v.string(), labels: v.optional(v.record(v.string(), v.string()), {}) })
const seenSchema = v.variant('kind', [
  v.object({
    kind: v.literal('Pod'),
    metadata: metadataSchema,
    status: v.object({ initContainerStatuses: v.optional(v.array(containerSchema), []), containerStatuses: v.optional(v.array(containerSchema), []) }),
  }),
  v.object({ kind: v.literal('ReplicaSet'), metadata: metadataSchema }),
  v.object({
    kind: v.literal('Deployment'),
    metadata: v.object({ ...metadataSchema.entries, generation: v.number() }),
    spec: v.object({ replicas: v.number() }),
    status: v.object({
      observedGeneration: v.optional(v.number(), 0),
      replicas: v.optional(v.number(), 0),
      updatedReplicas: v.optional(v.number(), 0),
      availableReplicas: v.optional(v.number(), 0),
      conditions: v.optional(v.array(v.object({ type: v.string(), status: v.string(), reason: v.optional(v.string(), '') })), []),
    }),
  }),
  v.object({ kind: v.literal('Event'), involvedObject: v.object({ uid: v.optional(v.string(), '') }), reason: v.optional(v.string(), ''), message: v.optional(v.string(), '') }),
])

/** Follows the namespace of the services as an administrator. */
export async function openSightings(cluster: Standing['clusters']['eu']): Promise<Sightings> {
  const all: Sighting[] = []
  const waiting = new Set<() => void>()
  const told = (_: string, object: unknown): void => {
    all.push({ atMs: performance.now(), seen: v.parse(seenSchema, object) })
    for (const look of waiting) look()
  }
  const paths = ['/api/v1', '/apis/apps/v1'].flatMap((group) => (group === '/api/v1' ? ['pods', 'events'] : ['deployments', 'replicasets']).map((kind) => `${group}/namespaces/${namespace}/${kind}`))
  const watches = await Promise.all(paths.map((path) => watch(cluster, path, told)))
  const sightings: Sightings = {
    of(service) {
      const uids = new Set(all.flatMap(({ seen }) => (seen.kind !== 'Event' && serviceOf(seen) === service ? [seen.metadata.uid] : [])))
      return all.filter(({ seen }) => uids.has(seen.kind === 'Event' ? seen.involvedObject.uid : seen.metadata.uid))
    },
    until: (service, isSo) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!sightings.of(service).some(({ seen }) => isSo(seen))) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close() {
      for (const one of watches) one.close()
    },
  }
  return sightings
}

/** Its pods and ReplicaSets bear its name as the label `app`. */
function serviceOf({ kind, metadata }: Exclude<Seen, { kind: 'Event' }>): string | undefined {
  return kind === 'Deployment' ? metadata.name : metadata.labels['app']
}
