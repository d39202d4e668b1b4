import type { JsonObject } from '@slipway/release'
import { count, duration, type FailureCode } from '@slipway/report'
import { evidenceAbout, evidenceOf, refOf, type Cause, type Warning } from './cause.ts'
import { numberAt, objectAt, textAt } from './objects.ts'
import { podLine } from './pod-line.ts'
import type { Scene } from './scene.ts'
import { condition, isEnding, sameTemplate } from './workload.ts'

/** Why somebody else's work took the place of ours; undefined where it did not. */
export function superseded({ observed: { deployment }, applied }: Scene, seen: boolean): string | undefined {
  if (deployment === undefined) return seen ? 'the Deployment was deleted' : undefined
  if (textAt(deployment, 'metadata', 'uid') !== applied.uid) return 'the Deployment was deleted, and another one has its name'
  if (isEnding(deployment)) return 'the Deployment is being deleted'
  const later = (numberAt(deployment, 'metadata', 'generation') ?? 0) > applied.generation
  if (later && !sameTemplate(objectAt(deployment, 'spec', 'template'), applied.template)) return 'somebody has changed the pod template since'
  return undefined
}

/** The manifest's own rule: final once the controller has said it of our ReplicaSet, after our write. */
export function deadline(deployment: JsonObject, scene: Scene, waitingFor: string, noticed: readonly Warning[]): Cause | undefined {
  const progress = condition(deployment, 'Progressing')
  const replicaSet = textAt(scene.replicaSet, 'metadata', 'name')
  if (!progress || replicaSet === undefined || textAt(progress, 'reason') !== 'ProgressDeadlineExceeded') return undefined
  if (textAt(progress, 'lastUpdateTime') === scene.applied.progressBefore) return undefined
  if (!(textAt(progress, 'message') ?? '').includes(`"${replicaSet}"`)) return undefined
  const seconds = numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? 600
  const what = `there was no progress for ${duration(seconds * 1000)} (progressDeadlineSeconds)`
  return overdue(deployment, scene, { code: 'rollout-deadline', reason: 'ProgressDeadlineExceeded', what }, waitingFor, noticed)
}

/** Our own end of patience. */
export function timeout(deployment: JsonObject, scene: Scene, waitingFor: string, noticed: readonly Warning[]): Cause | undefined {
  const { limits, moment } = scene
  if (moment.nowMs - moment.writtenMs < limits.timeoutMs) return undefined
  return overdue(deployment, scene, { code: 'rollout-timeout', reason: 'Timeout', what: `it was not healthy ${duration(limits.timeoutMs)} after the write` }, waitingFor, noticed)
}

interface Overdue {
  readonly code: FailureCode
  readonly reason: string
  readonly what: string
}

/** Time alone says little: what was wrong when it ran out is the cause. */
function overdue(deployment: JsonObject, { pods }: Scene, { code, reason, what }: Overdue, waitingFor: string, noticed: readonly Warning[]): Cause {
  const first = noticed.find(({ expected }) => expected !== true) ?? noticed[0]
  const probe = first?.evidence?.probe
  // Where nobody complained, the pod that is not ready shows most.
  const unready = pods.find(({ pod }) => textAt(condition(pod, 'Ready'), 'status') !== 'True')
  const evidence = first?.evidence ?? (unready === undefined ? evidenceAbout(refOf('Deployment', deployment)) : evidenceOf(unready.pod))
  const told = first === undefined ? (unready === undefined ? '' : `; pod ${podLine(unready.pod).replace('  ', ': ')}`) : `; ${first.text}${probe === undefined ? '' : ` (${count(probe.times, 'time')})`}`
  return {
    code,
    object: refOf('Deployment', deployment),
    container: evidence.log?.container,
    reason,
    why: `${what}: it still waits for ${waitingFor}${told}`,
    next:
      probe === undefined
        ? 'look at the Events of its pods; where they only need longer, raise progressDeadlineSeconds in the manifest'
        : 'check path and port of the probe against what the program answers; where it only needs longer, raise progressDeadlineSeconds',
    evidence,
  }
}
