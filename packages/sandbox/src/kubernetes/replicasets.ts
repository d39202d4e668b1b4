import { isJson, listOf } from '../json.ts'
import { byController, control, controlled, controlledBy, isActive, numberAt, record, type Cluster } from './cluster.ts'
import type { Deletions } from './deletions.ts'
import { kindNamed } from './kinds.ts'
import { at, isResource, type Resource } from './resource.ts'
import { Refusal } from './status.ts'

const REPLICA_SET = kindNamed('ReplicaSet')
const POD = kindNamed('Pod')
const COMPONENT = 'replicaset-controller'

/** Keeps as many pods as each ReplicaSet wants. */
export function startReplicaSets(cluster: Cluster, deletions: Deletions): void {
  const again = control(cluster, REPLICA_SET, (replicaSet) => {
    const pods = controlled(cluster, POD, replicaSet)
    const active = pods.filter(isActive)
    const wanted = numberAt(replicaSet, 'spec', 'replicas')
    for (let missing = wanted - active.length; missing > 0; missing -= 1) if (!createPod(cluster, replicaSet)) break
    for (const pod of [...active].sort(firstToGo).slice(0, Math.max(0, active.length - wanted))) {
      deletions.delete(POD, pod.metadata.namespace, pod.metadata.name, { uid: pod.metadata.uid, resourceVersion: undefined, propagation: undefined, gracePeriodSeconds: undefined, dryRun: false })
      record(cluster, { about: replicaSet, type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}`, component: COMPONENT })
    }
    tellStatus(cluster, replicaSet, again)
  })
}

/** Creates one pod from the template of its owner; says why not where that is refused. */
export function createPod(cluster: Cluster, owner: Resource, component = COMPONENT, finalizers: string[] = []): boolean {
  const template = at(owner, 'spec', 'template')
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { ...(isJson(template) && isJson(template['metadata']) ? template['metadata'] : {}), name: '', generateName: `${owner.metadata.name}-`, namespace: owner.metadata.namespace, ownerReferences: [controlledBy(owner)], ...(finalizers.length > 0 ? { finalizers } : {}) }, spec: at(template, 'spec') }
  if (!isResource(body)) return false
  try {
    const { object } = cluster.writes.create(POD, body, { writer: { manager: 'kube-controller-manager', operation: 'Update' }, dryRun: false, force: false })
    record(cluster, { about: owner, type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${object.metadata.name}`, component })
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    record(cluster, { about: owner, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error.message}`, component })
    return false
  }
}

/** Not ready before ready, then young before old. */
function firstToGo(a: Resource, b: Resource): number {
  return Number(isReady(a)) - Number(isReady(b)) || numberAt(b, 'metadata', 'resourceVersion') - numberAt(a, 'metadata', 'resourceVersion')
}

export function isReady(pod: Resource): boolean {
  return listOf(at(pod, 'status', 'conditions')).some((condition) => at(condition, 'type') === 'Ready' && at(condition, 'status') === 'True')
}

function tellStatus(cluster: Cluster, { metadata }: Resource, again: (object: Resource) => void): void {
  const live = cluster.objects.get(REPLICA_SET, metadata.namespace, metadata.name)
  if (!live) return
  const pods = controlled(cluster, POD, live)
  const active = pods.filter(isActive)
  const ready = active.filter(isReady)
  const minReadyMs = numberAt(live, 'spec', 'minReadySeconds') * 1000
  const readyFor = (pod: Resource): number => cluster.scheduler.now() - (cluster.readySince.get(pod.metadata.uid) ?? cluster.scheduler.now())
  const available = ready.filter((pod) => readyFor(pod) >= minReadyMs)
  const status = {
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
