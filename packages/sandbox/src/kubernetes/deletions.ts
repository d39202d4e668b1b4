import { stringOf, type Json } from '../json.ts'
import { KINDS, kindNamed, type Kind } from './kinds.ts'
import type { Change, Objects } from './objects.ts'
import { at, seconds, withField, type Resource } from './resource.ts'
import type { Scheduler } from './scheduler.ts'
import { refuse } from './status.ts'

const FOREGROUND = 'foregroundDeletion'

/** What a DELETE asks for, from its body or query. */
export interface DeleteOptions {
  readonly uid: string | undefined
  readonly resourceVersion: string | undefined
  readonly propagation: string | undefined
  readonly gracePeriodSeconds: number | undefined
  readonly dryRun: boolean
}

/** Deletes objects, and after them what they own. */
export class Deletions {
  readonly #objects: Objects
  readonly #scheduler: Scheduler

  constructor(objects: Objects, scheduler: Scheduler) {
    this.#objects = objects
    this.#scheduler = scheduler
    objects.subscribe((change) => {
      this.#collect(change)
    })
  }

  /** Deletes at once, or marks what must end first; answers as the API does. */
  delete(kind: Kind, namespace: string | undefined, name: string, options: DeleteOptions): Json {
    const live = this.#objects.get(kind, namespace, name)
    if (!live) throw refuse.notFound(kind, name)
    const { uid, resourceVersion } = live.metadata
    if (options.uid !== undefined && options.uid !== uid) throw refuse.precondition(kind, name, `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`)
    if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion)
      throw refuse.precondition(kind, name, `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`)
    const propagation = options.propagation ?? 'Background'
    const finalizers = [...(live.metadata.finalizers ?? []), ...(propagation === 'Foreground' && this.#objects.ownedBy(uid).length > 0 ? [FOREGROUND] : [])]
    const grace = kind.kind === 'Pod' && at(live, 'spec', 'nodeName') !== undefined ? (options.gracePeriodSeconds ?? Number(at(live, 'spec', 'terminationGracePeriodSeconds') ?? 30)) : 0
    if (kind.kind === 'Namespace' && !options.dryRun) return this.#end(kind, live)
    if (finalizers.length > 0 || grace > 0) {
      const marked: Resource = { ...live, metadata: { ...live.metadata, deletionTimestamp: live.metadata.deletionTimestamp ?? seconds(new Date(Date.now() + grace * 1000)), deletionGracePeriodSeconds: grace, ...(finalizers.length > 0 ? { finalizers: [...new Set(finalizers)] } : {}) } }
      if (options.dryRun || live.metadata.deletionTimestamp !== undefined) return marked
      const stored = this.#objects.put(kind, marked)
      if (propagation === 'Foreground') this.#deleteOwned(uid, 'Foreground')
      return stored
    }
    if (!options.dryRun) {
      if (propagation === 'Orphan') this.#orphan(uid)
      this.#objects.remove(kind, live)
    }
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { name, ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.plural, uid } }
  }

  /** A namespace takes no new content, loses what it has, waits for what has finalizers, and then goes. */
  #end(kind: Kind, live: Resource): Resource {
    const { name } = live.metadata
    const ending = this.#objects.put(kind, { ...live, metadata: { ...live.metadata, deletionTimestamp: seconds() }, status: { phase: 'Terminating' } })
    const empty = (): void => {
      const content = KINDS.filter(({ namespaced }) => namespaced).flatMap((of) => this.#objects.list(of, name).map((object) => ({ of, object })))
      const held = content.filter(({ object }) => (object.metadata.finalizers ?? []).length > 0)
      for (const { of, object } of content) {
        if (held.every((one) => one.object !== object)) this.#objects.remove(of, object)
        else if (object.metadata.deletionTimestamp === undefined) this.#objects.put(of, { ...object, metadata: { ...object.metadata, deletionTimestamp: seconds(), deletionGracePeriodSeconds: 0 } })
      }
      if (held.length > 0) this.#scheduler.after(100, empty)
      else this.#objects.remove(kind, ending)
    }
    this.#scheduler.after(100, empty)
    return ending
  }

  /** What was deleted takes along what it owned, and lets an owner go that waited for it. */
  #collect({ type, object }: Change): void {
    if (type !== 'DELETED') return
    this.#scheduler.after(5, () => {
      this.#deleteOwned(object.metadata.uid, 'Background')
      for (const { kind, live } of this.#waitingOwners(object)) if (this.#objects.ownedBy(live.metadata.uid).length === 0) this.#finish(kind, live)
    })
  }

  #deleteOwned(uid: string, propagation: string): void {
    for (const { kind, object } of this.#objects.ownedBy(uid)) {
      const { namespace, name } = object.metadata
      if (object.metadata.deletionTimestamp === undefined) this.delete(kind, namespace, name, { uid: object.metadata.uid, resourceVersion: undefined, propagation, gracePeriodSeconds: undefined, dryRun: false })
    }
  }

  #waitingOwners(object: Resource): { kind: Kind; live: Resource }[] {
    return (object.metadata.ownerReferences ?? []).flatMap(({ kind: ownerKind, name, uid }) => {
      const kind = kindNamed(ownerKind)
      const live = this.#objects.get(kind, stringOf(object.metadata.namespace), name)
      return live?.metadata.uid === uid && live.metadata.finalizers?.includes(FOREGROUND) ? [{ kind, live }] : []
    })
  }

  #finish(kind: Kind, live: Resource): void {
    const finalizers = (live.metadata.finalizers ?? []).filter((finalizer) => finalizer !== FOREGROUND)
    if (finalizers.length > 0) this.#objects.put(kind, { ...live, metadata: { ...live.metadata, finalizers } })
    else this.#objects.remove(kind, live)
  }

  #orphan(uid: string): void {
    for (const { kind, object } of this.#objects.ownedBy(uid))
      this.#objects.put(kind, withField(object, ['metadata', 'ownerReferences'], object.metadata.ownerReferences?.filter((owner) => owner.uid !== uid)))
  }
}
