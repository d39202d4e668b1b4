import { duration } from '@slipway/report'
import { numberAt, objectAt, textAt } from './objects.ts'
import { condition, newPods, newReplicaSet, restarts, sameTemplate, type Applied, type Observation } from './workload.ts'

/** What is known of a rollout. `healthy`, `failed` and `superseded` are final. */
export type Verdict =
  | { readonly state: 'undecided'; readonly waitingFor: string }
  | { readonly state: 'soaking'; readonly untilMs: number }
  | { readonly state: 'healthy'; readonly replicas: number }
  | { readonly state: 'failed'; readonly code: 'rollout-deadline' | 'rollout-timeout'; readonly why: string }
  | { readonly state: 'superseded'; readonly why: string }

/** Spans in milliseconds. */
export interface Limits {
  /** How long everything must stay available, without a new restart. */
  readonly soakMs: number
  /** Our own end of patience, from the write on. */
  readonly timeoutMs: number
}

/** The soak so far: carried from one judgement to the next. */
export interface Soak {
  readonly sinceMs: number
  readonly restarts: number
}

export interface Judgement {
  readonly verdict: Verdict
  readonly soak: Soak | undefined
}

/** The moment on a monotonic clock, and that of the write, in milliseconds. */
export interface Moment {
  readonly nowMs: number
  readonly writtenMs: number
}

/** Patience with a Deployment whose input names none: its progress deadline and a minute. */
export function defaultTimeoutMs(deployment: Parameters<typeof numberAt>[0]): number {
  return ((numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? 600) + 60) * 1000
}

/** Judges a Deployment by what was observed of it since it was written. */
export function judge(observed: Observation, applied: Applied, limits: Limits, moment: Moment, soak: Soak | undefined): Judgement {
  const final = superseded(observed, applied) ?? deadline(observed, applied)
  if (final) return { verdict: final, soak: undefined }

  const waitingFor = notYet(observed, applied)
  if (waitingFor !== undefined) return { verdict: impatient(waitingFor, limits, moment), soak: undefined }

  const replicas = numberAt(observed.deployment, 'spec', 'replicas') ?? 1
  if (replicas === 0) return { verdict: { state: 'healthy', replicas }, soak: undefined }
  const restarted = restarts(newPods(observed, applied))
  const current = soak?.restarts === restarted ? soak : { sinceMs: moment.nowMs, restarts: restarted }
  const untilMs = current.sinceMs + limits.soakMs
  return { verdict: moment.nowMs >= untilMs ? { state: 'healthy', replicas } : { state: 'soaking', untilMs }, soak: current }
}

function superseded(observed: Observation, applied: Applied): Verdict | undefined {
  const { deployment } = observed
  if (deployment === undefined) return undefined
  if (textAt(deployment, 'metadata', 'uid') !== applied.uid) {
    return { state: 'superseded', why: 'the Deployment was deleted, and another one has its name' }
  }
  const later = (numberAt(deployment, 'metadata', 'generation') ?? 0) > applied.generation
  if (later && !sameTemplate(objectAt(deployment, 'spec', 'template'), applied.template)) {
    return { state: 'superseded', why: 'somebody has changed the pod template since' }
  }
  return undefined
}

/** The manifest's own rule: final once the controller has said it of our ReplicaSet, after our write. */
function deadline(observed: Observation, applied: Applied): Verdict | undefined {
  const progress = observed.deployment && condition(observed.deployment, 'Progressing')
  const replicaSet = textAt(newReplicaSet(observed, applied), 'metadata', 'name')
  if (!progress || replicaSet === undefined || textAt(progress, 'reason') !== 'ProgressDeadlineExceeded') return undefined
  if (textAt(progress, 'lastUpdateTime') === applied.progressBefore) return undefined
  if (!(textAt(progress, 'message') ?? '').includes(`"${replicaSet}"`)) return undefined
  const seconds = numberAt(observed.deployment, 'spec', 'progressDeadlineSeconds') ?? 600
  return { state: 'failed', code: 'rollout-deadline', why: `no progress for ${duration(seconds * 1000)} (progressDeadlineSeconds)` }
}

/** What a rollout still waits for, in words; undefined where nothing is missing. */
function notYet(observed: Observation, applied: Applied): string | undefined {
  const { deployment } = observed
  if (deployment === undefined) return 'the Deployment to be seen'
  const generation = numberAt(deployment, 'metadata', 'generation') ?? 0
  if (generation < applied.generation || (numberAt(deployment, 'status', 'observedGeneration') ?? 0) < generation) {
    return 'the Deployment controller to take note of the change'
  }
  const status = (key: string): number => numberAt(deployment, 'status', key) ?? 0
  const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1
  if (deployment['spec'] !== undefined && objectAt(deployment, 'spec')?.['paused'] === true) return 'the Deployment to be resumed: it is paused'
  if (status('updatedReplicas') < wanted) return `pods to be made: ${status('updatedReplicas')} of ${wanted}`
  if (status('availableReplicas') < wanted) return `pods to become available: ${status('availableReplicas')} of ${wanted}`
  if (status('replicas') > status('updatedReplicas')) return `old pods to end: ${status('replicas') - status('updatedReplicas')}`
  if (status('availableReplicas') > wanted || status('updatedReplicas') > wanted) return 'surplus pods to end'
  return undefined
}

function impatient(waitingFor: string, limits: Limits, moment: Moment): Verdict {
  if (moment.nowMs - moment.writtenMs < limits.timeoutMs) return { state: 'undecided', waitingFor }
  return { state: 'failed', code: 'rollout-timeout', why: `after ${duration(limits.timeoutMs)} it still waits for ${waitingFor}` }
}
