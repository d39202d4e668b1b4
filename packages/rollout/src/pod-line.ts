import { isJsonObject, type JsonObject } from '@slipway/release'
import { containersOf, containerStatuses, isDone, waitingOf } from './containers.ts'
import { listAt, numberAt, textAt } from './objects.ts'

/** One pod's state for a live log: `cart-7d9-x2x1  running, not ready`. The text comes from a cluster: print it inertly. */
export function podLine(pod: JsonObject): string {
  return `${textAt(pod, 'metadata', 'name') ?? 'a pod'}  ${podState(pod)}`
}

function podState(pod: JsonObject): string {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return 'ending'
  const statuses = containerStatuses(pod)
  const restarted = statuses.reduce((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0)
  const suffix = restarted === 0 ? '' : `, restarted ${restarted}×`
  for (const container of containersOf(pod)) {
    const waiting = waitingOf(container)
    if (waiting && waiting.reason !== '' && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing') {
      return `${container.name} ${waiting.reason}: ${waiting.message === '' ? 'no message' : waiting.message}${suffix}`
    }
    const exitCode = numberAt(container.status, 'state', 'terminated', 'exitCode')
    if (exitCode !== undefined && !isDone(container)) return `${container.name} exited with ${exitCode}${suffix}`
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
