import { isJsonObject } from '@slipway/release'
import { evidenceOf, quoted, type Finding, type ProbeAnswer } from './cause.ts'
import { isReady, isRunning, type Container } from './containers.ts'
import { listAt, numberAt, textAt } from './objects.ts'
import type { Occurrence } from './occurrences.ts'
import { occurrencesIn, type Scene, type ScenePod } from './scene.ts'
import { condition, isEnding, isOwnedBy, wasPutOut } from './workload.ts'

/** Pods that run without being ready, and why: never a failure alone. */
export function readiness(scene: Scene): Finding[] {
  return [...scene.pods.flatMap((pod) => [...probes(pod), ...gates(pod)]), ...putOut(scene)]
}

/** What the newest failing probe of a container was answered. */
export function probeAnswer(pod: ScenePod, container: Container): ProbeAnswer | undefined {
  const read = ({ reason, message, times }: Occurrence): ProbeAnswer[] => {
    const [, kind, answer = ''] = (reason === 'Unhealthy' && /^(Readiness|Liveness|Startup) probe (?:failed|errored)[^:]*: ?(.*)$/s.exec(message)) || []
    return kind === 'Readiness' || kind === 'Liveness' || kind === 'Startup' ? [{ kind, container: container.name, answer, times }] : []
  }
  return occurrencesIn(pod, container).flatMap(read).at(-1)
}

function probes(pod: ScenePod): Finding[] {
  return pod.containers.flatMap((container) => {
    const probe = isRunning(container) && !isReady(container) ? probeAnswer(pod, container) : undefined
    if (probe === undefined) return []
    const text = `container ${container.name} of pod ${pod.name} is not ready: its ${probe.kind.toLowerCase()} probe was answered: ${quoted(probe.answer)}`
    return [{ warning: { key: `probe/${container.name}/${probe.kind}`, text, evidence: evidenceOf(pod.pod, container, probe), expected: isStarting(container, probe) } }]
  })
}

/** A startup probe is there to fail while a program starts. The kubelet soon writes no more events of it, so ten are many. */
function isStarting({ spec }: Container, { kind, times }: ProbeAnswer): boolean {
  const tries = numberAt(spec, 'startupProbe', 'failureThreshold') ?? 3
  return kind === 'Startup' && times < Math.min(tries / 2, 10)
}

/** Conditions that others set, such as a load balancer that has yet to take the pod in. */
function gates({ pod, name }: ScenePod): Finding[] {
  if (textAt(condition(pod, 'ContainersReady'), 'status') !== 'True') return []
  return listAt(pod, 'spec', 'readinessGates')
    .filter(isJsonObject)
    .flatMap((gate) => {
      const type = textAt(gate, 'conditionType') ?? ''
      const state = condition(pod, type)
      if (textAt(state, 'status') === 'True') return []
      const said = textAt(state, 'message') ?? 'nobody has set it yet'
      return [{ warning: { key: `gate/${type}`, text: `pod ${name} waits for its readiness gate ${type}: ${quoted(said)}`, evidence: evidenceOf(pod) } }]
    })
}

/** A node put out a new pod: another one comes, but the node may be short of something. */
function putOut({ observed, replicaSet }: Scene): Finding[] {
  const owner = textAt(replicaSet, 'metadata', 'uid')
  return observed.pods
    .filter((pod) => wasPutOut(pod) && !isEnding(pod) && owner !== undefined && isOwnedBy(pod, owner))
    .map((pod) => {
      const reason = textAt(pod, 'status', 'reason') ?? 'Failed'
      const text = `pod ${textAt(pod, 'metadata', 'name') ?? ''} was put out by its node (${reason}): ${quoted(textAt(pod, 'status', 'message') ?? 'no message')}; another one takes its place`
      return { warning: { key: `put-out/${reason}`, text, evidence: evidenceOf(pod) } }
    })
}
