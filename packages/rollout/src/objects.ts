import { isJsonObject, type Json, type JsonObject } from '@slipway/release'

// Looked up once: a verdict reads a million members, and inside jest each look at a global is dear.
const { hasOwn } = Object

/** What names one object of a namespace. */
export interface ObjectName {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

/** A Kubernetes object whose name is known to be there. */
export interface Manifest extends ObjectName {
  readonly object: JsonObject
}

/** `Deployment cart`. */
export function objectText(object: ObjectName): string {
  return `${object.kind} ${object.name}`
}

/** The member at a path of keys, or undefined where any step is absent. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return along(value, path)
}

export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = along(value, path)
  return typeof found === 'string' ? found : undefined
}

export function numberAt(value: Json | undefined, ...path: readonly (string | number)[]): number | undefined {
  const found = along(value, path)
  return typeof found === 'number' ? found : undefined
}

export function listAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = along(value, path)
  return isArray(found) ? found : []
}

export function objectAt(value: Json | undefined, ...path: readonly (string | number)[]): JsonObject | undefined {
  const found = along(value, path)
  return isJsonObject(found) ? found : undefined
}

function along(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let current = value
  for (const step of path) {
    if (current === undefined) return undefined
    if (typeof step === 'number') current = isArray(current) ? current[step] : undefined
    else current = isJsonObject(current) && hasOwn(current, step) ? current[step] : undefined
  }
  return current
}

/** A copy in which the member at `path` is what `change` makes of it; undefined removes it. */
export function withAt(value: JsonObject, path: readonly [string, ...string[]], change: (member: Json | undefined) => Json | undefined): JsonObject {
  const [key, next, ...rest] = path
  const member = value[key]
  const changed = next === undefined ? change(member) : withAt(isJsonObject(member) ? member : {}, [next, ...rest], change)
  if (changed === undefined) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
  return { ...value, [key]: changed }
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
