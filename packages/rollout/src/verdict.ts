import type { JsonObject } from '@slipway/release'
import type { Cause, Finding, Warning } from './cause.ts'
import type { Ask } from './asks.ts'
import { configuration, missingConfiguration } from './configuration.ts'
import { crashedBefore, crashes } from './crashes.ts'
import { creation } from './creation.ts'
import { deadline, superseded, timeout } from './ending.ts'
import { seenSince } from './first-seen.ts'
import type { Memory } from './memory.ts'
import { numberAt, textAt } from './objects.ts'
import { pulls } from './pulls.ts'
import { quota, refusalsBefore } from './quota.ts'
import { readiness } from './readiness.ts'
import { sceneOf, type Limits, type Moment, type Scene } from './scene.ts'
import { scheduling, unschedulable } from './scheduling.ts'
import { starts } from './starts.ts'
import { isPaused, notYet, soakOf, wantedReplicas } from './success.ts'
import { volumes } from './volumes.ts'
import type { Applied, Observation } from './workload.ts'

/** What is known of a rollout. `healthy`, `failed` and `superseded` are final. */
export type Verdict =
  | { readonly state: 'undecided'; readonly waitingFor: string }
  | { readonly state: 'soaking'; readonly untilMs: number }
  | { readonly state: 'healthy'; readonly replicas: number }
  | { readonly state: 'failed'; readonly cause: Cause }
  | { readonly state: 'superseded'; readonly why: string }

/** What one look at a rollout says. */
export interface Judgement {
  readonly verdict: Verdict
  /** For the next judgement of the same write. */
  readonly memory: Memory
  /** All that is wrong at this moment; the caller tells each key once. The cluster's words in it are not inert. */
  readonly warnings: readonly Warning[]
  /** GETs that would confirm that configuration is missing; their answers go into the next observation. */
  readonly asks: readonly Ask[]
  /** The pods of the written template that count: not those being deleted, nor those that a node put out. */
  readonly pods: readonly JsonObject[]
  /** When a span ends that may change the verdict though nothing happens; by the caller's monotonic clock. */
  readonly lookAgainMs: number
}

/** Patience with a Deployment whose input names none: its progress deadline and a minute. */
export function defaultTimeoutMs(deployment: JsonObject | undefined): number {
  return ((numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? 600) + 60) * 1000
}

/**
 * Judges a Deployment by what was observed of it since it was written. Judge at every change, and at
 * `lookAgainMs` if nothing happens until then.
 *
 * `failed` is only a proposal. Before it is declared, the caller gets Deployment, ReplicaSets and pods afresh, puts them
 * into the observation with `refreshed`, and judges once more with the memory of the proposal: only if that says
 * `failed` again, it is. `superseded` deserves the same look where the Deployment is gone. While a watch is broken, do
 * not judge at all. Answers to `asks` go into the next observation, and may be judged at once.
 */
export function judge(observed: Observation, applied: Applied, limits: Limits, moment: Moment, memory: Memory | undefined): Judgement {
  const judged = judgeNow(observed, applied, limits, moment, memory)
  const { verdict } = judged
  const seen = Object.values(judged.memory.firstSeen).flatMap((sinceMs) => [sinceMs + limits.lateConfigurationMs, sinceMs + limits.unschedulableMs])
  const ends = [moment.writtenMs + limits.timeoutMs, ...seen, ...(verdict.state === 'soaking' ? [verdict.untilMs] : [])]
  return { ...judged, lookAgainMs: Math.min(...ends.filter((endMs) => endMs > moment.nowMs)) }
}

function judgeNow(observed: Observation, applied: Applied, limits: Limits, moment: Moment, memory: Memory | undefined): Omit<Judgement, 'lookAgainMs'> {
  const scene = sceneOf(observed, applied, limits, moment, memory?.replicaSet)
  const pods = scene.pods.map(({ pod }) => pod)
  const missing = missingConfiguration(scene)
  const next: Memory = {
    seen: memory?.seen === true || observed.deployment !== undefined,
    replicaSet: textAt(scene.replicaSet, 'metadata', 'uid'),
    soak: undefined,
    firstSeen: seenSince(memory?.firstSeen, [...missing.keys(), ...unschedulable(scene)], moment.nowMs),
    crashed: crashedBefore(scene, memory?.crashed),
    refusals: refusalsBefore(scene, memory?.refusals),
  }
  const { deployment } = observed
  const why = superseded(scene, memory?.seen === true)
  if (why !== undefined) return { verdict: { state: 'superseded', why }, memory: next, warnings: [], asks: [], pods }
  if (deployment === undefined) return { verdict: { state: 'undecided', waitingFor: 'the Deployment to be seen' }, memory: next, warnings: [], asks: [], pods }

  const noted = isNoted(deployment, applied)
  const asked = configuration(scene, missing, next.firstSeen)
  const findings = noted ? decisions(scene, asked.findings, next) : []
  const noticed = [...paused(deployment), ...findings.flatMap(({ warning }) => warning ?? [])]
  const warnings = noticed.filter(({ expected }) => expected !== true)
  const waitingFor = noted ? notYet(deployment) : 'the Deployment controller to take note of the change'
  if (waitingFor === undefined) return { ...succeeding(deployment, scene, memory, next), warnings, asks: [], pods }

  const found = findings.find(({ cause }) => cause !== undefined)?.cause
  const cause = found ?? deadline(deployment, scene, waitingFor, noticed) ?? timeout(deployment, scene, waitingFor, noticed)
  return { verdict: cause === undefined ? { state: 'undecided', waitingFor } : { state: 'failed', cause }, memory: next, warnings, asks: asked.asks, pods }
}

/** Everything that may be wrong; the first cause is told, so what explains the others comes first. */
function decisions(scene: Scene, configurationFindings: readonly Finding[], memory: Memory): Finding[] {
  return [
    ...pulls(scene),
    ...starts(scene),
    ...creation(scene),
    ...quota(scene, memory.refusals),
    ...configurationFindings,
    ...volumes(scene),
    ...crashes(scene, memory.crashed),
    ...scheduling(scene, memory.firstSeen),
    ...readiness(scene),
  ]
}

/** All is there: what went wrong on the way is over. Where nothing is wanted there is nothing to watch. */
function succeeding(deployment: JsonObject, scene: Scene, memory: Memory | undefined, next: Memory): Pick<Judgement, 'verdict' | 'memory'> {
  const replicas = wantedReplicas(deployment)
  if (replicas === 0) return { verdict: { state: 'healthy', replicas }, memory: next }
  const soak = soakOf(scene, memory?.soak)
  const untilMs = soak.sinceMs + scene.limits.soakMs
  const verdict: Verdict = scene.moment.nowMs >= untilMs ? { state: 'healthy', replicas } : { state: 'soaking', untilMs }
  return { verdict, memory: { ...next, soak } }
}

/** Whether the Deployment's status speaks of what was written. */
function isNoted(deployment: JsonObject, applied: Applied): boolean {
  const generation = numberAt(deployment, 'metadata', 'generation') ?? 0
  return generation >= applied.generation && (numberAt(deployment, 'status', 'observedGeneration') ?? 0) >= generation
}

function paused(deployment: JsonObject): Warning[] {
  if (!isPaused(deployment)) return []
  return [{ key: 'paused', text: 'the Deployment is paused: nothing will happen until it is resumed (kubectl rollout resume, or spec.paused out of the manifest)', evidence: undefined }]
}
