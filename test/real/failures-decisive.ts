import type { Pod, Seen, Sighting } from './failures-sightings.ts'

/** When the cluster itself had told what a rollout comes to, by what was seen since the write, in milliseconds. */
export type Decisive = (sightings: readonly Sighting[]) => number | undefined

/** The first pull that failed: the Event, or the pod's status where that is sooner. */
export const pullFailed: Decisive = first((seen) => isEvent(seen, 'Failed', /^Failed to pull image/) || isWaiting(seen, ['ErrImagePull', 'ImagePullBackOff']))

/** The third end of one container: below it, a crash is everyday life. */
export const thirdEnd: Decisive = first((seen) => seen.kind === 'Pod' && containersOf(seen).some(({ restartCount, state, lastState }) => restartCount + (state.running === undefined && (state.terminated ?? lastState.terminated) !== undefined ? 1 : 0) >= 3))

/** The API server let no pod in. */
export const podRefused: Decisive = first((seen) => isEvent(seen, 'FailedCreate', /./))

/** No key where one was looked for, and none for 15 s: other controllers make configuration late. */
export const keyMissing: Decisive = (sightings) => {
  const foundMs = first((seen) => isEvent(seen, 'Failed', /couldn't find key/) || isWaiting(seen, ['CreateContainerConfigError']))(sightings)
  return foundMs === undefined ? undefined : foundMs + 15_000
}

/** The manifest's own rule. */
export const deadlinePassed: Decisive = first((seen) => seen.kind === 'Deployment' && seen.status.conditions.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded'))

/** All pods are new and available, and stayed so for the soak that was asked for. */
export function availableFor(soakMs: number): Decisive {
  return (sightings) => {
    const availableMs = first((seen) => seen.kind === 'Deployment' && isAvailable(seen))(sightings)
    return availableMs === undefined ? undefined : availableMs + soakMs
  }
}

export function isAvailable({ metadata, spec, status }: Extract<Seen, { kind: 'Deployment' }>): boolean {
  return status.observedGeneration >= metadata.generation && [status.replicas, status.updatedReplicas, status.availableReplicas].every((number) => number === spec.replicas)
}

function first(isSo: (seen: Seen) => boolean): Decisive {
  return (sightings) => sightings.find(({ seen }) => isSo(seen))?.atMs
}

function isEvent(seen: Seen, reason: string, message: RegExp): boolean {
  return seen.kind === 'Event' && seen.reason === reason && message.test(seen.message)
}

function isWaiting(seen: Seen, reasons: readonly string[]): boolean {
  return seen.kind === 'Pod' && containersOf(seen).some(({ state: { waiting } }) => waiting !== undefined && reasons.includes(waiting.reason))
}

function containersOf({ status }: Pod): Pod['status']['containerStatuses'] {
  return [...status.initContainerStatuses, ...status.containerStatuses]
}
