import { createHash } from 'node:crypto'
import { isJson, type Json } from '../json.ts'

/** A Kubernetes object: the fields that every kind has, the others as JSON. */
export interface Resource extends Json {
  apiVersion: string
  kind: string
  metadata: Metadata
}

/** What the API keeps about every object. */
export interface Metadata extends Json {
  name: string
  namespace?: string
  uid: string
  resourceVersion: string
  generation?: number
  creationTimestamp: string
  deletionTimestamp?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
  finalizers?: string[]
  managedFields?: ManagedFields[]
}

/** An object that another one belongs to, and goes with. */
export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

/** What one manager owns of an object. */
export interface ManagedFields {
  manager: string
  operation: 'Apply' | 'Update'
  apiVersion: string
  time: string
  fieldsType: 'FieldsV1'
  fieldsV1: Json
  subresource?: string
}

/** Whether a JSON value has an object's frame. The schema of its kind says the rest. */
export function isResource(value: unknown): value is Resource {
  return isJson(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string' && isJson(value['metadata'])
}

/** What stands at a path; nothing where the path leads nowhere. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isJson(inner) ? inner[name] : undefined), value)
}

/** The number at a path; 0 where there is none. */
export function numberAt(object: unknown, ...path: string[]): number {
  return Number(at(object, ...path) ?? 0)
}

/** A copy with another value at a path; `undefined` removes the field. */
export function withField<T extends Json>(object: T, path: readonly string[], value: unknown): T {
  const copy = structuredClone(object)
  let place: Json = copy
  for (const name of path.slice(0, -1)) {
    const next = place[name]
    const inner: Json = isJson(next) ? next : {}
    place[name] = inner
    place = inner
  }
  const last = path.at(-1) ?? ''
  if (value === undefined) Reflect.deleteProperty(place, last)
  else place[last] = value
  return copy
}

/** Time in the form of `metadata.creationTimestamp`. */
export function seconds(at = new Date()): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

/** Time in the form of Leases and of `eventTime`: six digits, no fewer. */
export function microseconds(at = new Date()): string {
  return `${at.toISOString().slice(0, 23)}000Z`
}

/** Letters and digits as Kubernetes puts them into generated names: no vowels, hence no words. */
export function nameSuffix(seed: string, length: number): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789'
  return [...createHash('sha256').update(seed).digest().subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('')
}
