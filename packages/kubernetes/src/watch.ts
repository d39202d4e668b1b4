import { isJsonObject, type JsonObject } from '@slipway/release'
import { numberAt, textAt } from '@slipway/rollout'
import { TransportError, type Clock } from '@slipway/wire'
import { ApiError } from './api-error.ts'
import { query, selectors, type Cluster, type Selection } from './cluster.ts'
import { parsedJson } from './json.ts'

export interface WatchOptions {
  readonly clock: Clock
  /** 0 up to 1, for the jitter of pauses; the machine's own by default. */
  readonly random?: () => number
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Told after each change of what is seen, with the states that came and those that went; nothing is told twice. */
  readonly onChange: (states: readonly JsonObject[]) => void
}

/** The newest state of every object of a selection, kept up to date. */
export interface Watched {
  /** By uid; ever the same map. */
  readonly objects: ReadonlyMap<string, JsonObject>
  /** Resolves when the watch has ended after its signal; rejects where the server refuses it for good. */
  readonly ended: Promise<void>
}

const silenceSeconds = 60
/** A stream that lasted for so long did its work, even if nothing happened. */
const fruitfulMs = 10_000
const firstPauseMs = 200
const longestPauseMs = 8_000

/**
 * Lists a selection and then follows its changes until the signal: a broken or silent stream is opened again where it
 * ended, and after a 410 the selection is listed again, so that no change is lost and none is taken back.
 */
export async function watch(cluster: Cluster, selection: Selection, options: WatchOptions): Promise<Watched> {
  const seen: Seen = { objects: new Map(), resourceVersion: undefined, events: 0 }
  await relist(cluster, selection, seen)
  return { objects: seen.objects, ended: followChanges(cluster, selection, seen, options) }
}

/** What was seen so far, and where to go on. */
interface Seen {
  readonly objects: Map<string, JsonObject>
  /** The last one that an object or a bookmark told; undefined where the selection has to be listed. */
  resourceVersion: string | undefined
  /** How many events told of an object. */
  events: number
}

async function followChanges(cluster: Cluster, selection: Selection, seen: Seen, options: WatchOptions): Promise<void> {
  const { clock, random = Math.random, signal, onChange } = options
  let fruitless = 0
  while (!signal.aborted) {
    const before = { events: seen.events, atMs: clock.monotonic() }
    try {
      const missed = seen.resourceVersion === undefined ? await relist(cluster, selection, seen) : []
      if (missed.length > 0) onChange(missed)
      await stream(cluster, selection, seen, options)
    } catch (error) {
      if (isAborted(signal)) return
      if (error instanceof ApiError && error.status === 410) seen.resourceVersion = undefined
      else if (!(error instanceof TransportError) && !(error instanceof ApiError && error.isPassing)) throw error
    }
    fruitless = seen.events > before.events || clock.monotonic() - before.atMs >= fruitfulMs ? 0 : fruitless + 1
    if (fruitless > 0) await clock.wait(pauseMs(fruitless, random), signal).catch(() => undefined)
  }
}

/** Doubles with every fruitless stream; the jitter keeps many runs from coming back at once. */
function pauseMs(fruitless: number, random: () => number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (fruitless - 1)) * (0.5 + random() / 2)
}

/** Makes what is seen equal to a fresh list; answers the states that came and those that went. */
async function relist(cluster: Cluster, selection: Selection, seen: Seen): Promise<readonly JsonObject[]> {
  const { items, resourceVersion } = await cluster.list(selection)
  const present = new Set<string>()
  const states: JsonObject[] = []
  for (const item of items) {
    // A list leaves these two out of its items.
    const object = { apiVersion: selection.apiVersion, kind: selection.kind, ...item }
    present.add(uidOf(object))
    states.push(...keepNewer(seen.objects, object))
  }
  for (const uid of seen.objects.keys()) if (!present.has(uid)) states.push(...forget(seen.objects, uid))
  seen.resourceVersion = resourceVersion
  return states
}

/** Reads one stream to its end, noting how far it came. */
async function stream(cluster: Cluster, selection: Selection, seen: Seen, { signal, onChange }: WatchOptions): Promise<void> {
  const path = `${await cluster.collection(selection)}${query({
    ...selectors(selection),
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: seen.resourceVersion,
    timeoutSeconds: String(silenceSeconds),
  })}`
  // The server ends the stream after its time-out; one that stays silent for longer is half open.
  for await (const line of lines(await cluster.server.stream(path, { silenceMs: (silenceSeconds + 15) * 1000, signal }))) {
    const event = parsedJson(line)
    const object = isJsonObject(event) ? event['object'] : undefined
    // Not an event: what follows cannot be trusted either.
    if (!isJsonObject(event) || !isJsonObject(object)) return
    if (event['type'] === 'ERROR') throw new ApiError(numberAt(object, 'code') ?? 500, JSON.stringify(object), undefined)
    seen.resourceVersion = textAt(object, 'metadata', 'resourceVersion') ?? seen.resourceVersion
    if (event['type'] === 'BOOKMARK') continue
    seen.events += 1
    const states = event['type'] === 'DELETED' ? forget(seen.objects, uidOf(object)) : keepNewer(seen.objects, object)
    if (states.length > 0) onChange(states)
  }
}

/** Takes in a state, unless it is known already or a newer one is; answers what came, and what went for it. */
function keepNewer(objects: Map<string, JsonObject>, object: JsonObject): readonly JsonObject[] {
  const uid = uidOf(object)
  const known = objects.get(uid)
  if (known !== undefined && (versionOf(known) > versionOf(object) || isSame(known, object))) return []
  objects.set(uid, object)
  return known === undefined ? [object] : [known, object]
}

function forget(objects: Map<string, JsonObject>, uid: string): readonly JsonObject[] {
  const known = objects.get(uid)
  objects.delete(uid)
  return known === undefined ? [] : [known]
}

function isSame(one: JsonObject, other: JsonObject): boolean {
  const version = textAt(one, 'metadata', 'resourceVersion')
  return version !== undefined && version === textAt(other, 'metadata', 'resourceVersion')
}

function uidOf(object: JsonObject): string {
  return textAt(object, 'metadata', 'uid') ?? textAt(object, 'metadata', 'name') ?? ''
}

/** Since Kubernetes 1.35 versions may be compared as numbers (KEP-5504); every served storage has kept them so. */
function versionOf(object: JsonObject): bigint {
  const text = textAt(object, 'metadata', 'resourceVersion') ?? ''
  return /^\d+$/.test(text) ? BigInt(text) : 0n
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted
}

async function* lines(body: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.trim() !== '') yield part
  }
}
