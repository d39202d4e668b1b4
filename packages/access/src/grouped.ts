import type { JsonObject } from '@slipway/release'
import { textAt } from '@slipway/rollout'

/** Watched objects, found by what they are about. */
export interface Grouped {
  readonly of: (key: string) => readonly JsonObject[]
  /** Takes in states that came or went: those objects alone are sorted anew. */
  note(states: Iterable<JsonObject>): void
}

/** Groups the objects of a watch, by uid, by keys of theirs. A namespace may hold thousands, of which one changes. */
export function grouped(objects: ReadonlyMap<string, JsonObject>, keysOf: (object: JsonObject) => readonly string[]): Grouped {
  const groups = new Map<string, Map<string, JsonObject>>()
  const put = (key: string, uid: string, object: JsonObject): void => {
    const group = groups.get(key)
    if (group) group.set(uid, object)
    else groups.set(key, new Map([[uid, object]]))
  }
  const take = (key: string, uid: string): void => {
    const group = groups.get(key)
    if (group?.delete(uid) === true && group.size === 0) groups.delete(key)
  }
  const note = (states: Iterable<JsonObject>): void => {
    for (const state of states) {
      const uid = textAt(state, 'metadata', 'uid') ?? ''
      for (const key of keysOf(state)) take(key, uid)
      const now = objects.get(uid)
      if (now !== undefined) for (const key of keysOf(now)) put(key, uid, now)
    }
  }
  note(objects.values())
  return { of: (key) => [...(groups.get(key)?.values() ?? [])], note }
}
