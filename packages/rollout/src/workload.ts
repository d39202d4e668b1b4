import { isJsonObject, sameJson, type Json, type JsonObject } from '@slipway/release'
import type { Answer } from './asks.ts'
import { listAt, numberAt, objectAt, textAt, withAt } from './objects.ts'

/** What is known of one Deployment: the newest state of each object, as watches have shown it. */
export interface Observation {
  readonly deployment: JsonObject | undefined
  /** Every ReplicaSet of the Deployment, old ones included. */
  readonly replicaSets: readonly JsonObject[]
  /** Every pod of those ReplicaSets, ending ones included: old pods hold quota until they are gone. */
  readonly pods: readonly JsonObject[]
  /** The core/v1 Events about these, but for `unreadReasons`; those of other objects are passed over. */
  readonly events: readonly JsonObject[]
  /** What our own GETs found when a judgement asked for them, by the ask's `id`; the newest answer of each. */
  readonly answers: ReadonlyMap<string, Answer>
}

/** The server's answer to the write that is followed. */
export interface Applied {
  readonly uid: string
  readonly generation: number
  readonly template: JsonObject
  /** `lastUpdateTime` of the Progressing condition in the answer: what still stands there is older than the write. */
  readonly progressBefore: string | undefined
  /** When the server last took an apply that changed something, by its own clock (RFC 3339); undefined where it does not say. */
  readonly writtenAt: string | undefined
}

/** Reads the answer to an apply; undefined where it is no Deployment as a server sends it. */
export function appliedFrom(answer: JsonObject): Applied | undefined {
  const uid = textAt(answer, 'metadata', 'uid')
  const generation = numberAt(answer, 'metadata', 'generation')
  const template = objectAt(answer, 'spec', 'template')
  if (uid === undefined || generation === undefined || template === undefined) return undefined
  const progress = condition(answer, 'Progressing')
  return { uid, generation, template, progressBefore: textAt(progress, 'lastUpdateTime'), writtenAt: lastApply(answer) }
}

export function condition(object: JsonObject, type: string): JsonObject | undefined {
  return listAt(object, 'status', 'conditions').filter(isJsonObject).find((entry) => entry['type'] === type)
}

/** Whether two pod templates are the same, apart from the hash that the Deployment controller adds. */
export function sameTemplate(a: Json | undefined, b: Json | undefined): boolean {
  return sameJson(withoutHash(a), withoutHash(b))
}

/** The ReplicaSet of the written template, once the controller has made it. */
export function newReplicaSet(observed: Pick<Observation, 'replicaSets'>, applied: Applied): JsonObject | undefined {
  return observed.replicaSets.find(
    (replicaSet) => isOwnedBy(replicaSet, applied.uid) && sameTemplate(objectAt(replicaSet, 'spec', 'template'), applied.template),
  )
}

/** The pods of a ReplicaSet that count: not those being deleted, nor those that a node put out. */
export function podsOf(replicaSet: JsonObject | undefined, pods: readonly JsonObject[]): JsonObject[] {
  const owner = textAt(replicaSet, 'metadata', 'uid')
  return owner === undefined ? [] : pods.filter((pod) => isOwnedBy(pod, owner) && !isEnding(pod) && !wasPutOut(pod))
}

/** Whether a pod failed as a whole. Pods of a Deployment always restart, so only a node does that: eviction, preemption, shutdown. */
export function wasPutOut(pod: JsonObject): boolean {
  return textAt(pod, 'status', 'phase') === 'Failed'
}

export function isEnding(object: JsonObject): boolean {
  return textAt(object, 'metadata', 'deletionTimestamp') !== undefined
}

export function isOwnedBy(object: JsonObject, uid: string): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid)
}

/** Whether an object was there before the write: what happened to it then is not this rollout's. */
export function isOlder(object: JsonObject, applied: Applied): boolean {
  const made = textAt(object, 'metadata', 'creationTimestamp')
  return made !== undefined && applied.writtenAt !== undefined && toSeconds(made) < toSeconds(applied.writtenAt)
}

/** Cuts an RFC 3339 time to what all of Kubernetes' times have, so that they compare as text. */
export function toSeconds(time: string): string {
  return time.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)
}

function lastApply(answer: JsonObject): string | undefined {
  return listAt(answer, 'metadata', 'managedFields')
    .filter((entry) => textAt(entry, 'operation') === 'Apply' && textAt(entry, 'subresource') === undefined)
    .flatMap((entry) => textAt(entry, 'time') ?? [])
    .sort()
    .at(-1)
}

function withoutHash(template: Json | undefined): Json {
  if (!isJsonObject(template)) return null
  const bare = withAt(template, ['metadata', 'labels', 'pod-template-hash'], () => undefined)
  // A server writes `creationTimestamp: null` into templates; newer ones leave it out.
  return withAt(bare, ['metadata', 'creationTimestamp'], () => undefined)
}
