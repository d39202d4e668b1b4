import { isJson, listOf, type Json } from '../json.ts'
import { at, numberAt, seconds, type Resource } from './resource.ts'

/** A condition of a Deployment, without its times. */
export interface Condition {
  readonly type: 'Available' | 'Progressing' | 'ReplicaFailure'
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
}

export function conditionsOf(deployment: Resource): Json[] {
  return listOf(at(deployment, 'status', 'conditions')).filter(isJson)
}

/** The conditions with this one as the last; where nothing is new it stays as it was, unless it is to be told afresh. */
export function withCondition(conditions: readonly Json[], condition: Condition, isAfresh = false): Json[] {
  const before = conditions.find(({ type }) => type === condition.type)
  if (before && !isAfresh && before['status'] === condition.status && before['reason'] === condition.reason) return [...conditions]
  const lastTransitionTime = before?.['status'] === condition.status ? before['lastTransitionTime'] : seconds()
  const { type, status, reason, message } = condition
  return [...conditions.filter((one) => one !== before), { type, status, lastUpdateTime: seconds(), lastTransitionTime, reason, message }]
}

export function available(isAvailable: boolean): Condition {
  return isAvailable
    ? { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
    : { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.' }
}

/** What there is to say about the rollout now: complete, a step further, out of time; or nothing new. */
export function progressed(deployment: Resource, status: Json, replicaSet: string | undefined, isLate: boolean): { condition: Condition; isProgress: boolean } | undefined {
  const present = conditionsOf(deployment).find(({ type }) => type === 'Progressing')
  if (at(deployment, 'spec', 'paused') === true) return { condition: { type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' }, isProgress: false }
  const named = replicaSet === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${replicaSet}"`
  const wanted = numberAt(deployment, 'spec', 'replicas')
  const now = (field: string): number => numberAt(status, field)
  const before = (field: string): number => numberAt(deployment, 'status', field)
  // A rollout that was complete stays so, whatever its pods do later.
  if (present?.['reason'] === 'NewReplicaSetAvailable' && now('replicas') === now('updatedReplicas')) return undefined
  if (replicaSet !== undefined && now('updatedReplicas') === wanted && now('replicas') === wanted && now('availableReplicas') === wanted)
    return { condition: { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message: `${named} has successfully progressed.` }, isProgress: true }
  const isFurther =
    now('updatedReplicas') > before('updatedReplicas') ||
    now('replicas') - now('updatedReplicas') < before('replicas') - before('updatedReplicas') ||
    now('readyReplicas') > before('readyReplicas') ||
    now('availableReplicas') > before('availableReplicas')
  if (isFurther) return { condition: { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message: `${named} is progressing.` }, isProgress: true }
  if (isLate) return { condition: { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: `${named} has timed out progressing.` }, isProgress: false }
  return undefined
}
