import type { ServerResponse } from 'node:http'
import { isJson, stringOf, type Json } from '../json.ts'
import type { Received } from '../server.ts'
import type { Identity } from '../sts.ts'
import type { Rights } from './access.ts'
import type { Deletions } from './deletions.ts'
import { discovery, isInServedGroup } from './discovery.ts'
import { apiVersionOf, targetOf, type Kind, type Target } from './kinds.ts'
import { logOf, type LogBook } from './logs.ts'
import type { Objects } from './objects.ts'
import type { Writer } from './ownership.ts'
import { pageOf } from './pages.ts'
import { at, withField, type Resource } from './resource.ts'
import { scaleOf, scaled } from './scale.ts'
import { refuse, Refusal } from './status.ts'
import { decoded, patchOf } from './typed.ts'
import type { Watches } from './watch.ts'
import type { Intent, Writes, Written } from './writes.ts'

const BODY_LIMIT = 3_145_728
const APPLY = 'application/apply-patch+yaml'
const MERGE = 'application/merge-patch+json'

/** What the API's requests are answered from. */
export interface Api {
  readonly objects: Objects
  readonly writes: Writes
  readonly deletions: Deletions
  readonly watches: Watches
  readonly rights: Rights
  readonly logs: LogBook
  authenticate(token: string): Identity | undefined
}

/** A request's name in the ledger, and whether it would last. */
export function classify({ method, url }: Received): { operation: string; write: boolean } {
  const target = targetOf(url.pathname)
  if (!target) return { operation: `${method} ${url.pathname}`, write: false }
  const resource = target.subresource === undefined ? target.kind.plural : `${target.kind.plural}/${target.subresource}`
  const verb = method === 'GET' ? readVerb(target, url.searchParams).toUpperCase() : method
  return { operation: `${verb} ${resource}`, write: method !== 'GET' && !isDryRun(url.searchParams) && target.kind.plural !== 'selfsubjectaccessreviews' }
}

/** Answers one request of the API. */
export function answer(api: Api, request: Received, response: ServerResponse): void {
  const reply = (code: number, body: Json): void => {
    response.writeHead(code, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
  }
  try {
    const identity = api.authenticate(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (!identity) throw refuse.unauthorized()
    if (request.body.length > BODY_LIMIT) throw refuse.tooLarge()
    const target = targetOf(request.url.pathname)
    const found = target ? undefined : discovery(request.url.pathname)
    if (found && request.method === 'GET') reply(200, found)
    else if (!target && !isInServedGroup(request.url.pathname)) response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n')
    else if (!target) throw found ? refuse.notAllowed() : refuse.noSuchPath()
    else if (request.method === 'GET') read(api, identity, target, request, response, reply)
    else write(api, identity, target, request, reply)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    reply(error.code, error.status)
  }
}

function readVerb({ name }: Target, query: URLSearchParams): 'get' | 'list' | 'watch' {
  return /^(true|1)$/.test(query.get('watch') ?? '') ? 'watch' : name === undefined ? 'list' : 'get'
}

function isDryRun(query: URLSearchParams): boolean {
  return query.get('dryRun') === 'All'
}

function read(api: Api, identity: Identity, target: Target, request: Received, response: ServerResponse, reply: (code: number, body: Json) => void): void {
  const { kind, namespace, name, subresource } = target
  const query = request.url.searchParams
  const verb = readVerb(target, query)
  if (!kind.verbs.includes(verb)) throw refuse.notAllowed()
  api.rights.need(identity, verb, kind, namespace, name, subresource)
  const metadataOnly = (request.headers.accept ?? '').includes('as=PartialObjectMetadata')
  const shown = (object: Resource): Json => (metadataOnly ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata } : object)
  if (verb === 'watch') {
    if (name !== undefined) query.append('fieldSelector', `metadata.name=${name}`)
    api.watches.start(kind, namespace, query, shown, request, response)
  } else if (name === undefined) {
    const { items, metadata } = pageOf(api.objects, kind, namespace, query)
    if (metadataOnly) reply(200, { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(shown) })
    // The items of a typed list do not say their kind.
    else reply(200, { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata, items: items.map((item) => withField(withField<Json>(item, ['kind'], undefined), ['apiVersion'], undefined)) })
  } else {
    const object = api.objects.get(kind, namespace, name)
    if (!object) throw refuse.notFound(kind, name)
    if (subresource === 'log') {
      const text = logOf(object, query, api.logs)
      if (text === undefined) response.writeHead(204).end()
      else response.writeHead(200, { 'content-type': 'text/plain' }).end(text)
    } else reply(200, subresource === 'scale' ? scaleOf(object) : shown(object))
  }
}

function write(api: Api, identity: Identity, target: Target, request: Received, reply: (code: number, body: Json) => void): void {
  const { kind, namespace, name, subresource } = target
  const verb = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }[request.method]
  if (verb === undefined || !kind.verbs.includes(verb) || (name === undefined) !== (verb === 'create') || (subresource !== undefined && verb !== 'update' && verb !== 'patch')) throw refuse.notAllowed()
  if (kind.kind === 'SelfSubjectAccessReview') {
    reply(201, api.rights.review(identity, bodyOf(request)))
    return
  }
  api.rights.need(identity, verb, kind, namespace, name, subresource)
  if (verb === 'delete' && name !== undefined) {
    reply(200, api.deletions.delete(kind, namespace, name, deleteOptions(request)))
    return
  }
  const { object, created } = perform(api, identity, target, request, intentOf(request, subresource))
  reply(created ? 201 : 200, subresource === 'scale' ? scaleOf(object) : object)
}

