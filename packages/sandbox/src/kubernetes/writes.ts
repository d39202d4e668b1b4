import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { isJson, listOf } from '../json.ts'
import { admitPod } from './admission.ts'
import { applied } from './apply.ts'
import { withDefaults } from './defaults.ts'
import { apiVersionOf, kindNamed, type Kind } from './kinds.ts'
import type { Objects } from './objects.ts'
import { afterUpdate, type Writer } from './ownership.ts'
import { at, nameSuffix, seconds, withField, type Metadata, type Resource } from './resource.ts'
import { refuse, type Cause } from './status.ts'
import { validate } from './validation.ts'

/** What accompanies a write. */
export interface Intent {
  readonly writer: Writer
  readonly dryRun: boolean
  readonly force: boolean
}

/** A write's answer: the object, and whether it is new. */
export interface Written {
  readonly object: Resource
  readonly created: boolean
}

/** Every way in which an object comes to be or changes: the same defaults, rules and bookkeeping for all. */
export class Writes {
  readonly #objects: Objects

  constructor(objects: Objects) {
    this.#objects = objects
  }

  create(kind: Kind, body: Resource, intent: Intent): Written {
    this.#needNamespace(body.metadata.namespace, kind)
    if (body.metadata.resourceVersion) throw refuse.untyped('resourceVersion should not be set on objects to be created')
    const generateName = body.metadata['generateName']
    const name = body.metadata.name || (typeof generateName === 'string' ? `${generateName}${nameSuffix(randomUUID(), 5)}` : '')
    if (this.#objects.get(kind, body.metadata.namespace, name)) throw refuse.alreadyExists(kind, name)
    if (kind.kind === 'Pod') admitPod(this.#objects, { ...body, metadata: { ...body.metadata, name } })
    const fresh = withDefaults(born(kind, { ...body, metadata: { ...body.metadata, name } }))
    return this.#commit(kind, undefined, { ...fresh, metadata: { ...fresh.metadata, managedFields: afterUpdate(undefined, withoutManagers(fresh), kind, intent.writer) } }, intent)
  }

  /** Replaces an object: PUT, merge patches and controllers. */
  replace(kind: Kind, body: Resource, intent: Intent): Written {
    const { namespace, name, uid, resourceVersion } = body.metadata
    this.#needNamespace(namespace, kind)
    const live = this.#objects.get(kind, namespace, name)
    if (!live) {
      if (kind.kind === 'Lease') return this.create(kind, withField(body, ['metadata', 'resourceVersion'], undefined), intent)
      throw refuse.notFound(kind, name)
    }
    if (kind.kind === 'Lease' && !resourceVersion) throw refuse.invalid({ kind: kind.plural, group: kind.group }, name, [{ reason: 'FieldValueInvalid', field: 'metadata.resourceVersion', message: 'Invalid value: 0: must be specified for an update' }])
    if (uid && uid !== live.metadata.uid) throw refuse.conflict(kind, name, `StorageError: invalid object, Code: 4, Key: /registry/${kind.plural}/${namespace ?? ''}/${name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`)
    if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) throw refuse.conflict(kind, name)
    const next = withDefaults(succeeding(kind, live, body, intent.writer.subresource === 'status'))
    return this.#commit(kind, live, { ...next, metadata: { ...next.metadata, managedFields: afterUpdate(live, next, kind, intent.writer) } }, intent)
  }

  apply(kind: Kind, patch: Resource, intent: Intent): Written {
    const { namespace, name, uid, resourceVersion } = patch.metadata
    this.#needNamespace(namespace, kind)
    if (patch.metadata.managedFields) throw refuse.badRequest('metadata.managedFields must be nil')
    const live = this.#objects.get(kind, namespace, name)
    const content = kind.hasStatus && intent.writer.subresource !== 'status' ? withField(patch, ['status'], undefined) : patch
    if (!live) {
      if (uid) throw refuse.conflict(kind, name, `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`)
      return this.#commit(kind, undefined, withDefaults(born(kind, applied(undefined, content, kind, intent.writer, intent.force))), intent)
    }
    const next = applied(live, content, kind, intent.writer, intent.force)
    if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) throw refuse.conflict(kind, name)
    if (uid && uid !== live.metadata.uid) {
      // The API finds it twice, and says it once.
      const cause: Cause = { reason: 'FieldValueInvalid', field: 'metadata.uid', message: `Invalid value: "${uid}": field is immutable` }
      throw refuse.invalid(kind, name, [cause, cause])
    }
    return this.#commit(kind, live, withDefaults(succeeding(kind, live, next, intent.writer.subresource === 'status')), intent)
  }

