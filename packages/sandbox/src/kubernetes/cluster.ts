import { kindNamed, type Kind } from './kinds.ts'
import type { LogBook } from './logs.ts'
import type { Change, Objects } from './objects.ts'
import { at, microseconds, numberAt, seconds, type OwnerReference, type Resource } from './resource.ts'
import type { Scheduler } from './scheduler.ts'
import { Refusal } from './status.ts'
import type { Writes } from './writes.ts'

/** What controllers and the kubelet share. */
export interface Cluster {
  readonly objects: Objects
  readonly writes: Writes
  readonly scheduler: Scheduler
  readonly logs: LogBook
  /** Cluster time in ms at which pods became ready, by uid. */
  readonly readySince: Map<string, number>
}

const EVENT = kindNamed('Event')
const NAMESPACE = kindNamed('Namespace')

/** So many Events of one reason are told each, before all others are told as one. */
const MOST_SIMILAR = 9

/** What an Event tells. */
export interface Occurrence {
  readonly about: Resource
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly component: string
  readonly host?: string
  readonly fieldPath?: string
}

/** Records an Event; one that was told before counts up. */
export function record({ objects }: Cluster, { about, type, reason, message, component, host, fieldPath }: Occurrence): void {
  const { name, namespace, uid, resourceVersion } = about.metadata
  if (!objects.get(NAMESPACE, undefined, namespace ?? '')) return
  const similar = objects.list(EVENT, namespace).filter((event) => at(event, 'involvedObject', 'uid') === uid && event['reason'] === reason && at(event, 'involvedObject', 'fieldPath') === fieldPath && component !== 'default-scheduler')
  const told = similar.find((event) => event['message'] === message) ?? similar[MOST_SIMILAR]
  const text = similar.length >= MOST_SIMILAR && told?.['message'] !== message ? `(combined from similar events): ${message}` : message
  if (told) {
    objects.put(EVENT, { ...told, message: text, lastTimestamp: seconds(), count: numberAt(told, 'count') + 1 })
    return
  }
  const isScheduler = component === 'default-scheduler'
  objects.put(EVENT, {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: { name: `${name}.18e9${(objects.version * 0x10001).toString(16).padStart(12, '0')}`, ...(namespace === undefined ? {} : { namespace }), uid: crypto.randomUUID(), resourceVersion: '', creationTimestamp: seconds() },
    involvedObject: { kind: about.kind, namespace, name, uid, apiVersion: about.apiVersion, resourceVersion, ...(fieldPath === undefined ? {} : { fieldPath }) },
    reason,
    message: text,
    source: isScheduler ? {} : { component, ...(host === undefined ? {} : { host }) },
    firstTimestamp: isScheduler ? null : seconds(),
    lastTimestamp: isScheduler ? null : seconds(),
    ...(isScheduler ? { action: 'Binding' } : { count: 1 }),
    type,
    eventTime: isScheduler ? microseconds() : null,
    reportingComponent: component,
    reportingInstance: isScheduler ? 'default-scheduler-sandbox' : (host ?? ''),
  })
}

/** Calls `reconcile` for objects of a kind soon after they, or what they control, changed: once for changes that come together. */
export function control(cluster: Cluster, kind: Kind, reconcile: (object: Resource) => void): (object: Resource) => void {
  const waiting = new Set<string>()
  const enqueue = (namespace: string | undefined, name: string, uid: string): void => {
    if (waiting.has(uid)) return
    waiting.add(uid)
    cluster.scheduler.after(4, () => {
      waiting.delete(uid)
      const live = cluster.objects.get(kind, namespace, name)
      if (live?.metadata.uid !== uid || live.metadata.deletionTimestamp !== undefined) return
      try {
        reconcile(live)
      } catch (error) {
        // The API refused a controller, whose namespace may be going: it tries again, as all controllers do.
        if (!(error instanceof Refusal)) throw error
        cluster.scheduler.after(1000, () => {
          enqueue(namespace, name, uid)
        })
      }
    })
  }
  cluster.objects.subscribe(({ kind: changed, object }: Change) => {
    if (changed === kind) enqueue(object.metadata.namespace, object.metadata.name, object.metadata.uid)
    const owner = controllerOf(object)
    if (owner?.kind === kind.kind) enqueue(object.metadata.namespace, owner.name, owner.uid)
  })
  return ({ metadata }) => {
    enqueue(metadata.namespace, metadata.name, metadata.uid)
  }
}

export function controllerOf(object: Resource): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller)
}

/** The reference that makes `owner` the controller of something. */
export function controlledBy({ apiVersion, kind, metadata: { name, uid } }: Resource): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }
}

/** The objects of a kind that `owner` controls, oldest first. */
export function controlled({ objects }: Cluster, kind: Kind, owner: Resource): Resource[] {
  return objects.list(kind, owner.metadata.namespace).filter((object) => controllerOf(object)?.uid === owner.metadata.uid)
}

/** A write by the controllers; with `status` it may change the status too. */
export function byController({ writes }: Cluster, kind: Kind, object: Resource, subresource?: 'status' | 'scale'): Resource {
  return writes.replace(kind, object, { writer: { manager: 'kube-controller-manager', operation: 'Update', subresource }, dryRun: false, force: true }).object
}

/** Whether a pod still counts: neither ended nor on its way out. */
export function isActive(pod: Resource): boolean {
  return pod.metadata.deletionTimestamp === undefined && !['Failed', 'Succeeded'].includes(String(at(pod, 'status', 'phase')))
}
