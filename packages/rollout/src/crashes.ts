import { count, type FailureCode } from '@slipway/report'
import { evidenceOf, quoted, refOf, type Cause, type Finding } from './cause.ts'
import { isDone, isReady, isRunning, lastEnd, waitingOf, type Container } from './containers.ts'
import { numberAt, textAt } from './objects.ts'
import { timesOf } from './occurrences.ts'
import { probeAnswer } from './readiness.ts'
import { occurrencesIn, type Scene, type ScenePod } from './scene.ts'
import { isOlder } from './workload.ts'

/** How often containers had ended before the write, by pod and container: only pods older than it are in it. */
export type Crashed = Readonly<Record<string, number>>

/**
 * Takes down what pods that are older than the write have behind them: a release that comes back finds its old ones.
 * One that runs starts from nothing; one that is crashing at this moment needs but one more crash.
 */
export function crashedBefore({ pods, applied, limits }: Scene, before: Crashed | undefined): Crashed {
  return Object.fromEntries(
    pods
      .filter(({ pod }) => isOlder(pod, applied))
      .flatMap((pod) =>
        pod.containers.map((container): [string, number] => {
          const key = keyOf(pod, container)
          const times = terminations(container)
          return [key, before?.[key] ?? (isRunning(container) ? times : Math.max(0, times - limits.crashThreshold + 1))]
        }),
      ),
  )
}

/** Containers that end again and again, whatever their exit code. */
export function crashes(scene: Scene, crashed: Crashed): Finding[] {
  return scene.pods.flatMap((pod) =>
    pod.containers.flatMap((container): Finding[] => {
      const times = terminations(container) - (crashed[keyOf(pod, container)] ?? 0)
      if (times < 1 || isDone(container) || hasRecovered(container)) return []
      if (times >= scene.limits.crashThreshold) return [{ cause: causeOf(pod, container, times) }]
      const text = `${endingOf(pod, container)} of pod ${pod.name}; the ${ordinal(scene.limits.crashThreshold)} time fails the rollout, this was the ${ordinal(times)}`
      return [{ warning: { key: `crash/${container.name}/${times}`, text, evidence: evidenceFor(pod, container) } }]
    }),
  )
}

/** How often a container has ended: `restartCount`, and the end that no restart has followed yet. */
function terminations(container: Container): number {
  const restarted = numberAt(container.status, 'restartCount') ?? 0
  return restarted + (!isRunning(container) && lastEnd(container) !== undefined ? 1 : 0)
}

function hasRecovered(container: Container): boolean {
  return isRunning(container) && isReady(container)
}

function keyOf({ uid }: ScenePod, { name }: Container): string {
  return `${uid}/${name}`
}

function causeOf(pod: ScenePod, container: Container, times: number): Cause {
  const { code, next } = kindOf(pod, container)
  return {
    code,
    object: refOf('Pod', pod.pod),
    container: container.name,
    reason: reasonOf(pod, container),
    why: `${endingOf(pod, container)}, ${count(times, 'time')}`,
    next,
    evidence: evidenceFor(pod, container),
  }
}

function evidenceFor(pod: ScenePod, container: Container): Cause['evidence'] {
  return evidenceOf(pod.pod, container, probeAnswer(pod, container))
}

/** What killed it is worth more than that it waits to be started again. */
function reasonOf(pod: ScenePod, container: Container): string {
  const ended = textAt(lastEnd(container), 'reason')
  if (ended === 'OOMKilled') return ended
  const isBackingOff = waitingOf(container)?.reason === 'CrashLoopBackOff' || occurrencesIn(pod, container).some(({ reason }) => reason === 'BackOff')
  return isBackingOff ? 'CrashLoopBackOff' : (ended ?? 'Error')
}

function kindOf(pod: ScenePod, container: Container): { code: FailureCode; next: string } {
  if (isOutOfMemory(container)) {
    return { code: 'out-of-memory', next: 'raise resources.limits.memory of the container, or find what takes the memory at its start' }
  }
  if (killedBy(pod, container) !== undefined) {
    return { code: 'probe-failed', next: 'check path and port of the probe against what the program answers, and give it the time that it needs to start' }
  }
  if (exitCodeOf(container) === 0) {
    return { code: 'container-crashed', next: 'a container of a Deployment has to go on running: check its command, or make it a Job' }
  }
  return { code: 'container-crashed', next: 'read its last log lines, mend it, and deploy again' }
}

function endingOf(pod: ScenePod, container: Container): string {
  const name = `${container.isInit ? 'init container' : 'container'} ${container.name}`
  const exitCode = exitCodeOf(container)
  const exit = exitCode === undefined ? '' : ` (exit code ${exitCode})`
  if (isOutOfMemory(container)) {
    const limit = memoryLimit(container)
    return `${name} was killed because it was out of memory${limit === undefined ? '' : ` (limit ${limit})`}`
  }
  const probe = killedBy(pod, container)
  if (probe !== undefined) {
    const answer = probeAnswer(pod, container)?.answer
    return `${name} was killed by its ${probe} probe${answer === undefined ? '' : `, which was answered: ${quoted(answer)}`}${exit}`
  }
  const message = textAt(lastEnd(container), 'message')
  const said = message === undefined || message === '' ? '' : `, saying: ${quoted(message)}`
  return `${name} ended with exit code ${exitCode ?? 'unknown'}${exitCode === 0 ? ', though it should go on running' : ''}${said}`
}

function exitCodeOf(container: Container): number | undefined {
  return numberAt(lastEnd(container), 'exitCode')
}

function isOutOfMemory(container: Container): boolean {
  return textAt(lastEnd(container), 'reason') === 'OOMKilled'
}

function memoryLimit({ spec }: Container): string | undefined {
  return textAt(spec, 'resources', 'limits', 'memory')
}

/** The probe that the kubelet killed it for, where that was so for most of its ends. */
function killedBy(pod: ScenePod, container: Container): string | undefined {
  const kills = occurrencesIn(pod, container).filter(({ reason, message }) => reason === 'Killing' && / failed (startup|liveness) probe/.test(message))
  if (timesOf(kills) * 2 < terminations(container)) return undefined
  return /failed (startup|liveness) probe/.exec(kills[0]?.message ?? '')?.[1]
}

function ordinal(number: number): string {
  return ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth'][number] ?? `${number}th`
}
