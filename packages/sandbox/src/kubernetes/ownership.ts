import { isDeepStrictEqual } from 'node:util'
import { isJson, type Json } from '../json.ts'
import { apiVersionOf, type Kind } from './kinds.ts'
import { seconds, type ManagedFields, type Resource } from './resource.ts'
import { schemaOf, type Type } from './schema.ts'
import { bracketed, itemKey } from './typed.ts'

/** Fields of an object as paths in the words of fieldsV1 (`f:spec`, `k:{"name":"app"}`, `v:"x"`, `.` for a list item itself), joined by `SEPARATOR`. */
export type FieldSet = ReadonlySet<string>

export const SEPARATOR = '\u0001'

/** Who writes: an applier, or anybody else by Update. */
export interface Writer {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly subresource?: string | undefined
}

/** An object's leaf fields and their values, without what the API itself keeps in `metadata`. */
export function leavesOf(object: Json, kind: Kind): Map<string, unknown> {
  const leaves = new Map<string, unknown>()
  walk(object, schemaOf(kind.kind), '', leaves)
  for (const path of leaves.keys()) if (OF_THE_API.test(path)) leaves.delete(path)
  return leaves
}

const OF_THE_API = new RegExp(`^f:(apiVersion|kind)$|^f:metadata${SEPARATOR}f:(name|namespace|generateName|uid|resourceVersion|generation|creationTimestamp|deletionTimestamp|deletionGracePeriodSeconds|selfLink|managedFields)(${SEPARATOR}|$)`)

/** What the API adds to a new object belongs to nobody: an empty status, and what it allocates to a Service. */
const OF_THE_SERVER = new RegExp(`^f:status$|^f:spec${SEPARATOR}f:(clusterIPs?|ipFamilies|ipFamilyPolicy)$`)

function walk(value: unknown, type: Type, path: string, leaves: Map<string, unknown>): void {
  const below = (name: string): string => (path === '' ? name : `${path}${SEPARATOR}${name}`)
  const asMap = type.is === 'any' || ((type.is === 'struct' || type.is === 'map') && !type.atomic)
  if (asMap && isJson(value) && Object.keys(value).length > 0) {
    for (const [name, inner] of Object.entries(value)) {
      const declared = type.is === 'struct' ? type.fields.get(name) : type.is === 'map' ? type.of : type
      if (declared && inner !== undefined && inner !== null) walk(inner, declared, below(`f:${name}`), leaves)
    }
  } else if (type.is === 'list' && type.merge !== 'atomic' && Array.isArray(value)) {
    for (const item of value.map((one: unknown) => one)) {
      if (type.merge === 'set') leaves.set(below(`v:${JSON.stringify(item)}`), item)
      else {
        const place = below(itemKey(item, type.merge))
        leaves.set(`${place}${SEPARATOR}.`, {})
        walk(item, type.of, place, leaves)
      }
    }
  } else leaves.set(path, value)
}

/** What every object of these kinds has, empty or not: nobody brings it. */
const FRAME = new RegExp(`^f:(metadata|status.*|spec(${SEPARATOR}f:(strategy|template(${SEPARATOR}f:(metadata|spec))?))?|spec(${SEPARATOR}f:template${SEPARATOR}f:spec)?${SEPARATOR}f:containers)$`)

/** The maps and lists around these fields of which nothing is among the others. */
function vesselsOf(paths: ReadonlySet<string>, others: ReadonlyMap<string, unknown>): string[] {
  const around = new Set([...paths].flatMap((path) => {
    const parts = path.split(SEPARATOR).slice(0, -1)
    return parts.map((_, index) => parts.slice(0, index + 1).join(SEPARATOR))
  }))
  return [...around].filter((path) => !FRAME.test(path) && ![...others.keys()].some((one) => one === path || one.startsWith(`${path}${SEPARATOR}`)))
}

/** Which fields differ between two states, and which are gone. */
export function difference(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): { changed: Set<string>; removed: Set<string> } {
  return {
    changed: new Set([...after].filter(([path, value]) => !before.has(path) || !isDeepStrictEqual(before.get(path), value)).map(([path]) => path)),
    removed: new Set([...before.keys()].filter((path) => !after.has(path))),
  }
}

/** Whether a set holds a field or anything inside it. */
export function holds(set: FieldSet, path: string): boolean {
  const inside = path.endsWith(`${SEPARATOR}.`) ? path.slice(0, -1) : `${path}${SEPARATOR}`
  return set.has(path) || [...set].some((one) => one.startsWith(inside))
}

