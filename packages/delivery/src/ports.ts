import type { Block, ContentNames, JsonObject, RecordHead, RecordedVerdict, ReleaseRecord, SyncedObject } from '@slipway/release'
import type { EvidenceSource } from './evidence.ts'
import type { Fresh, ObjectName, Observation } from '@slipway/rollout'

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
  /** Server-side apply, never by force; a `uid` and `resourceVersion` in the object fence it. `overOwners`: what it would come to if no field belonged to others, in a dry run alone. */
  apply(object: JsonObject, options: { readonly manager: string; readonly signal?: AbortSignal } & ({ readonly dryRun: boolean } | { readonly dryRun: true; readonly overOwners: true })): Promise<ApplyAnswer>
  /** Changes metadata alone: labels, annotations (null removes one), the owners of fields; a `resourceVersion` in it fences it. */
  amend(name: ObjectName, metadata: JsonObject, options: { readonly manager: string; readonly signal: AbortSignal }): Promise<ApplyAnswer>
  /** Deletes exactly this state of this object; `stale` where it has changed since, `refused` where we may not. */
  remove(name: ObjectName, state: { readonly uid: string; readonly resourceVersion: string }): Promise<'removed' | 'stale' | 'refused'>
  /** The names of all ConfigMaps or Secrets, without their contents. */
  names(kind: SyncedObject['kind']): Promise<ReadonlySet<string>>
  /** The number that each service's newest workload carries. */
  running(): Promise<ReadonlyMap<string, number>>
  /** The keys of one, never its values; `unreadable` where the server does not show it. */
  keysOf(kind: SyncedObject['kind'], name: string): Promise<readonly string[] | 'absent' | 'unreadable'>
}

/** The release records of one target. */
export interface RecordStore {
  /** What is known of these services, or of all that have records. */
  history(services?: readonly string[]): Promise<History>
  /** The blocks of one service. */
  blocks(service: string): Promise<readonly Block[]>
  /** Undefined where it is gone. */
  read(name: string): Promise<ReleaseRecord | undefined>
  /** Refuses a record that is too large, without any request. */
  check(record: ReleaseRecord): void
  /** Create as compare-and-set; a reply that was lost counts as created. `pending`, unless its verdict is known already. */
  create(record: ReleaseRecord, fingerprint: string, names: ContentNames, verdict?: RecordedVerdict): Promise<'created' | 'taken'>
  conclude(service: string, sequence: number, verdict: Exclude<RecordedVerdict, 'pending'>): Promise<void>
  /** Other names of the same content, and what its last deploy came from; what is known is no write. */
  addNames(head: RecordHead, names: ContentNames): Promise<void>
  /** Compare-and-set; blocks that stay the same are no write. */
  changeBlocks(service: string, change: (blocks: readonly Block[]) => readonly Block[]): Promise<void>
}

export interface History {
  readonly heads: readonly RecordHead[]
  /** By service. */
  readonly blocks: ReadonlyMap<string, readonly Block[]>
}

/** The lock of one service in one target, taken. */
export interface Lock {
  /** The number that was given out with the lock. */
  readonly sequence: number
  /** False from the moment on in which nothing may be written any more. */
  held(): boolean
  /** The run that took the lock from us, once that is seen. */
  oustedBy(): string | undefined
  /** The run from which it was taken without asking. */
  readonly tookFrom: string | undefined
  /** Ends when nothing may be written any more. */
  readonly signal: AbortSignal
  /** Another number, for another revision behind the same lock. */
  next(): Promise<number>
  /** `left` where it could not be given back: it ends by itself, 15 s later. */
  release(): Promise<'released' | 'left'>
}

export interface LockWish {
  /** The lowest number that may be given out. */
  readonly atLeast: number
  /** Take it from another run without asking. */
  readonly oust: boolean
  /** Do not wait for another holder: `lock-held` at once. */
  readonly isImpatient?: boolean
  readonly signal: AbortSignal
  /** Told whose run is waited for. */
  readonly waiting: (holder: string) => void
}

/** The locks of one target. */
export interface Locks {
  take(service: string, wish: LockWish): Promise<Lock>
}

/** What is seen of the workloads of one namespace, kept up to date by watches. */
export interface Observer {
  /** The newest state of one Deployment and all that it owns, and the Events about these. */
  observe(deployment: string): Omit<Observation, 'answers'>
  /**
   * The same objects, read anew from the server. `pods`: the Deployment and its pods alone, while each of these belongs to
   * a ReplicaSet that was seen: what is healthy is so by nothing that changes in a ReplicaSet.
   */
  fresh(deployment: string, which?: 'all' | 'pods'): Promise<Fresh>
  /**
   * Resolves at the next change of a Deployment, of anything that it owns or of an Event about one of these, and where
   * no more can be seen: asked for before a look, it misses none that comes while that look is dealt with.
   */
  change(deployment: string): Promise<void>
  close(): Promise<void>
}

/** Whether an image can be pulled where the target pulls from. */
export interface ImageRegistry {
  has(repository: string, digest: string): Promise<boolean>
}

/** What the signed-in role may do, and what of the target is there. */
export interface Rights {
  /** Asks for what every release needs while something else is read; the answers are for the next `missing`. */
  ahead(): void
  /** The rights that are missing to write these kinds and to follow, each as `verb resource`. */
  missing(kinds: readonly Pick<ObjectName, 'apiVersion' | 'kind'>[]): Promise<readonly { readonly right: string; readonly namespace: string }[]>
  /** Whether a namespace exists; `hidden` where the role may not know. */
  namespace(name: string): Promise<'there' | 'absent' | 'hidden'>
}

/** The history of the repository up to the commit that is deployed. */
export interface CommitHistory {
  /** Whether a commit is the one that is deployed, or comes before it; not where it is not known. */
  isBefore(commit: string): Promise<boolean>
}

/** Everything that delivery needs of one target. */
export interface TargetPorts {
  readonly objects: ClusterObjects
  readonly records: RecordStore
  readonly locks: Locks
  readonly images: ImageRegistry
  readonly rights: Rights
  /** Read when something failed. */
  readonly evidence: EvidenceSource
  /** Starts the watches; what it shows includes everything from this moment on. */
  observe(): Promise<Observer>
}

/** Where the story is told while it happens. Texts are made inert by whoever prints them. */
export interface Narrator {
  say(text: string): void
  warn(text: string): void
}
