import type { JsonObject } from '@slipway/release'
import { appliedFrom, defaultLimits, judge, type Applied, type Judgement, type Limits, type Memory, type Observation } from '../src/index.ts'

const template: JsonObject = {
  metadata: { labels: { app: 'app' } },
  spec: { containers: [{ name: 'app', image: 'registry.example/web:401' }], initContainers: [{ name: 'migrate', image: 'registry.example/web:401' }] },
}
const oldTemplate: JsonObject = { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'registry.example/web:0' }] } }

/** When the write of these scenes was made, by the cluster's clock, and a moment before and after. */
export const times = { before: '2026-11-21T00:59:00Z', written: '2026-11-21T01:00:00Z', after: '2026-11-21T01:00:05Z' }

export function deployment(changes: { status?: JsonObject; spec?: JsonObject; metadata?: JsonObject } = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'app', uid: 'd', generation: 2, resourceVersion: '10', managedFields: [{ manager: 'slipway', operation: 'Apply', time: times.written }], ...changes.metadata },
    spec: { replicas: 1, template, ...changes.spec },
    status: { observedGeneration: 2, replicas: 1, updatedReplicas: 1, ...changes.status },
  }
}

export const available = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, observedGeneration: 2 }

export const otherTemplate = oldTemplate

export function replicaSet(uid: 'new' | 'old', replicas = 1): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `app-${uid}`, uid, creationTimestamp: times.written, ownerReferences: [{ uid: 'd' }] },
    spec: { replicas, template: uid === 'new' ? template : oldTemplate },
  }
}

/** A pod of a ReplicaSet with the statuses of its containers. */
export function pod(name: string, statuses: readonly JsonObject[], changes: { of?: 'new' | 'old'; metadata?: JsonObject; status?: JsonObject; inits?: readonly JsonObject[] } = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, uid: name, creationTimestamp: times.after, ownerReferences: [{ uid: changes.of ?? 'new' }], resourceVersion: '20', ...changes.metadata },
    spec: { nodeName: 'node-1', containers: [{ name: 'app', image: 'registry.example/web:401' }], initContainers: [{ name: 'migrate', image: 'registry.example/web:401' }] },
    status: { phase: 'Running', containerStatuses: [...statuses], initContainerStatuses: [...(changes.inits ?? [])], ...changes.status },
  }
}

export function running(restartCount = 0, name = 'app', ready = true): JsonObject {
  return { name, restartCount, ready, state: { running: {} }, ...(restartCount > 0 ? { lastState: { terminated: { exitCode: 1, reason: 'Error' } } } : {}) }
}

export function ended(restartCount: number, exitCode = 1, name = 'app', reason = 'Error'): JsonObject {
  return { name, restartCount, ready: false, state: { terminated: { exitCode, reason } } }
}

export function waiting(reason: string, message = '', name = 'app'): JsonObject {
  return { name, restartCount: 0, ready: false, state: { waiting: { reason, message } } }
}

/** An Event in the shape with a count, about a container where one is given. */
export function event(about: string, reason: string, message: string, { count = 1, container, last = times.after, reporter = 'kubelet' }: { count?: number; container?: string; last?: string; reporter?: string } = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    involvedObject: { uid: about, ...(container === undefined ? {} : { fieldPath: `spec.containers{${container}}` }) },
    reason,
    message,
    count,
    lastTimestamp: last,
    source: { component: reporter },
  }
}

/** A follower: it hands the memory on from look to look. */
export class Follower {
  readonly #applied: Applied
  readonly #limits: Limits
  #memory: Memory | undefined

  constructor(limits: Partial<Limits> = {}, answer: JsonObject = deployment()) {
    const applied = appliedFrom(answer)
    if (applied === undefined) throw new Error('no answer of a server')
    this.#applied = applied
    this.#limits = { ...defaultLimits, timeoutMs: 660_000, ...limits }
  }

  look(nowMs: number, seen: Partial<Observation>): Judgement {
    const observed = { deployment: deployment(), replicaSets: [replicaSet('new')], pods: [], events: [], answers: new Map(), ...seen }
    const judgement = judge(observed, this.#applied, this.#limits, { nowMs, writtenMs: 0 }, this.#memory)
    this.#memory = judgement.memory
    return judgement
  }
}
