import { isJson, type Json } from '../json.ts'
import type { Kind } from './kinds.ts'
import { difference, holds, isEntryOf, leavesOf, SEPARATOR, setOf, settled, shownPath, type FieldSet, type Writer } from './ownership.ts'
import { isResource, type ManagedFields, type Resource } from './resource.ts'
import { schemaOf, type Type } from './schema.ts'
import { Refusal } from './status.ts'
import { itemKey } from './typed.ts'

/** Server-side apply: merges a patch into the live object, drops what its manager no longer names, refuses what others own. */
export function applied(live: Resource | undefined, patch: Resource, kind: Kind, writer: Writer, force: boolean): Resource {
  const entries = live?.metadata.managedFields ?? []
  const own = entries.find((entry) => isEntryOf(entry, writer))
  const others = entries.filter((entry) => entry !== own)
  const named: FieldSet = new Set(leavesOf(patch, kind).keys())
  const before = live ? leavesOf(live, kind) : new Map<string, unknown>()

  let merged: unknown = live ? merge(live, { ...patch, metadata: withoutFencing(patch.metadata) }, schemaOf(kind.kind)) : patch
  const { changed } = difference(before, leavesOf(isJson(merged) ? merged : {}, kind))
  const conflicts = others.flatMap((entry) => [...setOf(entry.fieldsV1)].filter((path) => changed.has(path)).map((path) => ({ entry, path })))
  if (conflicts.length > 0 && !force) throw conflictOf(conflicts)

  const dropped = own ? [...setOf(own.fieldsV1)].filter((path) => !holds(named, path) && !others.some((entry) => holds(setOf(entry.fieldsV1), path))) : []
  for (const path of dropped) merged = without(merged, path.split(SEPARATOR))
  const managedFields = settled(entries, kind, writer, named, new Set(conflicts.map(({ path }) => path)))
  if (!isResource(merged)) throw new Error('A merge lost the frame of its object.')
  return { ...merged, metadata: { ...merged.metadata, managedFields } }
}

/** uid and resourceVersion of a patch are conditions, not content. */
function withoutFencing(metadata: Json): Json {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== 'uid' && name !== 'resourceVersion'))
}

function merge(live: unknown, patch: unknown, type: Type): unknown {
  if (patch === undefined || patch === null) return live
  if (isJson(live) && isJson(patch) && (type.is === 'any' || ((type.is === 'struct' || type.is === 'map') && !type.atomic))) {
    const merged: Json = { ...live }
    for (const [name, value] of Object.entries(patch)) {
      const declared = type.is === 'struct' ? type.fields.get(name) : type.is === 'map' ? type.of : type
      if (declared) merged[name] = merge(live[name], value, declared)
    }
    return merged
  }
  if (type.is === 'list' && type.merge !== 'atomic' && Array.isArray(live) && Array.isArray(patch)) {
    const keyOf = (item: unknown): string => (typeof type.merge === 'string' ? JSON.stringify(item) : itemKey(item, type.merge))
    const wanted = new Map(patch.map((item: unknown) => [keyOf(item), item]))
    const present = new Map(live.map((item: unknown) => [keyOf(item), item]))
    // What both name stands in the patch's order, in the places where the live list has it; what others added stays where it is.
    const inOrder = [...wanted].map(([key, item]) => merge(present.get(key), item, type.of))
    const kept = [...present].map(([key, item]) => (wanted.has(key) ? inOrder.shift() : item))
    return [...kept, ...inOrder]
  }
  return patch
}

/** A copy without the field at a path; containers that become empty go too. */
function without(value: unknown, path: readonly string[]): unknown {
  const [part = '', ...rest] = path
  if (isJson(value) && part.startsWith('f:')) {
    const name = part.slice(2)
    if (!(name in value)) return value
    const inner = rest.length === 0 || rest[0] === '.' ? undefined : without(value[name], rest)
    const kept = Object.entries(value).filter(([one]) => one !== name)
    if (isEmpty(inner)) return Object.fromEntries(kept)
    return { ...value, [name]: inner }
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => item)
    const keys: unknown = JSON.parse(part.slice(2))
    const isMeant = (item: unknown): boolean => (part.startsWith('v:') ? JSON.stringify(item) === part.slice(2) : isJson(keys) && itemKey(item, Object.keys(keys)) === part)
    if (rest.length === 0 || rest[0] === '.') return items.filter((item) => !isMeant(item))
    return items.map((item) => (isMeant(item) ? without(item, rest) : item))
  }
  return value
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (isJson(value) && Object.keys(value).length === 0) || (Array.isArray(value) && value.length === 0)
}

function conflictOf(conflicts: readonly { entry: ManagedFields; path: string }[]): Refusal {
  const causes = conflicts.map(({ entry, path }) => ({ reason: 'FieldManagerConflict', message: `conflict with ${shownManager(entry)}`, field: shownPath(path) }))
  const byManager = Map.groupBy(causes, ({ message }) => message)
  const told = [...byManager].sort(([a], [b]) => (a < b ? -1 : 1)).map(([message, fields]) =>
    causes.length === 1 ? `${message}: ${fields[0]?.field ?? ''}` : `${message.replace('conflict', 'conflicts')}:\n${fields.map(({ field }) => `- ${field}`).join('\n')}`,
  )
  return new Refusal(409, 'Conflict', `Apply failed with ${causes.length} conflict${causes.length === 1 ? '' : 's'}: ${told.join('\n')}`, { causes })
}

/** Appliers are known by their name alone, others also by the version that they wrote. */
function shownManager({ manager, operation, subresource, apiVersion }: ManagedFields): string {
  return `"${manager}"${subresource === undefined ? '' : ` with subresource "${subresource}"`}${operation === 'Apply' ? '' : ` using ${apiVersion}`}`
}
