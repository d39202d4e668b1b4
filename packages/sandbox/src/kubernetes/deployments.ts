import { isDeepStrictEqual } from 'node:util'
import { isJson, listOf, objectOf, type Json } from '../json.ts'
import { byController, control, controlled, controlledBy, isActive, record, type Cluster } from './cluster.ts'
import { available, conditionsOf, progressed, withCondition, type Condition } from './deployment-conditions.ts'
import type { Deletions } from './deletions.ts'
import { kindNamed } from './kinds.ts'
import { counts } from './replicasets.ts'
import { at, isResource, nameSuffix, numberAt, withField, type Resource } from './resource.ts'

const DEPLOYMENT = kindNamed('Deployment')
const REPLICA_SET = kindNamed('ReplicaSet')
const POD = kindNamed('Pod')
const REVISION = 'deployment.kubernetes.io/revision'
const HASH = 'pod-template-hash'

/** Rolls each Deployment from its old ReplicaSets to the one of its template. */
export function startDeployments(cluster: Cluster, deletions: Deletions): void {
  /** When each Deployment last made progress, in cluster time, with the alarm that ends its patience. */
  const progress = new Map<string, { at: number; cancel: () => void }>()

  const again = control(cluster, DEPLOYMENT, (deployment) => {
    const isPaused = at(deployment, 'spec', 'paused') === true
    if (isPaused) tellPaused(deployment)
    const old = controlled(cluster, REPLICA_SET, deployment).filter((replicaSet) => !isOfTemplate(replicaSet, deployment))
    const isRecreate = at(deployment, 'spec', 'strategy', 'type') === 'Recreate'
    const present = controlled(cluster, REPLICA_SET, deployment).find((replicaSet) => isOfTemplate(replicaSet, deployment))
    if (isPaused) {
      if (present) scale(cluster, deployment, present, numberAt(deployment, 'spec', 'replicas'))
    } else if (!isRecreate || isCleared(old)) {
      const current = newReplicaSet(deployment, present, old, isRecreate)
      if (isRecreate) scale(cluster, deployment, current, numberAt(deployment, 'spec', 'replicas'))
      else roll(cluster, deployment, current, old)
    }
    tellStatus(deployment)
  })

  /** With Recreate: whether all old pods are gone; asks for it where they are not. */
  function isCleared(old: readonly Resource[]): boolean {
    const [deployment] = old.flatMap((replicaSet) => ownerOf(cluster, replicaSet) ?? [])
    for (const replicaSet of old) if (deployment && numberAt(replicaSet, 'spec', 'replicas') > 0) scale(cluster, deployment, replicaSet, 0)
    return old.every((replicaSet) => controlled(cluster, POD, replicaSet).every((pod) => !isActive(pod) && pod.metadata.deletionTimestamp === undefined || ['Failed', 'Succeeded'].includes(String(at(pod, 'status', 'phase')))))
  }

  function newReplicaSet(deployment: Resource, present: Resource | undefined, old: readonly Resource[], isRecreate: boolean): Resource {
    const newest = Math.max(0, ...old.map(revisionOf))
    const revision = present ? Math.max(revisionOf(present), newest + 1) : newest + 1
    let current = present
    if (!current) {
      const replicas = isRecreate ? numberAt(deployment, 'spec', 'replicas') : roomFor(deployment, 0, old)
      const body = replicaSetOf(deployment, replicas, revision)
      current = cluster.writes.create(REPLICA_SET, body, { writer: { manager: 'kube-controller-manager', operation: 'Update' }, dryRun: false, force: false }).object
      if (replicas > 0) tellScaling(cluster, deployment, current, 0, replicas)
    } else if (revisionOf(current) !== revision) current = byController(cluster, REPLICA_SET, withField(current, ['metadata', 'annotations', REVISION], String(revision)))
    const live = cluster.objects.get(DEPLOYMENT, deployment.metadata.namespace, deployment.metadata.name)
    if (live && live.metadata.annotations?.[REVISION] !== String(revision)) {
      const { name } = current.metadata
      noteProgress(live)
      // A Deployment that goes back to an older ReplicaSet says so only by its next step.
      const conditions = present && conditionsOf(live).length > 0 ? conditionsOf(live) : withCondition(conditionsOf(live), found(name, present !== undefined), true)
      byController(cluster, DEPLOYMENT, withField(withField(live, ['metadata', 'annotations', REVISION], String(revision)), ['status', 'conditions'], conditions), 'status')
    }
    return current
  }

  /** Says that it waits, before anything else is said. */
  function tellPaused(deployment: Resource): void {
    const step = progressed(deployment, {}, undefined, false)
    if (step) byController(cluster, DEPLOYMENT, withField(deployment, ['status', 'conditions'], withCondition(conditionsOf(deployment), step.condition)), 'status')
  }

  function tellStatus({ metadata }: Resource): void {
    const live = cluster.objects.get(DEPLOYMENT, metadata.namespace, metadata.name)
    if (!live) return
    const all = controlled(cluster, REPLICA_SET, live)
    const current = all.find((replicaSet) => isOfTemplate(replicaSet, live))
    const sum = (field: string, part: 'spec' | 'status' = 'status'): number => all.reduce((total, replicaSet) => total + numberAt(replicaSet, part, field), 0)
    const wanted = numberAt(live, 'spec', 'replicas')
    const status = {
      observedGeneration: live.metadata.generation,
      ...counts({
        replicas: sum('replicas'),
        updatedReplicas: numberAt(current, 'status', 'replicas'),
        readyReplicas: sum('readyReplicas'),
        availableReplicas: sum('availableReplicas'),
        unavailableReplicas: Math.max(0, sum('replicas', 'spec') - sum('availableReplicas')),
      }),
      terminatingReplicas: sum('terminatingReplicas'),
    }
    let conditions = withCondition(conditionsOf(live), available(numberAt(status, 'availableReplicas') >= wanted - limits(live).unavailable))
    const observed = progress.get(metadata.uid)
    const deadlineMs = numberAt(live, 'spec', 'progressDeadlineSeconds') * 1000
    const step = progressed(live, status, current?.metadata.name, observed !== undefined && cluster.scheduler.now() - observed.at >= deadlineMs)
    if (step) {
      conditions = withCondition(conditions, step.condition, step.isProgress)
      if (step.isProgress) noteProgress(live)
      if (step.condition.reason === 'NewReplicaSetAvailable') {
        progress.get(metadata.uid)?.cancel()
        collectOld(live, all.filter((replicaSet) => replicaSet !== current))
      }
    }
    const failures = listOf(at(current, 'status', 'conditions')).filter(isJson)
    byController(cluster, DEPLOYMENT, { ...live, status: { ...status, conditions: [...conditions.filter(({ type }) => type !== 'ReplicaFailure'), ...failures] } }, 'status')
  }

  function noteProgress(deployment: Resource): void {
    const { uid } = deployment.metadata
    progress.get(uid)?.cancel()
    const cancel = cluster.scheduler.after(numberAt(deployment, 'spec', 'progressDeadlineSeconds') * 1000 + 20, () => {
      again(deployment)
    })
    progress.set(uid, { at: cluster.scheduler.now(), cancel })
  }

  function collectOld(deployment: Resource, old: readonly Resource[]): void {
    const idle = old.filter((replicaSet) => numberAt(replicaSet, 'spec', 'replicas') === 0 && numberAt(replicaSet, 'status', 'replicas') === 0).sort((a, b) => revisionOf(a) - revisionOf(b))
    for (const { metadata } of idle.slice(0, Math.max(0, idle.length - numberAt(deployment, 'spec', 'revisionHistoryLimit'))))
      deletions.delete(REPLICA_SET, metadata.namespace, metadata.name, { uid: metadata.uid, resourceVersion: undefined, propagation: undefined, gracePeriodSeconds: undefined, dryRun: false })
  }
}

