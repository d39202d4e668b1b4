import { createHash } from 'node:crypto'

/** A JSON value as it travels between jobs, into records and to a cluster. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json }

/** The one text of a JSON value, whatever the order in which its keys were written. */
export function canonicalJson(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (isJsonObject(value)) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** The SHA-256 of a JSON value's canonical text, in hexadecimal digits. */
export function canonicalHash(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export function sameJson(a: Json, b: Json): boolean {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((part, index) => sameJson(part, b[index] ?? null))
  if (!isJsonObject(a)) return a === b
  if (!isJsonObject(b)) return false
  const members = Object.entries(a)
  return members.length === Object.keys(b).length && members.every(([key, member]) => Object.hasOwn(b, key) && sameJson(member, b[key] ?? null))
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}

/** How deep a value may be: what goes through it part by part would else run out of stack on a hostile one, or never end on one that holds itself. */
const mostDepth = 500

/** Whether something from outside (`JSON.parse`, a YAML document) is a JSON value all the way down, 500 parts deep at most. */
export function isJson(value: unknown): value is Json {
  return isJsonWithin(value, mostDepth)
}

/** Every answer of a cluster goes through here: most parts are texts, and lists of members are dear. */
function isJsonWithin(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return value === null || typeof value === 'string' || typeof value === 'boolean'
  if (depth === 0) return false
  if (Array.isArray(value)) return value.every((part) => isJsonWithin(part, depth - 1))
  if (!isKeyed(value)) return false
  for (const key in value) {
    const part = value[key]
    if (typeof part !== 'string' && !isJsonWithin(part, depth - 1)) return false
  }
  return true
}

function isKeyed(value: object): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
