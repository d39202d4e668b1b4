import { listOf, objectOf } from '../json.ts'
import { byController, control, controlled, controlledBy, isActive, record, type Cluster } from './cluster.ts'
import type { Condition } from './deployment-conditions.ts'
import type { Deletions } from './deletions.ts'
import { kindNamed } from './kinds.ts'
import { at, isResource, numberAt, seconds, type Resource } from './resource.ts'
import { Refusal } from './status.ts'

const REPLICA_SET = kindNamed('ReplicaSet')
const POD = kindNamed('Pod')
const COMPONENT = 'replicaset-controller'
const LONGEST_BACK_OFF_MS = 1_000_000

/** Keeps as many pods as each ReplicaSet wants. */
export function startReplicaSets(cluster: Cluster, deletions: Deletions): void {
  /** How often in a row each ReplicaSet was refused a pod: it tries again later and later. */
  const refusals = new Map<string, number>()
  const again = control(cluster, REPLICA_SET, (replicaSet) => {
    const { uid } = replicaSet.metadata
    const pods = controlled(cluster, POD, replicaSet)
    const active = pods.filter(isActive)
    const wanted = numberAt(replicaSet, 'spec', 'replicas')
    let refusal: string | undefined
    for (let missing = wanted - active.length; missing > 0 && refusal === undefined; missing -= 1) refusal = createPod(cluster, replicaSet)
    if (refusal === undefined) refusals.delete(uid)
    else {
      const before = refusals.get(uid) ?? 0
      refusals.set(uid, before + 1)
      cluster.scheduler.after(Math.min(5 * 2 ** before, LONGEST_BACK_OFF_MS), () => {
        again(replicaSet)
      })
    }
    for (const pod of [...active].sort(firstToGo).slice(0, Math.max(0, active.length - wanted))) {
      deletions.delete(POD, pod.metadata.namespace, pod.metadata.name, { uid: pod.metadata.uid, resourceVersion: undefined, propagation: undefined, gracePeriodSeconds: undefined, dryRun: false })
      record(cluster, { about: replicaSet, type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}`, component: COMPONENT })
    }
    tellStatus(cluster, replicaSet, again, refusal)
  })
}

/** Creates one pod from the template of its owner; answers why not where that is refused. */
function createPod(cluster: Cluster, owner: Resource): string | undefined {
  const template = at(owner, 'spec', 'template')
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { ...objectOf(at(template, 'metadata')), name: '', generateName: `${owner.metadata.name}-`, namespace: owner.metadata.namespace, ownerReferences: [controlledBy(owner)] }, spec: at(template, 'spec') }
  if (!isResource(body)) throw new Error('A Pod lost its frame.')
  try {
    const { object } = cluster.writes.create(POD, body, { writer: { manager: 'kube-controller-manager', operation: 'Update' }, dryRun: false, force: false })
    record(cluster, { about: owner, type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${object.metadata.name}`, component: COMPONENT })
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    record(cluster, { about: owner, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error.message}`, component: COMPONENT })
    return error.message
  }
}

/** Not ready before ready, then young before old. */
function firstToGo(a: Resource, b: Resource): number {
  return Number(isReady(a)) - Number(isReady(b)) || numberAt(b, 'metadata', 'resourceVersion') - numberAt(a, 'metadata', 'resourceVersion')
}

export function isReady(pod: Resource): boolean {
  return listOf(at(pod, 'status', 'conditions')).some((condition) => at(condition, 'type') === 'Ready' && at(condition, 'status') === 'True')
}

function tellStatus(cluster: Cluster, { metadata }: Resource, again: (object: Resource) => void, refusal: string | undefined): void {
  const live = cluster.objects.get(REPLICA_SET, metadata.namespace, metadata.name)
  if (!live) return
  const pods = controlled(cluster, POD, live)
  const active = pods.filter(isActive)
  const ready = active.filter(isReady)
  const minReadyMs = numberAt(live, 'spec', 'minReadySeconds') * 1000
  const readyFor = (pod: Resource): number => cluster.scheduler.now() - (cluster.readySince.get(pod.metadata.uid) ?? cluster.scheduler.now())
  const available = ready.filter((pod) => readyFor(pod) >= minReadyMs)
  const told = listOf(at(live, 'status', 'conditions')).filter((one) => at(one, 'type') === 'ReplicaFailure')
  const failed: Condition[] = refusal === undefined ? [] : [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refusal }]
  const failure = refusal !== undefined && told.length > 0 ? told : failed.map((one) => ({ ...one, lastTransitionTime: seconds() }))
  const status = {
    ...(failure.length > 0 ? { conditions: failure } : {}),
    replicas: active.length,
    ...counts({ fullyLabeledReplicas: active.length, readyReplicas: ready.length, availableReplicas: available.length }),
    terminatingReplicas: pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length,
    observedGeneration: live.metadata.generation,
  }
  byController(cluster, REPLICA_SET, { ...live, status }, 'status')
  if (available.length < ready.length) cluster.scheduler.after(Math.max(50, minReadyMs - Math.max(...ready.map(readyFor))), () => {
    again(live)
  })
}

/** Counts as the API tells them: none is not told. */
export function counts(all: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0))
}
