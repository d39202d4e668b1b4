/** What changed between two versions of an object, by key. Values are compared, never told. */
export interface Difference {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

export function difference(before: ReadonlyMap<string, Uint8Array>, after: ReadonlyMap<string, Uint8Array>): Difference {
  const added = [...after.keys()].filter((key) => !before.has(key))
  const removed = [...before.keys()].filter((key) => !after.has(key))
  const changed = [...after].flatMap(([key, value]) => {
    const old = before.get(key)
    return old !== undefined && Buffer.compare(old, value) !== 0 ? [key] : []
  })
  return { added: added.sort(), changed: changed.sort(), removed: removed.sort() }
}