function found(replicaSet: string, isOld: boolean): Condition {
  return { type: 'Progressing', status: 'True', reason: isOld ? 'FoundNewReplicaSet' : 'NewReplicaSetCreated', message: `${isOld ? 'Found' : 'Created'} new replica set "${replicaSet}"` }
}

/** One step of a rolling update: up as far as the surge allows, down as far as enough stay available. */
function roll(cluster: Cluster, deployment: Resource, current: Resource, old: readonly Resource[]): void {
  const wanted = numberAt(deployment, 'spec', 'replicas')
  const present = numberAt(current, 'spec', 'replicas')
  if (present !== wanted) {
    const next = present > wanted ? wanted : roomFor(deployment, present, old)
    if (next !== present) {
      scale(cluster, deployment, current, next)
      return
    }
  }
  const running = old.filter((replicaSet) => numberAt(replicaSet, 'spec', 'replicas') > 0)
  const total = present + running.reduce((sum, replicaSet) => sum + numberAt(replicaSet, 'spec', 'replicas'), 0)
  const least = wanted - limits(deployment).unavailable
  let spare = total - least - (present - numberAt(current, 'status', 'availableReplicas'))
  let spareAvailable = [current, ...running].reduce((sum, replicaSet) => sum + numberAt(replicaSet, 'status', 'availableReplicas'), 0) - least
  for (const replicaSet of running) {
    const replicas = numberAt(replicaSet, 'spec', 'replicas')
    const unhealthy = Math.max(0, Math.min(spare, replicas - numberAt(replicaSet, 'status', 'availableReplicas')))
    const healthy = Math.max(0, Math.min(spare - unhealthy, spareAvailable, replicas - unhealthy))
    if (unhealthy + healthy > 0) scale(cluster, deployment, replicaSet, replicas - unhealthy - healthy)
    spare -= unhealthy + healthy
    spareAvailable -= healthy
  }
}

