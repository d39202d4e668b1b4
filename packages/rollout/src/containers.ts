import { isJsonObject, type JsonObject } from '@slipway/release'
import { listAt, numberAt, objectAt, textAt } from './objects.ts'

/** One container of a pod, as specified and as reported. */
export interface Container {
  readonly spec: JsonObject
  readonly name: string
  readonly image: string
  /** Runs to its end before the others start; a sidecar, which is restarted, does not. */
  readonly isInit: boolean
  /** Absent until the kubelet has reported. */
  readonly status: JsonObject | undefined
}

/** The containers of a pod, init containers first. */
export function containersOf(pod: JsonObject): Container[] {
  const statuses = containerStatuses(pod)
  const read = (spec: JsonObject, first: boolean): Container => {
    const name = textAt(spec, 'name') ?? ''
    return {
      spec,
      name,
      image: textAt(spec, 'image') ?? '',
      isInit: first && textAt(spec, 'restartPolicy') !== 'Always',
      status: statuses.find((status) => textAt(status, 'name') === name),
    }
  }
  return [
    ...listAt(pod, 'spec', 'initContainers').filter(isJsonObject).map((spec) => read(spec, true)),
    ...listAt(pod, 'spec', 'containers').filter(isJsonObject).map((spec) => read(spec, false)),
  ]
}

/** The statuses of a pod's containers, init containers first. */
export function containerStatuses(pod: JsonObject): JsonObject[] {
  return [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')].filter(isJsonObject)
}

/** Restarts of all containers of the pods. */
export function restarts(pods: readonly JsonObject[]): number {
  return pods.flatMap(containerStatuses).reduce((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0)
}

/** How a container waits, with the kubelet's reason and message. */
export function waitingOf({ status }: Container): { reason: string; message: string } | undefined {
  const waiting = objectAt(status, 'state', 'waiting')
  return waiting && { reason: textAt(waiting, 'reason') ?? '', message: textAt(waiting, 'message') ?? '' }
}

/** How the last run of a container that does not run now has ended. */
export function lastEnd({ status }: Container): JsonObject | undefined {
  return objectAt(status, 'state', 'terminated') ?? objectAt(status, 'lastState', 'terminated')
}

export function isRunning({ status }: Container): boolean {
  return objectAt(status, 'state', 'running') !== undefined
}

export function isReady({ status }: Container): boolean {
  return status?.['ready'] === true
}

/** An init container that has done its work, however often it needed to try. */
export function isDone({ isInit, status }: Container): boolean {
  return isInit && numberAt(status, 'state', 'terminated', 'exitCode') === 0
}

/** Whether a process of the container has ever run: only then is there a log. A start that failed is no run. */
export function hasRun(container: Container): boolean {
  const { status } = container
  if (isRunning(container)) return true
  return [objectAt(status, 'state', 'terminated'), objectAt(status, 'lastState', 'terminated')].some(
    (ended) => ended !== undefined && textAt(ended, 'reason') !== 'StartError',
  )
}
