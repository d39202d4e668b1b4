import { isJson, stringOf } from '../json.ts'
import type { Kind } from './kinds.ts'
import { at, isResource, type Resource } from './resource.ts'
import { KEY_DEFAULTS, schemaOf, type Type } from './schema.ts'
import { refuse } from './status.ts'

/** A body as server-side apply takes it: every field declared and of its type, or the 500 that no retry mends. */
export function patchOf(kind: Kind, body: unknown): Resource {
  const faults: string[] = []
  check(body, schemaOf(kind.kind), '', faults)
  if (faults.length > 0) {
    const told = faults.length === 1 ? faults.join() : `errors:\n${faults.map((fault) => `  ${fault}`).join('\n')}`
    const [namespace = '', name = ''] = ['namespace', 'name'].map((field) => stringOf(at(body, 'metadata', field)))
    throw refuse.untyped(`failed to create typed patch object (${namespace}/${name}; ${kind.group}/${kind.version}, Kind=${kind.kind}): ${told}`)
  }
  return decoded(kind, body)
}

/** A body as POST, PUT and merge patches take it: unknown fields are dropped in silence, wrong types are a 400. */
export function decoded(kind: Kind, body: unknown): Resource {
  const value = known(body, schemaOf(kind.kind), '', (fault) => refuse.badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${fault}`))
  if (!isResource(value)) throw refuse.badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: apiVersion, kind and metadata must be set`)
  return value
}

/** The last part of a path to a list item: its keys, defaults included. */
export function itemKey(item: unknown, keys: readonly string[]): string {
  const fields = isJson(item) ? item : {}
  return `k:${JSON.stringify(Object.fromEntries([...keys].sort().flatMap((key) => (fields[key] ?? KEY_DEFAULTS[key]) === undefined ? [] : [[key, fields[key] ?? KEY_DEFAULTS[key]]])))}`
}

function check(value: unknown, type: Type, path: string, faults: string[]): void {
  if (value === null || value === undefined) return
  const fault = (text: string): void => {
    faults.push(`${path === '' ? '.' : path}: ${text}`)
  }
  switch (type.is) {
    case 'any':
      return
    case 'struct':
    case 'map': {
      if (!isJson(value)) {
        fault(`expected map, got &{${plain(value)}}`)
        return
      }
      for (const [name, inner] of Object.entries(value)) {
        const declared = type.is === 'map' ? type.of : type.fields.get(name)
        if (!declared) {
          faults.push(`${path}.${name}: field not declared in schema`)
          // What else is in this map is not looked at.
          return
        }
        check(inner, declared, `${path}.${name}`, faults)
      }
      return
    }
    case 'list': {
      if (!Array.isArray(value)) {
        fault(`expected list, got &{${plain(value)}}`)
        return
      }
      const seen = new Set<string>()
      value.forEach((item: unknown, index) => {
        const key = typeof type.merge === 'string' ? undefined : itemKey(item, type.merge)
        const place = key === undefined ? `${path}[${index}]` : `${path}${bracketed(key)}`
        if (key !== undefined && seen.has(key)) faults.push(`${path}: duplicate entries for key ${bracketed(key)}`)
        seen.add(key ?? '')
        check(item, type.of, place, faults)
      })
      return
    }
    case 'string':
    case 'microtime':
      if (typeof value !== 'string') fault(`expected string, got &value.valueUnstructured{Value:${literal(value)}}`)
      return
    case 'number':
      if (typeof value !== 'number') fault(`expected numeric (int or float), got ${typeof value === 'boolean' ? 'bool' : isJson(value) ? 'map[string]interface {}' : typeof value}`)
      return
    case 'boolean':
      if (typeof value !== 'boolean') fault(`expected boolean, got &{${plain(value)}}`)
      return
    case 'quantity':
    case 'intOrString':
      if (typeof value !== 'string' && typeof value !== 'number') fault(`expected string, got &value.valueUnstructured{Value:${literal(value)}}`)
  }
}

/** A value as Go prints it by `%v`. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(' ')}]`
  if (isJson(value)) return `map[${Object.entries(value).map(([name, inner]) => `${name}:${plain(inner)}`).join(' ')}]`
  return value === null ? '<nil>' : typeof value === 'string' ? value : JSON.stringify(value)
}

/** A value as Go prints it by `%#v`. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(literal).join(', ')}}`
  if (isJson(value)) return `map[string]interface {}{${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${literal(inner)}`).join(', ')}}`
  return value === null ? 'interface {}(nil)' : JSON.stringify(value)
}

function known(value: unknown, type: Type, path: string, refused: (fault: string) => Error): unknown {
  if (value === null || value === undefined) return undefined
  const mismatch = (): Error => refused(`json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value} into Go struct field ${path.slice(1)} of type ${type.is === 'number' ? 'int32' : type.is === 'boolean' ? 'bool' : type.is}`)
  switch (type.is) {
    case 'any':
      return value
    case 'struct':
    case 'map': {
      if (!isJson(value)) throw mismatch()
      const fields = Object.entries(value).flatMap(([name, inner]) => {
        const declared = type.is === 'map' ? type.of : type.fields.get(name)
        const kept = declared && known(inner, declared, `${path}.${name}`, refused)
        return kept === undefined ? [] : [[name, kept]]
      })
      // An empty map counts as none.
      return type.is === 'map' && fields.length === 0 ? undefined : Object.fromEntries(fields)
    }
    case 'list':
      if (!Array.isArray(value)) throw mismatch()
      return value.map((item: unknown) => known(item, type.of, path, refused))
    case 'string':
      if (typeof value !== 'string') throw mismatch()
      return value
    case 'microtime': {
      if (typeof value !== 'string') throw mismatch()
      const unread = value.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/, '')
      if (!/^\.\d{6}(Z|[+-]\d\d:\d\d)$/.test(unread)) throw refused(`parsing time "${value}" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "${unread}" as ".000000"`)
      return value
    }
    case 'number':
      if (typeof value !== 'number') throw mismatch()
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch()
      return value
    case 'quantity':
      if (typeof value !== 'string' && typeof value !== 'number') throw mismatch()
      return String(value)
    case 'intOrString':
      if (typeof value !== 'string' && typeof value !== 'number') throw mismatch()
      return value
  }
}

/** `[name="app"]`, as error texts show a list item. */
export function bracketed(key: string): string {
  const fields: unknown = JSON.parse(key.slice(2))
  return isJson(fields) ? `[${Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]` : `[=${JSON.stringify(fields)}]`
}
