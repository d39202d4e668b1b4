import type { ServerResponse } from 'node:http'
import type { Json } from '../json.ts'
import type { Received } from '../server.ts'
import { apiVersionOf, type Kind } from './kinds.ts'
import type { Change, Objects } from './objects.ts'
import type { Resource } from './resource.ts'
import type { Scheduler } from './scheduler.ts'
import { selectorOf } from './selectors.ts'
import { refuse, Refusal } from './status.ts'

const BOOKMARK_EVERY_MS = 60_000

/** How a watch from a forgotten version is told: as a first event, as the API does, or as the HTTP answer, as proxies and older servers do. */
export type Gone = 'event' | 'http'

/** The open watches of a server. */
export class Watches {
  readonly #objects: Objects
  readonly #scheduler: Scheduler
  readonly #open = new Set<() => void>()
  goneAs: Gone = 'event'

  constructor(objects: Objects, scheduler: Scheduler) {
    this.#objects = objects
    this.#scheduler = scheduler
  }

  /** Streams what happens to a kind's objects until the time is up or the client is gone. */
  start(kind: Kind, namespace: string | undefined, query: URLSearchParams, shown: (object: Resource) => Json, request: Received, response: ServerResponse): void {
    const selects = selectorOf(query, kind)
    const concerns = (object: Resource): boolean => (namespace === undefined || object.metadata.namespace === namespace) && selects(object)
    const asked = query.get('resourceVersion') ?? ''
    const send = (type: string, object: Json): void => {
      response.write(`${JSON.stringify({ type, object })}\n`)
    }
    const tell = (change: Change): void => {
      if (change.kind.plural !== kind.plural || change.kind.group !== kind.group) return
      const was = change.before !== undefined && concerns(change.before)
      const is = change.type !== 'DELETED' && concerns(change.object)
      if (is) send(was ? 'MODIFIED' : 'ADDED', shown(change.object))
      else if (was) send('DELETED', shown(change.object))
    }
    const missed = this.#missed(asked)
    if (missed instanceof Refusal && this.goneAs === 'http') throw missed
    response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' })
    response.flushHeaders()
    if (missed instanceof Refusal) {
      send('ERROR', missed.status)
      response.end()
      return
    }
    if (missed) missed.forEach(tell)
    else for (const object of this.#objects.list(kind, namespace)) if (selects(object)) send('ADDED', shown(object))

    const withBookmarks = query.get('allowWatchBookmarks') === 'true'
    const bookmark = (): void => {
      if (withBookmarks) send('BOOKMARK', { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata: { resourceVersion: String(this.#objects.version) } })
    }
    let cancelBookmark: () => void = () => undefined
    const nextBookmark = (): void => {
      cancelBookmark = this.#scheduler.after(BOOKMARK_EVERY_MS, () => {
        bookmark()
        nextBookmark()
      })
    }
    nextBookmark()
    const unsubscribe = this.#objects.subscribe(tell)
    const stop = (): void => {
      unsubscribe()
      cancelBookmark()
      cancelTimeout()
      this.#open.delete(stop)
      response.end()
    }
    const cancelTimeout = this.#scheduler.after(Number(query.get('timeoutSeconds') ?? Infinity) * 1000, () => {
      bookmark()
      stop()
    })
    this.#open.add(stop)
    request.gone.addEventListener('abort', stop)
    if (request.gone.aborted) stop()
  }

  /** Ends every open watch, as a server that restarts does. */
  endAll(): void {
    for (const stop of [...this.#open]) stop()
  }

  /** What the client has missed; nothing where it asked for the state instead. */
  #missed(asked: string): Change[] | Refusal | undefined {
    if (asked === '' || asked === '0') return undefined
    if (!/^\d+$/.test(asked)) throw refuse.untyped(`resourceVersion: Invalid value: "${asked}": strconv.ParseUint: parsing "${asked}": invalid syntax`)
    try {
      return this.#objects.since(Number(asked))
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }
}