/** How many replicas the new ReplicaSet may have now. */
function roomFor(deployment: Resource, present: number, old: readonly Resource[]): number {
  const wanted = numberAt(deployment, 'spec', 'replicas')
  const others = old.reduce((sum, replicaSet) => sum + numberAt(replicaSet, 'spec', 'replicas'), 0)
  return Math.max(present, Math.min(wanted, wanted + limits(deployment).surge - others))
}

/** maxSurge rounds up, maxUnavailable down; both zero would stand still. */
function limits(deployment: Resource): { surge: number; unavailable: number } {
  const wanted = numberAt(deployment, 'spec', 'replicas')
  const rolling = at(deployment, 'spec', 'strategy', 'rollingUpdate')
  if (!isJson(rolling)) return { surge: 0, unavailable: at(deployment, 'spec', 'strategy', 'type') === 'Recreate' ? 0 : 1 }
  const share = (value: unknown, round: (value: number) => number): number => (typeof value === 'string' && value.endsWith('%') ? round((wanted * parseFloat(value)) / 100) : Number(value ?? 0))
  const surge = share(rolling['maxSurge'], Math.ceil)
  const unavailable = share(rolling['maxUnavailable'], Math.floor)
  return { surge, unavailable: Math.min(wanted, surge === 0 && unavailable === 0 ? 1 : unavailable) }
}

function scale(cluster: Cluster, deployment: Resource, replicaSet: Resource, replicas: number): void {
  const live = cluster.objects.get(REPLICA_SET, replicaSet.metadata.namespace, replicaSet.metadata.name)
  const before = numberAt(live, 'spec', 'replicas')
  if (!live || before === replicas) return
  byController(cluster, REPLICA_SET, withField(live, ['spec', 'replicas'], replicas))
  tellScaling(cluster, deployment, live, before, replicas)
}

function tellScaling(cluster: Cluster, deployment: Resource, { metadata: { name } }: Resource, from: number, to: number): void {
  record(cluster, { about: deployment, type: 'Normal', reason: 'ScalingReplicaSet', message: `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`, component: 'deployment-controller' })
}

function ownerOf({ objects }: Cluster, replicaSet: Resource): Resource | undefined {
  const name = replicaSet.metadata.ownerReferences?.find(({ controller }) => controller)?.name
  return name === undefined ? undefined : objects.get(DEPLOYMENT, replicaSet.metadata.namespace, name)
}

function revisionOf({ metadata }: Resource): number {
  return Number(metadata.annotations?.[REVISION] ?? 0)
}

function isOfTemplate(replicaSet: Resource, deployment: Resource): boolean {
  return isDeepStrictEqual(withField(objectOf(at(replicaSet, 'spec', 'template')), ['metadata', 'labels', HASH], undefined), at(deployment, 'spec', 'template'))
}

function replicaSetOf(deployment: Resource, replicas: number, revision: number): Resource {
  const template = objectOf(at(deployment, 'spec', 'template'))
  const hash = nameSuffix(canonical(template), 10)
  const labels: Json = { ...objectOf(at(template, 'metadata', 'labels')), [HASH]: hash }
  const selector = withField(objectOf(at(deployment, 'spec', 'selector')), ['matchLabels', HASH], hash)
  const wanted = numberAt(deployment, 'spec', 'replicas')
  const annotations = Object.fromEntries(Object.entries(deployment.metadata.annotations ?? {}).filter(([name]) => name !== 'kubectl.kubernetes.io/last-applied-configuration'))
  const body = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: { ...annotations, 'deployment.kubernetes.io/desired-replicas': String(wanted), 'deployment.kubernetes.io/max-replicas': String(wanted + limits(deployment).surge), [REVISION]: String(revision) },
      ownerReferences: [controlledBy(deployment)],
    },
    spec: { replicas, ...(at(deployment, 'spec', 'minReadySeconds') === undefined ? {} : { minReadySeconds: at(deployment, 'spec', 'minReadySeconds') }), selector, template: withField(template, ['metadata', 'labels'], labels) },
  }
  if (!isResource(body)) throw new Error('A ReplicaSet lost its frame.')
  return body
}

/** JSON whose keys are in order: equal templates have equal hashes. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isJson(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner))
}
