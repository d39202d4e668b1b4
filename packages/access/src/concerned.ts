import type { JsonObject } from '@slipway/release'
import { listAt, textAt } from '@slipway/rollout'

/** What is seen at a moment, by uid. */
export interface Seen {
  readonly deployments: ReadonlyMap<string, JsonObject>
  readonly replicaSets: ReadonlyMap<string, JsonObject>
  readonly pods: ReadonlyMap<string, JsonObject>
}

// What comes before its owner concerns nobody yet: the owner that comes later does, and brings it along.

/** The Deployments that a state of an Event concerns: it is about one of them, or about something that they own. */
export function byEvent(event: JsonObject, seen: Seen): readonly string[] {
  const uid = textAt(event, 'involvedObject', 'uid') ?? ''
  const [replicaSet, pod] = [seen.replicaSets.get(uid), seen.pods.get(uid)]
  if (pod !== undefined) return byPod(pod, seen)
  return replicaSet === undefined ? named(seen.deployments.get(uid)) : byReplicaSet(replicaSet, seen)
}

/** The Deployments that a state of a pod concerns. */
export function byPod(pod: JsonObject, seen: Seen): readonly string[] {
  return ownersOf(pod).flatMap((uid) => {
    const replicaSet = seen.replicaSets.get(uid)
    return replicaSet === undefined ? [] : byReplicaSet(replicaSet, seen)
  })
}

/** The Deployments that a state of a ReplicaSet concerns. */
export function byReplicaSet(replicaSet: JsonObject, { deployments }: Seen): readonly string[] {
  return ownersOf(replicaSet).flatMap((uid) => named(deployments.get(uid)))
}

/** The uids of an object's owners, each once. */
export function ownersOf(object: JsonObject): readonly string[] {
  return [...new Set(listAt(object, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid') ?? ''))]
}

/** A Deployment's name, where it is there. */
export function named(deployment: JsonObject | undefined): readonly string[] {
  return deployment === undefined ? [] : [textAt(deployment, 'metadata', 'name') ?? '']
}
