import { isJson, type Json } from '../json.ts'
import type { Kind } from './kinds.ts'
import type { Objects } from './objects.ts'
import type { Resource } from './resource.ts'
import { selectorOf } from './selectors.ts'
import { refuse } from './status.ts'

/** One page of a list in the order of names, all pages of one version; the token of the next is in its metadata. */
export function pageOf(objects: Objects, kind: Kind, namespace: string | undefined, query: URLSearchParams): { items: Resource[]; metadata: Json } {
  const { version, start } = beginning(query.get('continue') ?? '', objects.version)
  const key = ({ metadata: { namespace: of, name } }: Resource): string => (namespace === undefined && of !== undefined ? `${of}/${name}` : name)
  const rest = objects.listAt(version, kind, namespace).filter(selectorOf(query, kind)).filter((object) => key(object) >= start).sort((a, b) => (key(a) < key(b) ? -1 : 1))
  const items = rest.slice(0, Number(query.get('limit') ?? 0) || undefined)
  const last = items.at(-1)
  const metadata = { resourceVersion: String(version) }
  return { items, metadata: last === undefined || items.length === rest.length ? metadata : { ...metadata, continue: tokenOf(version, `${key(last)}\0`) } }
}

function tokenOf(rv: number, start: string): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start })).toString('base64url')
}

function beginning(token: string, newest: number): { readonly version: number; readonly start: string } {
  if (token === '') return { version: newest, start: '' }
  const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
  if (!isJson(read) || typeof read['rv'] !== 'number' || typeof read['start'] !== 'string') throw refuse.badRequest('continue key is not valid: no token of a page')
  return { version: read['rv'], start: read['start'] }
}
