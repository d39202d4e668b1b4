import { isJsonObject, type JsonObject } from '@slipway/release'
import { Failed } from '@slipway/report'
import { at, listAt, textAt } from '@slipway/rollout'
import { mapLimit } from '@slipway/wire'
import { ApiError } from './api-error.ts'
import { openDiscovery, type Resource } from './discovery.ts'
import { openServer, type Server, type ServerOptions } from './requests.ts'

/** What names an object. */
export interface ObjectRef {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** Which objects of a kind a LIST or a watch shows. */
export interface Selection {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** A right as a SelfSubjectAccessReview asks for it. */
export interface Right {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource?: string
  readonly namespace: string
}

/** What one request may take, with all its attempts, where it is less than usual. */
export interface Limits {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** One API server, by raw JSON objects. Refusals are thrown as `ApiError`. */
export interface Cluster {
  get(ref: ObjectRef, limits?: Limits): Promise<JsonObject | undefined>
  list(selection: Selection, options?: { readonly metadataOnly?: boolean }): Promise<{ items: readonly JsonObject[]; resourceVersion: string }>
  /**
   * Server-side apply, never by force but in a dry run; `uid` and `resourceVersion` in the object's metadata fence it.
   * Sent again when the reply was lost: unfenced it says the same twice, fenced the second may be stale by our own write.
   */
  apply(object: JsonObject, options: { readonly manager: string } & ({ readonly dryRun?: boolean } | { readonly dryRun: true; readonly overOwners: true }) & Limits): Promise<JsonObject>
  /** Sent again when the reply was lost: `alreadyExists` may then be our own object, which the caller has to know again. */
  create(object: JsonObject, options?: { readonly dryRun?: boolean }): Promise<JsonObject>
  /** PUT: a compare-and-set by the object's resourceVersion. Sent again when the reply was lost: stale may then be by our own write. */
  replace(object: JsonObject, limits?: Limits): Promise<JsonObject>
  /** Changes metadata only; null removes a label or an annotation, and a `resourceVersion` makes it a compare-and-set. */
  mergeMetadata(ref: ObjectRef, metadata: JsonObject, options?: { readonly manager?: string } & Limits): Promise<JsonObject>
  /** What is gone already is no error. */
  remove(ref: ObjectRef, preconditions: { readonly uid: string; readonly resourceVersion?: string }, limits?: Limits): Promise<void>
  /** A container's log as text. `tailLines` counts the pieces of at most 16 KiB that runtimes part long lines into, so it bounds the size, too. */
  logs(namespace: string, pod: string, options: { readonly container: string; readonly previous?: boolean; readonly tailLines: number } & Limits): Promise<string>
  canI(rights: readonly Right[]): Promise<readonly boolean[]>
  /** What a kind is called in rights. @throws Failed `cluster-refused` where the server does not know it. */
  resource(kind: Pick<Selection, 'apiVersion' | 'kind'>): Promise<{ readonly group: string; readonly resource: string }>
  /** The path at which a selection is listed and watched. */
  collection(selection: Selection): Promise<string>
  readonly server: Server
}

const metadataOnlyList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json'
const pageSize = '500'

/**
 * Opens a cluster by its API server; nothing is sent yet.
 * @throws Failed `cluster-refused` for plain http off loopback.
 */
export function openCluster(options: ServerOptions): Cluster {
  const server = openServer(options)
  const discovery = openDiscovery(server)
  const resourceOf = async (apiVersion: string, kind: string): Promise<Resource> => {
    const resource = await discovery.resource(apiVersion, kind)
    if (resource) return resource
    throw new Failed({
      code: 'cluster-refused',
      what: `the API server of ${options.name} does not know the kind ${kind} of ${apiVersion}`,
      why: 'neither a built-in kind nor an installed custom resource has this name and version',
      next: 'mend apiVersion and kind in the manifest, or have the custom resource installed',
    })
  }
  const collectionPath = ({ base, plural, namespaced }: Resource, namespace: string | undefined): string =>
    namespaced && namespace !== undefined ? `${base}/namespaces/${encodeURIComponent(namespace)}/${plural}` : `${base}/${plural}`
  const path = async (ref: ObjectRef): Promise<string> =>
    `${collectionPath(await resourceOf(ref.apiVersion, ref.kind), ref.namespace)}/${encodeURIComponent(ref.name)}`

  const cluster: Cluster = {
    server,
    async get(ref, limits) {
      try {
        return await server.object({ method: 'GET', path: await path(ref), ...limits })
      } catch (error) {
        if (error instanceof ApiError && error.isNotFound) return undefined
        throw error
      }
    },
    async list(selection, { metadataOnly = false } = {}) {
      const collection = await cluster.collection(selection)
      const page = (part: { readonly limit?: string; readonly continue?: string }): Promise<JsonObject> =>
        server.object({
          method: 'GET',
          path: `${collection}${query({ ...selectors(selection), ...part })}`,
          ...(metadataOnly ? { accept: metadataOnlyList } : {}),
        })
      const items: JsonObject[] = []
      let answer = await page({ limit: pageSize })
      for (;;) {
        items.push(...listAt(answer, 'items').filter(isJsonObject))
        const next = textAt(answer, 'metadata', 'continue') ?? ''
        if (next === '') return { items, resourceVersion: textAt(answer, 'metadata', 'resourceVersion') ?? '0' }
        try {
          answer = await page({ limit: pageSize, continue: next })
        } catch (error) {
          if (!(error instanceof ApiError && error.status === 410)) throw error
          // The state that the pages are cut from is forgotten: the present one is read, in one piece.
          items.length = 0
          answer = await page({})
        }
      }
    },
    async apply(object, options) {
      const { manager, dryRun = false, ...limits } = options
      const isOver = 'overOwners' in options && options.dryRun
      const ref = refOf(object)
      return server.object({
        method: 'PATCH',
        path: `${await path(ref)}${query({ fieldManager: manager, force: String(isOver), dryRun: dryRun ? 'All' : undefined })}`,
        body: JSON.stringify(object),
        contentType: 'application/apply-patch+yaml',
        ...limits,
      })
    },
    async create(object, { dryRun = false } = {}) {
      return server.object({
        method: 'POST',
        path: `${await cluster.collection(refOf(object))}${query({ dryRun: dryRun ? 'All' : undefined })}`,
        body: JSON.stringify(object),
        contentType: 'application/json',
      })
    },
    async replace(object, limits) {
      const body = JSON.stringify(object)
      return server.object({ method: 'PUT', path: await path(refOf(object)), body, contentType: 'application/json', ...limits })
    },
    async mergeMetadata(ref, metadata, { manager, ...limits } = {}) {
      return server.object({
        method: 'PATCH',
        path: `${await path(ref)}${query({ fieldManager: manager })}`,
        body: JSON.stringify({ metadata }),
        contentType: 'application/merge-patch+json',
        ...limits,
      })
    },
    async remove(ref, preconditions, limits) {
      const body = JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', preconditions })
      try {
        await server.object({ method: 'DELETE', path: await path(ref), body, contentType: 'application/json', ...limits })
      } catch (error) {
        if (!(error instanceof ApiError && error.isNotFound)) throw error
      }
    },
    async logs(namespace, pod, { container, previous = false, tailLines, ...limits }) {
      const asked = query({ container, previous: previous ? 'true' : undefined, tailLines: String(tailLines) })
      const where = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log${asked}`
      return server.text({ method: 'GET', path: where, accept: '*/*', ...limits })
    },
    async canI(rights) {
      return mapLimit(rights, 16, async (resourceAttributes) => {
        const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: { ...resourceAttributes } } }
        const body = JSON.stringify(review)
        const asked = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
        const answer = await server.object({ method: 'POST', path: asked, body, contentType: 'application/json' })
        return at(answer, 'status', 'allowed') === true
      })
    },
    async resource({ apiVersion, kind }) {
      const { group, plural } = await resourceOf(apiVersion, kind)
      return { group, resource: plural }
    },
    async collection({ apiVersion, kind, namespace }) {
      return collectionPath(await resourceOf(apiVersion, kind), namespace)
    },
  }
  return cluster
}

/** The selectors of a selection as query parameters. */
export function selectors({ labelSelector, fieldSelector }: Selection): Record<string, string | undefined> {
  return { labelSelector, fieldSelector }
}

/** `?a=b`, without what is undefined; empty where nothing is left. */
export function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) given.append(name, value)
  return given.size === 0 ? '' : `?${given.toString()}`
}

function refOf(object: JsonObject): ObjectRef {
  const apiVersion = textAt(object, 'apiVersion')
  const kind = textAt(object, 'kind')
  const name = textAt(object, 'metadata', 'name')
  const namespace = textAt(object, 'metadata', 'namespace')
  if (apiVersion === undefined || kind === undefined || name === undefined) throw new Error('an object without apiVersion, kind or name was to be written')
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) }
}
