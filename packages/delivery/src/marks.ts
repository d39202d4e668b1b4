import { workloadMarks, type JsonObject } from '@slipway/release'
import { listAt, numberAt, objectAt, textAt, withAt } from '@slipway/rollout'
import type { ApplyAnswer } from './ports.ts'

/** The field manager of rollout and rollback alike. */
export const fieldManager = 'slipway'
/** Holds `replicas` where an autoscaler takes over, so that leaving the field out does not reset it to 1. */
export const replicasManager = 'slipway-replicas'

const { serviceLabel, repositoryAnnotation, sequenceAnnotation, releaseAnnotation } = workloadMarks

/** The object with the labels that say whose it is: content, the same in every release. */
export function owned(object: JsonObject, service: string, repository: string): JsonObject {
  const labelled = withAt(object, ['metadata', 'labels', serviceLabel], () => service)
  return withAt(labelled, ['metadata', 'annotations', repositoryAnnotation], () => repository)
}

/** The workload with the marks of one release, on its own metadata and never on its template: they must restart nothing. */
export function marked(workload: JsonObject, sequence: number, release: string): JsonObject {
  const numbered = withAt(workload, ['metadata', 'annotations', sequenceAnnotation], () => String(sequence))
  return withAt(numbered, ['metadata', 'annotations', releaseAnnotation], () => release)
}

/** The number of the revision that a live workload runs, where it is one of ours. */
export function sequenceOf(workload: JsonObject | undefined): number | undefined {
  const text = textAt(workload, 'metadata', 'annotations', sequenceAnnotation)
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** The object bound to the state that was read: the server refuses it when somebody has written since. */
export function fenced(object: JsonObject, live: JsonObject | undefined): JsonObject {
  const uid = textAt(live, 'metadata', 'uid')
  const resourceVersion = textAt(live, 'metadata', 'resourceVersion')
  if (uid === undefined || resourceVersion === undefined) return object
  const withUid = withAt(object, ['metadata', 'uid'], () => uid)
  return withAt(withUid, ['metadata', 'resourceVersion'], () => resourceVersion)
}

/** Whether a live object is of no service of this suite. */
export function isUnclaimed(live: JsonObject | undefined): live is JsonObject {
  return live !== undefined && textAt(live, 'metadata', 'labels', serviceLabel) === undefined
}

/** Whose a live object of this suite is, where it is not this service's. */
export function otherServicesClaim(live: JsonObject | undefined, service: string, repository: string): string | undefined {
  const label = textAt(live, 'metadata', 'labels', serviceLabel)
  if (label === undefined) return undefined
  if (label !== service) return `it belongs to the service ${label}`
  const other = textAt(live, 'metadata', 'annotations', repositoryAnnotation)
  return other === undefined || other === repository ? undefined : `it belongs to the repository ${other}`
}

/**
 * The live replica count that must be handed to another manager before an apply leaves `replicas` out: a sole owner that
 * drops the field resets it to 1. Undefined where the manifest names it, or where it is not ours alone.
 */
export function replicasToHandOver(live: JsonObject | undefined, workload: JsonObject): number | undefined {
  const replicas = numberAt(live, 'spec', 'replicas')
  if (replicas === undefined || numberAt(workload, 'spec', 'replicas') !== undefined) return undefined
  const owners = replicasOwners(live)
  return owners.length > 0 && owners.every((manager) => manager === fieldManager) ? replicas : undefined
}

/**
 * The workload as it can be put back: without its number of replicas where another one is live that is somebody else's.
 * Who has scaled it, by an autoscaler or by hand, knows the load of today; to insist would be refused as well.
 */
export function withLiveReplicas(workload: JsonObject, live: JsonObject | undefined): JsonObject {
  const isOthers = replicasOwners(live).some((manager) => manager !== fieldManager)
  const isSame = numberAt(workload, 'spec', 'replicas') === numberAt(live, 'spec', 'replicas')
  return isOthers && !isSame ? withAt(workload, ['spec', 'replicas'], () => undefined) : workload
}

function replicasOwners(live: JsonObject | undefined): string[] {
  const owning = listAt(live, 'metadata', 'managedFields').filter((entry) => objectAt(entry, 'fieldsV1', 'f:spec', 'f:replicas') !== undefined)
  return owning.map((entry) => textAt(entry, 'manager') ?? '')
}

/** Whether an apply was kept out by nothing but the number of replicas that was handed over before. */
export function isOwnHandOver(answer: ApplyAnswer): boolean {
  return answer.kind === 'owned' && answer.owners.every(({ manager }) => manager === replicasManager)
}

/** Metadata that takes the number of replicas back from whom it was handed to: the number stays, and nobody owns it. */
export function handedBack(live: JsonObject | undefined): JsonObject {
  const managedFields = listAt(live, 'metadata', 'managedFields').filter((entry) => textAt(entry, 'manager') !== replicasManager)
  return { managedFields, resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '' }
}
