/** When something was first seen, by its key; forgotten as soon as it is gone. Milliseconds. */
export type FirstSeen = Readonly<Record<string, number>>

/** Keeps when each of these was first seen. */
export function seenSince(before: FirstSeen | undefined, keys: Iterable<string>, nowMs: number): FirstSeen {
  return Object.fromEntries([...keys].map((key) => [key, before?.[key] ?? nowMs]))
}

/** Whether something has been there for a span. */
export function isSince(firstSeen: FirstSeen, key: string, spanMs: number, nowMs: number): boolean {
  const sinceMs = firstSeen[key]
  return sinceMs !== undefined && nowMs - sinceMs >= spanMs
}
