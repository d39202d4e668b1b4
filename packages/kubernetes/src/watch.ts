import { isJson, isJsonObject, type JsonObject } from '@slipway/release'
import { numberAt, textAt } from '@slipway/rollout'
import { TransportError, type Clock } from '@slipway/wire'
import { ApiError } from './api-error.ts'
import { query, selectors, type Cluster, type Selection } from './cluster.ts'

export interface WatchOptions {
  readonly clock: Clock
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Told after each change of what is seen. */
  readonly onChange: () => void
}

/** The newest state of every object of a selection, kept up to date. */
export interface Watched {
  /** By uid; ever the same map. */
  readonly objects: ReadonlyMap<string, JsonObject>
  /** Resolves when the watch has ended after its signal; rejects where the server refuses it for good. */
  readonly ended: Promise<void>
}

const silenceSeconds = 60
const pauseMs = 500

/**
 * Lists a selection and then follows its changes until the signal: a broken or silent stream is opened again where it
 * ended, and after a 410 the selection is listed again, so that no change is lost and none is taken back.
 */
export async function watch(cluster: Cluster, selection: Selection, options: WatchOptions): Promise<Watched> {
  const objects = new Map<string, JsonObject>()
  const first = await relist(cluster, selection, objects)
  return { objects, ended: followChanges(cluster, selection, objects, first, options) }
}

async function followChanges(cluster: Cluster, selection: Selection, objects: Map<string, JsonObject>, from: string, options: WatchOptions): Promise<void> {
  let resourceVersion: string | undefined = from
  while (!options.signal.aborted) {
    try {
      if (resourceVersion === undefined) {
        resourceVersion = await relist(cluster, selection, objects)
        options.onChange()
      }
      resourceVersion = await stream(cluster, selection, objects, resourceVersion, options)
    } catch (error) {
      if (isAborted(options.signal)) return
      if (error instanceof ApiError && error.status === 410) {
        resourceVersion = undefined
        continue
      }
      if (!(error instanceof TransportError) && !(error instanceof ApiError && error.isPassing)) throw error
      await options.clock.wait(pauseMs, options.signal).catch(() => undefined)
    }
  }
}

async function relist(cluster: Cluster, selection: Selection, objects: Map<string, JsonObject>): Promise<string> {
  const { items, resourceVersion } = await cluster.list(selection)
  const present = new Set<string>()
  for (const item of items) {
    // A list leaves these two out of its items.
    const object = { apiVersion: selection.apiVersion, kind: selection.kind, ...item }
    present.add(uidOf(object))
    keepNewer(objects, object)
  }
  for (const uid of objects.keys()) if (!present.has(uid)) objects.delete(uid)
  return resourceVersion
}

/** Reads one stream to its end; returns the version to go on from. */
async function stream(cluster: Cluster, selection: Selection, objects: Map<string, JsonObject>, from: string, options: WatchOptions): Promise<string | undefined> {
  const path = `${await cluster.collection(selection)}${query({
    ...selectors(selection),
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: from,
    timeoutSeconds: String(silenceSeconds),
  })}`
  // The server ends the stream after its time-out; one that stays silent for longer is half open.
  const response = await cluster.server.send({ method: 'GET', path, repeatable: true, signal: options.signal, timeoutMs: (silenceSeconds + 15) * 1000 })
  let resourceVersion = from
  for await (const line of lines(response.body)) {
    const event: unknown = JSON.parse(line)
    if (!isJson(event) || !isJsonObject(event)) continue
    const object = event['object']
    if (!isJsonObject(object)) continue
    if (event['type'] === 'ERROR') {
      if (numberAt(object, 'code') === 410) return undefined
      throw new ApiError(numberAt(object, 'code') ?? 500, JSON.stringify(object), undefined)
    }
    resourceVersion = textAt(object, 'metadata', 'resourceVersion') ?? resourceVersion
    if (event['type'] === 'BOOKMARK') continue
    if (event['type'] === 'DELETED') objects.delete(uidOf(object))
    else keepNewer(objects, object)
    options.onChange()
  }
  return resourceVersion
}

/** A list that was answered late never overwrites what the stream has shown since. */
function keepNewer(objects: Map<string, JsonObject>, object: JsonObject): void {
  const known = objects.get(uidOf(object))
  if (known !== undefined && versionOf(known) > versionOf(object)) return
  objects.set(uidOf(object), object)
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