  #needNamespace(namespace: string | undefined, { namespaced }: Kind): void {
    if (namespaced && !this.#objects.get(NAMESPACE, undefined, namespace ?? '')) throw refuse.notFound(NAMESPACE, namespace ?? '')
  }

  #refuseEnding(namespace: string | undefined, kind: Kind, name: string): void {
    const isEnding = this.#objects.get(NAMESPACE, undefined, namespace ?? '')?.metadata.deletionTimestamp !== undefined
    const cause: Cause = { reason: 'NamespaceTerminating', message: `namespace ${namespace ?? ''} is being terminated`, field: 'metadata.namespace' }
    if (isEnding) throw refuse.forbidden(kind, name, `unable to create new content in namespace ${namespace ?? ''} because it is being terminated`, [cause])
  }

  #commit(kind: Kind, live: Resource | undefined, next: Resource, { dryRun, writer }: Intent): Written {
    if (!live && kind.namespaced) this.#refuseEnding(next.metadata.namespace, kind, next.metadata.name)
    validate(kind, next, live)
    const generation = live?.metadata.generation ?? 0
    const counted = kind.hasGeneration && writer.subresource !== 'status' && (!live || isCounted(kind, live, next)) ? withField(next, ['metadata', 'generation'], generation + 1) : next
    // A write that changes nothing is none: nothing is stored, and nobody hears of it.
    if (live && isDeepStrictEqual(plain(counted), plain(live))) return { object: live, created: false }
    if (dryRun) return { object: counted, created: !live }
    const isLast = live?.metadata.deletionTimestamp !== undefined && listOf(counted.metadata.finalizers).length === 0 && listOf(live.metadata.finalizers).length > 0
    const object = this.#objects.put(kind, counted)
    if (isLast) this.#objects.remove(kind, object)
    return { object, created: !live }
  }
}

const NAMESPACE = kindNamed('Namespace')

/** Whether a change is a new generation: of the annotations too, where it is a Deployment. */
function isCounted({ kind }: Kind, live: Resource, next: Resource): boolean {
  return !isDeepStrictEqual(live['spec'], next['spec']) || (kind === 'Deployment' && !isDeepStrictEqual(live.metadata.annotations ?? {}, next.metadata.annotations ?? {}))
}

function plain(object: Resource): unknown {
  return JSON.parse(JSON.stringify(object))
}

function withoutManagers(object: Resource): Resource {
  return withField(object, ['metadata', 'managedFields'], undefined)
}

/** A first version: with the API's own metadata, and a status only where a controller has not yet spoken. */
function born(kind: Kind, body: Resource): Resource {
  const { labels, annotations, ownerReferences, finalizers, managedFields, name, namespace } = body.metadata
  const generateName = body.metadata['generateName']
  const metadata: Metadata = {
    name,
    ...(typeof generateName === 'string' ? { generateName } : {}),
    ...(kind.namespaced && namespace !== undefined ? { namespace } : {}),
    uid: randomUUID(),
    resourceVersion: '',
    creationTimestamp: seconds(),
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
    ...(ownerReferences ? { ownerReferences } : {}),
    ...(finalizers ? { finalizers } : {}),
    ...(managedFields ? { managedFields } : {}),
  }
  const status = kind.kind === 'ReplicaSet' ? { replicas: 0 } : kind.kind === 'Pod' ? { phase: 'Pending', qosClass: 'BestEffort' } : kind.kind === 'Namespace' ? { phase: 'Active' } : {}
  return { ...body, apiVersion: apiVersionOf(kind), kind: kind.kind, metadata, ...(kind.hasStatus ? { status } : {}) }
}

/** A next version: what the API keeps is the live object's, and status changes only through its subresource. */
function succeeding(kind: Kind, live: Resource, body: Resource, isStatus: boolean): Resource {
  const kept = Object.fromEntries(['uid', 'creationTimestamp', 'generation', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generateName', 'resourceVersion'].flatMap((field) => (live.metadata[field] === undefined ? [] : [[field, live.metadata[field]]])))
  const metadata: Metadata = { ...body.metadata, ...kept, uid: live.metadata.uid, resourceVersion: live.metadata.resourceVersion, creationTimestamp: live.metadata.creationTimestamp }
  const next: Resource = { ...body, apiVersion: live.apiVersion, kind: live.kind, metadata }
  if (kind.kind === 'Service' && at(next, 'spec', 'clusterIP') === undefined && isJson(next['spec'])) next['spec'] = { ...next['spec'], clusterIP: at(live, 'spec', 'clusterIP') }
  if (!kind.hasStatus || isStatus) return next
  return live['status'] === undefined ? withField(next, ['status'], undefined) : { ...next, status: live['status'] }
}