export function isEntryOf(entry: ManagedFields, { manager, operation, subresource }: Writer): boolean {
  return entry.manager === manager && entry.operation === operation && entry.subresource === subresource
}

/** The entries after a write: the writer's set is replaced, the others lose what the write took from them. */
export function settled(entries: readonly ManagedFields[], kind: Kind, writer: Writer, owned: FieldSet, lost: FieldSet): ManagedFields[] {
  const others = entries
    .filter((entry) => !isEntryOf(entry, writer))
    .flatMap((entry) => {
      const before = setOf(entry.fieldsV1)
      const after = new Set([...before].filter((path) => !lost.has(path)))
      return after.size === 0 ? [] : [after.size === before.size ? entry : { ...entry, fieldsV1: fieldsOf(after) }]
    })
  const old = entries.find((entry) => isEntryOf(entry, writer))
  if (owned.size === 0) return others
  if (old && isDeepStrictEqual(setOf(old.fieldsV1), owned)) return [...others, old].sort(inOrderOf(entries))
  const { manager, operation, subresource } = writer
  return [...others, { manager, operation, apiVersion: apiVersionOf(kind), time: seconds(), fieldsType: 'FieldsV1' as const, fieldsV1: fieldsOf(owned), ...(subresource === undefined ? {} : { subresource }) }]
}

/** Entries that did not change keep their places: a write without a change must not look like one. */
function inOrderOf(entries: readonly ManagedFields[]): (a: ManagedFields, b: ManagedFields) => number {
  const place = (entry: ManagedFields): number => entries.findIndex((one) => one.manager === entry.manager && one.operation === entry.operation && one.subresource === entry.subresource)
  return (a, b) => place(a) - place(b)
}

/** managedFields after a write that is no apply: the writer owns what it changed, everybody else loses it. */
export function afterUpdate(before: Resource | undefined, after: Resource, kind: Kind, writer: Writer): ManagedFields[] {
  const entries = after.metadata.managedFields ?? before?.metadata.managedFields ?? []
  const [had, has] = [before ? leavesOf(before, kind) : new Map<string, unknown>(), leavesOf(after, kind)]
  const { changed, removed } = difference(had, has)
  if (changed.size === 0 && removed.size === 0) return entries
  const own = entries.find((entry) => isEntryOf(entry, writer))
  const written = before ? changed : new Set([...changed].filter((path) => !OF_THE_SERVER.test(path)))
  // Who brings a map or a list owns it besides its members, until it goes.
  const brought = vesselsOf(written, had).map((path) => `${path}${SEPARATOR}.`)
  const gone = new Set([...removed, ...vesselsOf(removed, has).flatMap((path) => [path, `${path}${SEPARATOR}.`])])
  const owned = new Set([...(own ? setOf(own.fieldsV1) : []), ...written, ...brought].filter((path) => !gone.has(path)))
  return settled(entries, kind, writer, owned, new Set([...changed, ...gone]))
}

/** fieldsV1 to a set. */
export function setOf(fields: Json, path = ''): Set<string> {
  return new Set(
    Object.entries(fields).flatMap(([name, inner]) => {
      const place = path === '' ? name : `${path}${SEPARATOR}${name}`
      if (isJson(inner) && Object.keys(inner).length > 0) return [...setOf(inner, place)]
      return [name.startsWith('k:') ? `${place}${SEPARATOR}.` : place]
    }),
  )
}

/** A set to fieldsV1. What is owned without anything in it is told like a field. */
export function fieldsOf(set: FieldSet): Json {
  const owned = new Set([...set].map((path) => (path.endsWith(`${SEPARATOR}.`) ? path.slice(0, -2) : path)))
  const root: Json = {}
  for (const path of [...owned].sort()) {
    let place = root
    let above = ''
    for (const name of path.split(SEPARATOR)) {
      if (owned.has(above)) place['.'] = {}
      const next = place[name]
      const inner: Json = isJson(next) ? next : {}
      place[name] = inner
      place = inner
      above = above === '' ? name : `${above}${SEPARATOR}${name}`
    }
  }
  return root
}

/** `.spec.template.spec.containers[name="app"].image`, as conflicts name a field. */
export function shownPath(path: string): string {
  return path.split(SEPARATOR).map((part) => (part === '.' ? '' : part.startsWith('f:') ? `.${part.slice(2)}` : bracketed(part))).join('')
}
