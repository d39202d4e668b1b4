import { KINDS, qualified, type Kind } from './kinds.ts'
import type { Resource } from './resource.ts'
import { refuse } from './status.ts'

/** One step of history. */
export interface Change {
  readonly version: number
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly kind: Kind
  readonly object: Resource
  /** As it was before, where it was. */
  readonly before: Resource | undefined
}

/** The live objects, how they came to be, and who listens. Stored objects are never changed in place. */
export class Objects {
  readonly #live = new Map<string, Map<string, Resource>>()
  readonly #listeners = new Set<(change: Change) => void>()
  #history: Change[] = []
  #version = 1000
  #oldest = 1000

  get version(): number {
    return this.#version
  }

  get(kind: Kind, namespace: string | undefined, name: string): Resource | undefined {
    return this.#live.get(qualified(kind))?.get(`${namespace ?? ''}/${name}`)
  }

  list(kind: Kind, namespace?: string): Resource[] {
    return [...(this.#live.get(qualified(kind))?.values() ?? [])].filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
  }

  /** Every object of every kind that names this uid as an owner. */
  ownedBy(uid: string): { kind: Kind; object: Resource }[] {
    return KINDS.flatMap((kind) =>
      this.list(kind)
        .filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid))
        .map((object) => ({ kind, object })),
    )
  }

  /** Stores the object under a new resourceVersion and tells the listeners. */
  put(kind: Kind, object: Resource): Resource {
    const before = this.get(kind, object.metadata.namespace, object.metadata.name)
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version + 1) } }
    const kept = this.#live.get(qualified(kind)) ?? new Map<string, Resource>()
    this.#live.set(qualified(kind), kept.set(keyOf(stored), stored))
    this.#tell(kind, before ? 'MODIFIED' : 'ADDED', stored, before)
    return stored
  }

  remove(kind: Kind, object: Resource): void {
    if (!this.#live.get(qualified(kind))?.delete(keyOf(object))) return
    this.#tell(kind, 'DELETED', { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version + 1) } }, object)
  }

  /** The objects of a kind as they were at a version; 410 where that is forgotten. */
  listAt(version: number, kind: Kind, namespace?: string): Resource[] {
    if (version < this.#oldest) throw refuse.expiredPage()
    const then = new Map(this.list(kind, namespace).map((object) => [keyOf(object), object]))
    for (const { object, before, ...change } of this.since(version).toReversed()) {
      if (change.kind !== kind || (namespace !== undefined && object.metadata.namespace !== namespace)) continue
      if (before) then.set(keyOf(object), before)
      else then.delete(keyOf(object))
    }
    return [...then.values()]
  }

  /** What happened after a version; 410 where that is forgotten. */
  since(version: number): Change[] {
    if (version < this.#oldest) throw refuse.expired(version, this.#oldest)
    return this.#history.filter((change) => change.version > version)
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Forgets all history: every resourceVersion given out so far is too old. */
  compact(): void {
    this.#version += 1
    this.#oldest = this.#version
    this.#history = []
  }

  #tell(kind: Kind, type: Change['type'], object: Resource, before: Resource | undefined): void {
    this.#version += 1
    const change = { version: this.#version, type, kind, object, before }
    this.#history.push(change)
    for (const listener of [...this.#listeners]) listener(change)
  }
}

function keyOf({ metadata }: Resource): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}
