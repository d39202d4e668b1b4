import type { JsonObject, RecordHead, RecordedVerdict, ReleaseRecord } from '@slipway/release'
import type { ObjectName, Observation } from '@slipway/rollout'

/** What the server said to an apply. */
export type ApplyAnswer =
  | { readonly kind: 'applied'; readonly object: JsonObject }
  /** The object has changed since it was read: read again, decide again. */
  | { readonly kind: 'stale' }
  /** Other field managers own fields that the apply would change. */
  | { readonly kind: 'owned'; readonly owners: readonly { readonly manager: string; readonly field: string }[] }
  /** The server takes no such object; its own words. */
  | { readonly kind: 'refused'; readonly why: string }

/** The objects of one target's namespace. */
export interface ClusterObjects {
  get(name: ObjectName): Promise<JsonObject | undefined>
  /** Server-side apply, never by force; a `uid` and `resourceVersion` in the object fence it. */
  apply(object: JsonObject, options: { readonly dryRun: boolean; readonly manager: string }): Promise<ApplyAnswer>
}

/** The release records of one target. */
export interface RecordStore {
  heads(services: readonly string[]): Promise<readonly RecordHead[]>
  /** Refuses a record that is too large, without any request. */
  check(record: ReleaseRecord): void
  /** Create as compare-and-set; a reply that was lost counts as created. */
  create(record: ReleaseRecord, fingerprint: string, version: string | undefined): Promise<'created' | 'taken'>
  conclude(service: string, sequence: number, verdict: Exclude<RecordedVerdict, 'pending'>): Promise<void>
  addVersion(head: RecordHead, version: string): Promise<void>
}

/** The lock of one service in one target, taken. */
export interface Lock {
  /** The number that was given out with the lock. */
  readonly sequence: number
  /** False from the moment on in which nothing may be written any more. */
  held(): boolean
  release(): Promise<void>
}

/** The locks of one target. */
export interface Locks {
  /** Waits while another run holds it, saying whose; `atLeast` is the lowest number that may be given out. */
  take(service: string, atLeast: number, waiting: (holder: string) => void): Promise<Lock>
}

/** What is seen of the workloads of one namespace, kept up to date by watches. */
export interface Observer {
  /** The newest state of one Deployment and all that it owns. */
  observe(deployment: string): Observation
  /** Resolves when something has changed, after `atMostMs` at the latest. */
  changed(atMostMs: number): Promise<void>
  close(): Promise<void>
}

/** Whether an image can be pulled where the target pulls from. */
export interface ImageRegistry {
  has(repository: string, digest: string): Promise<boolean>
}

/** What the signed-in role may do, and what of the target is there. */
export interface Rights {
  /** The rights that are missing, each as `verb resource in namespace`. */
  missing(): Promise<readonly string[]>
  /** The namespaces among those given that do not exist. */
  absentNamespaces(names: readonly string[]): Promise<readonly string[]>
}

/** Everything that delivery needs of one target. */
export interface TargetPorts {
  readonly objects: ClusterObjects
  readonly records: RecordStore
  readonly locks: Locks
  readonly images: ImageRegistry
  readonly rights: Rights
  /** Starts the watches; what it shows includes everything from this moment on. */
  observe(): Promise<Observer>
}

/** Where the story is told while it happens. Texts are made inert by whoever prints them. */
export interface Narrator {
  say(text: string): void
  warn(text: string): void
}
