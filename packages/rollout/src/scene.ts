import type { JsonObject } from '@slipway/release'
import type { ConfigurationReference } from './references.ts'
import { containersOf, type Container } from './containers.ts'
import { textAt } from './objects.ts'
import { eventsByUid, occurrencesOf, type EventsByUid, type Occurrence } from './occurrences.ts'
import { newReplicaSet, podsOf, type Applied, type Observation } from './workload.ts'

/** The thresholds of a verdict; spans in milliseconds. */
export interface Limits {
  /** How long everything must stay available, without a new restart. */
  readonly soakMs: number
  /** Our own end of patience, from the write on. */
  readonly timeoutMs: number
  /** The termination of one container in one pod that is a failure: a dependency may come up later than the pod. */
  readonly crashThreshold: number
  /** How long a pod may wait for a node: autoscalers need their time. */
  readonly unschedulableMs: number
  /** How long configuration of others may be absent: controllers such as External Secrets make it late. */
  readonly lateConfigurationMs: number
  /** What this release itself has made: where that is missing, nobody will make it. */
  readonly ownConfiguration: readonly ConfigurationReference[]
}

/** The thresholds where the user names none; `timeoutMs` comes from the manifest (`defaultTimeoutMs`). */
export const defaultLimits = {
  soakMs: 10_000,
  crashThreshold: 3,
  unschedulableMs: 300_000,
  lateConfigurationMs: 15_000,
  ownConfiguration: [],
} as const satisfies Omit<Limits, 'timeoutMs'>

/** The moment on a monotonic clock, and that of the write, in milliseconds. */
export interface Moment {
  readonly nowMs: number
  readonly writtenMs: number
}

/** One pod of the written template with what is told about it. */
export interface ScenePod {
  readonly pod: JsonObject
  readonly uid: string
  readonly name: string
  readonly containers: readonly Container[]
  readonly occurrences: readonly Occurrence[]
}

/** An observation, looked at from the written template: what all decisions share. */
export interface Scene {
  readonly observed: Observation
  readonly events: EventsByUid
  readonly applied: Applied
  readonly limits: Limits
  readonly moment: Moment
  readonly replicaSet: JsonObject | undefined
  readonly pods: readonly ScenePod[]
}

/** `known` is the uid of the new ReplicaSet, once it was found: its template does not change, and comparing takes time. */
export function sceneOf(observed: Observation, applied: Applied, limits: Limits, moment: Moment, known: string | undefined): Scene {
  const replicaSet = (known !== undefined && observed.replicaSets.find((one) => textAt(one, 'metadata', 'uid') === known)) || newReplicaSet(observed, applied)
  const events = eventsByUid(observed.events)
  return {
    observed,
    events,
    applied,
    limits,
    moment,
    replicaSet,
    pods: podsOf(replicaSet, observed.pods).map((pod) => ({
      pod,
      uid: textOf(pod, 'uid'),
      name: textOf(pod, 'name'),
      containers: containersOf(pod),
      occurrences: occurrencesOf(pod, events, applied),
    })),
  }
}

/** The Events about one container of a pod. */
export function occurrencesIn(pod: ScenePod, container: Container): Occurrence[] {
  return pod.occurrences.filter((occurrence) => occurrence.container === container.name)
}

function textOf(pod: JsonObject, key: 'uid' | 'name'): string {
  return textAt(pod, 'metadata', key) ?? ''
}
