import { isJsonObject, type JsonObject } from '@slipway/release'
import { listAt, numberAt, objectAt, textAt } from './objects.ts'
import { containerStatuses } from './workload.ts'

/** One pod's state for a live log: `cart-7d9-x2x1  running, not ready`. The text comes from a cluster: print it inertly. */
export function podLine(pod: JsonObject): string {
  return `${textAt(pod, 'metadata', 'name') ?? 'a pod'}  ${podState(pod)}`
}

function podState(pod: JsonObject): string {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return 'ending'
  const statuses = containerStatuses(pod)
  const restarted = statuses.reduce((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0)
  const suffix = restarted === 0 ? '' : `, restarted ${restarted}×`
  for (const status of statuses) {
    const waiting = objectAt(status, 'state', 'waiting')
    const reason = textAt(waiting, 'reason')
    if (reason !== undefined && reason !== 'ContainerCreating' && reason !== 'PodInitializing') {
      return `${textAt(status, 'name') ?? 'container'} ${reason}: ${textAt(waiting, 'message') ?? 'no message'}${suffix}`
    }
    const ended = objectAt(status, 'state', 'terminated')
    const exitCode = numberAt(ended, 'exitCode')
    if (exitCode !== undefined && exitCode !== 0) return `${textAt(status, 'name') ?? 'container'} exited with ${exitCode}${suffix}`
  }
  const phase = textAt(pod, 'status', 'phase') ?? 'Unknown'
  if (phase === 'Pending') return isScheduled(pod) ? 'starting' : 'waiting for a node'
  if (phase !== 'Running') return phase.toLowerCase()
  return `running, ${isReady(pod) ? 'ready' : 'not ready'}${suffix}`
}

function isScheduled(pod: JsonObject): boolean {
  return textAt(pod, 'spec', 'nodeName') !== undefined
}

function isReady(pod: JsonObject): boolean {
  return listAt(pod, 'status', 'conditions')
    .filter(isJsonObject)
    .some((entry) => entry['type'] === 'Ready' && entry['status'] === 'True')
}