function perform(api: Api, identity: Identity, { kind, namespace, name, subresource }: Target, request: Received, intent: Intent): Written {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]
  if (request.method === 'PATCH' && contentType !== APPLY && contentType !== MERGE) throw refuse.mediaType(`${MERGE}, ${APPLY}`)
  const body = bodyOf(request)
  const live = name === undefined ? undefined : api.objects.get(kind, namespace, name)
  if (subresource === 'scale') {
    if (!live) throw refuse.notFound(kind, name ?? '')
    return api.writes.replace(kind, scaled(live, body), intent)
  }
  if (request.method === 'POST') return api.writes.create(kind, placed(decoded(kind, body), kind, namespace, undefined), intent)
  if (request.method === 'PUT') return api.writes.replace(kind, placed(decoded(kind, body), kind, namespace, name), intent)
  if (contentType === APPLY) {
    if (!request.url.searchParams.get('fieldManager')) throw refuse.invalid({ kind: 'PatchOptions', group: 'meta.k8s.io' }, '', [{ reason: 'FieldValueRequired', field: 'fieldManager', message: 'Required value: is required for apply patch' }])
    if (!live) api.rights.need(identity, 'create', kind, namespace, name)
    return api.writes.apply(kind, placed(patchOf(kind, body), kind, namespace, name), intent)
  }
  if (!live) throw refuse.notFound(kind, name ?? '')
  return api.writes.replace(kind, placed(decoded(kind, mergePatch(withField<Json>(live, ['metadata', 'resourceVersion'], undefined), body)), kind, namespace, name), intent)
}

function intentOf({ url: { searchParams: query }, headers, method }: Received, subresource: string | undefined): Intent {
  const isApply = method === 'PATCH' && (headers['content-type'] ?? '').startsWith(APPLY)
  const writer: Writer = { manager: query.get('fieldManager') ?? (headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown', operation: isApply ? 'Apply' : 'Update', subresource }
  return { writer, dryRun: isDryRun(query), force: query.get('force') === 'true' }
}

function bodyOf({ body }: Received): Json {
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch (error) {
    throw refuse.badRequest(`error decoding the body: ${String(error)}; the sandbox reads JSON only`)
  }
  if (!isJson(value)) throw refuse.badRequest('couldn\'t get version/kind; json parse error: the body is no object')
  return value
}

/** The body, where it agrees with the path that it was sent to. */
function placed(body: Resource, kind: Kind, namespace: string | undefined, name: string | undefined): Resource {
  if (body.apiVersion !== apiVersionOf(kind) || body.kind !== kind.kind) throw refuse.badRequest(`the API version in the data (${body.apiVersion}, Kind=${body.kind}) does not match the expected API version (${apiVersionOf(kind)}, Kind=${kind.kind})`)
  const { name: given, namespace: givenNamespace } = body.metadata
  if (name !== undefined && given && given !== name) throw refuse.badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`)
  if (namespace !== undefined && givenNamespace !== undefined && givenNamespace !== namespace) throw refuse.badRequest('the namespace of the provided object does not match the namespace sent on the request')
  const metadata = { ...body.metadata, name: name ?? (given || ''), ...(namespace === undefined ? {} : { namespace }) }
  return { ...body, metadata }
}

/** RFC 7386: objects merge, null removes, everything else replaces. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJson(patch)) return patch
  const merged: Json = isJson(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, name)
    else merged[name] = mergePatch(merged[name], value)
  }
  return merged
}

function deleteOptions(request: Received): Parameters<Deletions['delete']>[3] {
  const query = request.url.searchParams
  const body = request.body.length > 0 ? bodyOf(request) : {}
  const grace = body['gracePeriodSeconds'] ?? query.get('gracePeriodSeconds') ?? undefined
  const dryRun = body['dryRun']
  return {
    uid: stringOf(at(body, 'preconditions', 'uid')),
    resourceVersion: stringOf(at(body, 'preconditions', 'resourceVersion')),
    propagation: stringOf(body['propagationPolicy']) ?? query.get('propagationPolicy') ?? undefined,
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
    dryRun: isDryRun(query) || (Array.isArray(dryRun) && dryRun.includes('All')),
  }
}
