import { duration } from '@slipway/report'
import { evidenceOf, quoted, refOf, type Finding } from './cause.ts'
import { textAt } from './objects.ts'
import { isSince, type FirstSeen } from './first-seen.ts'
import { timesOf } from './occurrences.ts'
import type { Scene, ScenePod } from './scene.ts'
import { condition } from './workload.ts'

/** An autoscaler looks again every few seconds, and may be busy with an earlier wish. */
const refusalsThatFail = 3

/** The keys of the pods for which no node was found. */
export function unschedulable({ pods }: Scene): string[] {
  return pods.filter((pod) => refusalOf(pod) !== undefined).map(keyOf)
}

/** Pods for which no node is found: told at once, a failure only when autoscalers had their time. */
export function scheduling({ pods, limits, moment }: Scene, firstSeen: FirstSeen): Finding[] {
  return pods.flatMap((pod): Finding[] => {
    const message = refusalOf(pod)
    if (message === undefined) return []
    const evidence = evidenceOf(pod.pod)
    const autoscaler = refusalByAutoscaler(pod)
    if (autoscaler === undefined && !isSince(firstSeen, keyOf(pod), limits.unschedulableMs, moment.nowMs)) {
      const text = `no node has room for pod ${pod.name}: ${quoted(message)}; it is waited for one for ${duration(limits.unschedulableMs)}`
      return [{ warning: { key: 'unschedulable', text, evidence } }]
    }
    const why =
      autoscaler === undefined
        ? `no node had room for pod ${pod.name} for ${duration(limits.unschedulableMs)}: ${quoted(message)}`
        : `no node has room for pod ${pod.name} (${quoted(message)}), and the autoscaler adds none: ${quoted(autoscaler)}`
    return [
      {
        cause: {
          code: 'unschedulable',
          object: refOf('Pod', pod.pod),
          container: undefined,
          reason: 'Unschedulable',
          why,
          next: 'ask for less (resources.requests, nodeSelector, affinity), or add nodes that fit',
          evidence,
        },
      },
    ]
  })
}

function refusalOf({ pod }: ScenePod): string | undefined {
  const scheduled = condition(pod, 'PodScheduled')
  if (textAt(scheduled, 'status') !== 'False' || textAt(scheduled, 'reason') !== 'Unschedulable') return undefined
  return textAt(scheduled, 'message') ?? 'the scheduler says nothing'
}

/** Cluster Autoscaler says NotTriggerScaleUp; Karpenter writes FailedScheduling in its own name. */
function refusalByAutoscaler({ occurrences }: ScenePod): string | undefined {
  const isComing = occurrences.some(({ reason, reporter }) => reason === 'TriggeredScaleUp' || (reason === 'Nominated' && reporter === 'karpenter'))
  const refusals = occurrences.filter(({ reason, reporter }) => reason === 'NotTriggerScaleUp' || (reason === 'FailedScheduling' && reporter === 'karpenter'))
  return isComing || timesOf(refusals) < refusalsThatFail ? undefined : refusals.at(-1)?.message
}

function keyOf({ uid }: ScenePod): string {
  return `unschedulable/${uid}`
}
