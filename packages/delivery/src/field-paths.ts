import { isJsonObject, sameJson, type Json, type JsonObject } from '@slipway/release'
import { objectAt } from '@slipway/rollout'

/**
 * A path in the words of fieldsV1: `f:name` a member, `k:{"name":"app"}` an item of a list by its keys, `v:"x"` one by
 * its value.
 */
export type FieldPath = readonly string[]

const itself = '.'

/** Both sets of fields in one. A leaf that has something below it in the other set is a member of its own there. */
export function union(one: JsonObject, other: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(one))
  for (const [name, inner] of Object.entries(other)) {
    const known = merged.get(name)
    merged.set(name, isJsonObject(known) && isJsonObject(inner) ? below(known, inner) : inner)
  }
  return Object.fromEntries(merged)
}

function below(one: JsonObject, other: JsonObject): JsonObject {
  const both = union(one, other)
  const isMixed = Object.keys(both).length > 0 && (Object.keys(one).length === 0 || Object.keys(other).length === 0)
  return isMixed ? { [itself]: {}, ...both } : both
}

/** All fields of entries of managedFields. */
export function fieldsOf(entries: readonly JsonObject[]): JsonObject {
  return entries.reduce<JsonObject>((all, entry) => union(all, objectAt(entry, 'fieldsV1') ?? {}), {})
}

/** The innermost fields of a set. */
export function leavesOf(fields: JsonObject, path: FieldPath = []): FieldPath[] {
  return Object.entries(fields).flatMap(([name, inner]) => {
    if (name === itself) return []
    const own = isJsonObject(inner) ? Object.keys(inner).filter((one) => one !== itself) : []
    return own.length === 0 || !isJsonObject(inner) ? [[...path, name]] : leavesOf(inner, [...path, name])
  })
}

/** Whether a set has a field, something inside it, or a whole that it is a part of. */
export function concerns(fields: JsonObject, [part, ...rest]: FieldPath): boolean {
  if (part === undefined) return true
  const inner = fields[part]
  return isJsonObject(inner) && (Object.keys(inner).length === 0 || concerns(inner, rest))
}

/** What stands at a path of an object; undefined where there is nothing. */
export function valueAt(object: Json | undefined, path: FieldPath): Json | undefined {
  return path.reduce<Json | undefined>((value, part) => {
    if (part.startsWith('f:')) return isJsonObject(value) ? value[part.slice(2)] : undefined
    return isArray(value) ? value.find(isMeant(part)) : undefined
  }, object)
}

/** The object without these fields. What becomes empty by that goes, too. */
export function withoutFields(object: JsonObject, paths: readonly FieldPath[]): JsonObject {
  return paths.reduce<JsonObject>((kept, path) => {
    const left = without(kept, path)
    return isJsonObject(left) ? left : {}
  }, object)
}

function without(value: Json, [part = '', ...rest]: FieldPath): Json | undefined {
  if (isJsonObject(value) && part.startsWith('f:')) {
    const name = part.slice(2)
    const inner = value[name]
    if (inner === undefined) return value
    const left = rest.length === 0 ? undefined : without(inner, rest)
    if (left !== undefined) return { ...value, [name]: left }
    const others = Object.entries(value).filter(([one]) => one !== name)
    return others.length === 0 ? undefined : Object.fromEntries(others)
  }
  // An item of a list is never half one.
  if (isArray(value) && rest.length === 0) return value.filter((item) => !isMeant(part)(item))
  return value
}

/** Whether an item of a list is the one that a part of a path means. */
export function isMeant(part: string): (item: Json) => boolean {
  const [kind, keys] = [part.slice(0, 2), parsed(part.slice(2))]
  return (item) => {
    if (kind === 'v:') return keys !== undefined && sameJson(item, keys)
    return kind === 'k:' && isJsonObject(item) && isJsonObject(keys) && Object.entries(keys).every(([name, value]) => (item[name] ?? keyDefaults[name]) === value)
  }
}

/** Keys of list items that a manifest may leave out. */
const keyDefaults: Readonly<Record<string, string>> = { protocol: 'TCP' }

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(`[${text}]`)
    return isItem(value) ? value[0] : undefined
  } catch {
    return undefined
  }
}

function isItem(value: unknown): value is readonly [Json] {
  return Array.isArray(value) && value.length === 1
}

/** `.spec.template.spec.containers[name="app"].image`, as an API server names a field in a conflict. */
export function shownField(path: FieldPath): string {
  return path.map((part) => (part.startsWith('f:') ? `.${part.slice(2)}` : `[${keysText(part)}]`)).join('')
}

function keysText(part: string): string {
  const keys = parsed(part.slice(2))
  return isJsonObject(keys) ? Object.entries(keys).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',') : `=${part.slice(2)}`
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
