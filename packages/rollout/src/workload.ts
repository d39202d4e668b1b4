import { isJsonObject, sameJson, type Json, type JsonObject } from '@slipway/release'
import { listAt, numberAt, objectAt, textAt, withAt } from './objects.ts'

/** What a watch has shown of one Deployment: the newest state of each object. */
export interface Observation {
  readonly deployment: JsonObject | undefined
  readonly replicaSets: readonly JsonObject[]
  readonly pods: readonly JsonObject[]
}

/** The server's answer to the write that is followed. */
export interface Applied {
  readonly uid: string
  readonly generation: number
  readonly template: JsonObject
  /** `lastUpdateTime` of the Progressing condition in the answer: what still stands there is older than the write. */
  readonly progressBefore: string | undefined
}

/** Reads the answer to an apply; undefined where it is no Deployment as a server sends it. */
export function appliedFrom(answer: JsonObject): Applied | undefined {
  const uid = textAt(answer, 'metadata', 'uid')
  const generation = numberAt(answer, 'metadata', 'generation')
  const template = objectAt(answer, 'spec', 'template')
  if (uid === undefined || generation === undefined || template === undefined) return undefined
  const progress = condition(answer, 'Progressing')
  return { uid, generation, template, progressBefore: textAt(progress, 'lastUpdateTime') }
}

export function condition(object: JsonObject, type: string): JsonObject | undefined {
  return listAt(object, 'status', 'conditions').filter(isJsonObject).find((entry) => entry['type'] === type)
}

/** Whether two pod templates are the same, apart from the hash that the Deployment controller adds. */
export function sameTemplate(a: Json | undefined, b: Json | undefined): boolean {
  return sameJson(withoutHash(a), withoutHash(b))
}

/** The ReplicaSet of the written template, once the controller has made it. */
export function newReplicaSet(observed: Observation, applied: Applied): JsonObject | undefined {
  return observed.replicaSets.find(
    (replicaSet) => isOwnedBy(replicaSet, applied.uid) && sameTemplate(objectAt(replicaSet, 'spec', 'template'), applied.template),
  )
}

/** The pods of the written template that count: not those being deleted, nor those that a node put out. */
export function newPods(observed: Observation, applied: Applied): JsonObject[] {
  const owner = textAt(newReplicaSet(observed, applied), 'metadata', 'uid')
  if (owner === undefined) return []
  return observed.pods.filter(
    (pod) => isOwnedBy(pod, owner) && textAt(pod, 'metadata', 'deletionTimestamp') === undefined && !wasPutOut(pod),
  )
}

/** Restarts of all containers of the pods. */
export function restarts(pods: readonly JsonObject[]): number {
  return pods.flatMap(containerStatuses).reduce((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0)
}

/** The statuses of a pod's containers, init containers first. */
export function containerStatuses(pod: JsonObject): JsonObject[] {
  return [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')].filter(isJsonObject)
}

function withoutHash(template: Json | undefined): Json {
  if (!isJsonObject(template)) return null
  const bare = withAt(template, ['metadata', 'labels', 'pod-template-hash'], () => undefined)
  // A server writes `creationTimestamp: null` into templates; newer ones leave it out.
  return withAt(bare, ['metadata', 'creationTimestamp'], () => undefined)
}

function isOwnedBy(object: JsonObject, uid: string): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid)
}

function wasPutOut(pod: JsonObject): boolean {
  const reason = textAt(pod, 'status', 'reason')
  return textAt(pod, 'status', 'phase') === 'Failed' && ['Evicted', 'Preempting', 'NodeShutdown', 'Terminated', 'NodeLost'].includes(reason ?? '')
}
