import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Principal } from './access-keys.ts'
import { AwsError } from './aws-error.ts'
import { tagImmutableText } from './ecr.ts'
import { isReferred, manifestFor, putManifest, type ImageStore, type Repository } from './images.ts'
import { parseObject, stringOf } from './json.ts'
import { startLayerStorage, type LayerStorage } from './layer-storage.ts'
import { digestOf } from './oci.ts'
import { startServer, type Ledger, type Received, type RunningServer } from './server.ts'

/** What one region's registry needs. */
export interface RegistryPlan {
  readonly account: string
  readonly region: string
  readonly store: ImageStore
  readonly ledger: Ledger
  /** Who stands behind Basic credentials (base64), where they open the registry. */
  bearer(basic: string): Principal | undefined
  /** Refuses in AWS's words what the caller may not do to a repository. */
  need(caller: Principal, action: string, repository: string): void
}

const MANIFESTS = /^application\/vnd\.(?:oci\.image\.(?:manifest|index)\.v1|docker\.distribution\.manifest\.(?:list\.)?v2)\+json$/

interface Route {
  readonly kind: 'ping' | 'blob' | 'upload' | 'manifest' | 'unknown'
  readonly name: string
  readonly reference: string
}

/** Starts the registry of one region: the OCI distribution protocol as ECR speaks it. */
export async function startRegistry(plan: RegistryPlan): Promise<RunningServer> {
  const uploads = new Map<string, Buffer>()
  const storage = await startLayerStorage(plan.ledger)
  const server = await startServer({
    name: 'registry',
    ledger: plan.ledger,
    classify(request) {
      const { kind } = routeOf(request)
      return { operation: `registry:${request.method} ${kind}`, write: !['GET', 'HEAD'].includes(request.method) }
    },
    handle(request, response) {
      const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      const caller = plan.bearer(basic)
      if (!caller) {
        response.setHeader('www-authenticate', `Basic realm="${plan.store.host(plan.region)}",service="ecr.amazonaws.com"`)
        response.writeHead(401, { 'content-type': 'text/plain' }).end('Not Authorized\n')
        return
      }
      const route = routeOf(request)
      if (route.kind === 'ping') {
        send(response, 200, {}, '')
        return
      }
      try {
        for (const [action, name] of actionsOf(request, route)) plan.need(caller, action, name)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        fail(response, 403, 'DENIED', error.message)
        return
      }
      const repository = plan.store.repository(plan.region, route.name)
      if (!repository) fail(response, 404, 'NAME_UNKNOWN', `The repository with name '${route.name}' does not exist in the registry with id '${plan.account}'`)
      else if (route.kind === 'manifest') manifest(request, response, repository, route.reference, plan.account)
      else if (route.kind === 'blob') blob(request, response, repository, route.reference, storage)
      else if (route.kind === 'upload') upload(request, response, repository, route.reference, { uploads, store: plan.store })
      else fail(response, 404, 'UNSUPPORTED', `the sandbox's registry has no ${request.method} ${request.url.pathname}`)
    },
  })
  return {
    url: server.url,
    async close() {
      await Promise.all([server.close(), storage.close()])
    },
  }
}

function routeOf({ url }: Received): Route {
  if (/^\/v2\/?$/.test(url.pathname)) return { kind: 'ping', name: '', reference: '' }
  const [, name = '', kind = '', reference = ''] = /^\/v2\/(.+)\/(blobs\/uploads|blobs|manifests)\/([^/]*)$/.exec(decodeURIComponent(url.pathname)) ?? []
  return { kind: kind === 'manifests' ? 'manifest' : kind === 'blobs' ? 'blob' : kind === '' ? 'unknown' : 'upload', name, reference }
}

/** What ECR asks of the caller's policy for a request of the docker protocol: actions, and on which repository. */
function actionsOf({ method, url, body }: Received, { kind, name }: Route): (readonly [string, string])[] {
  if (kind === 'manifest') return [[method === 'PUT' ? 'PutImage' : 'BatchGetImage', name]]
  if (kind === 'blob') return [[method === 'HEAD' ? 'BatchCheckLayerAvailability' : 'GetDownloadUrlForLayer', name]]
  if (kind !== 'upload') return []
  const source = url.searchParams.get('from')
  return [
    ...(method === 'POST' ? [['InitiateLayerUpload', name] as const] : []),
    ...(method === 'POST' && source !== null ? [['GetDownloadUrlForLayer', source] as const] : []),
    ...(method === 'PATCH' || body.length > 0 ? [['UploadLayerPart', name] as const] : []),
    ...(method === 'PUT' || url.searchParams.has('digest') ? [['CompleteLayerUpload', name] as const] : []),
  ]
}

function manifest(request: Received, response: ServerResponse, repository: Repository, reference: string, account: string): void {
  if (request.method === 'PUT') {
    const tag = reference.startsWith('sha256:') ? undefined : reference
    const digest = digestOf(request.body)
    if (tag === undefined && digest !== reference) {
      fail(response, 400, 'DIGEST_INVALID', `The manifest's digest is ${digest}, not ${reference}`)
      return
    }
    const mediaType = request.headers['content-type'] ?? ''
    const content = parseObject(request.body)
    const told = stringOf(content['mediaType']) ?? mediaType
    if (!MANIFESTS.test(mediaType) || told !== mediaType || content['schemaVersion'] !== 2) {
      fail(response, 400, 'MANIFEST_INVALID', `Invalid content type '${mediaType}' for a manifest of type '${told}'`)
      return
    }
    const stored = putManifest(repository, request.body, mediaType, tag)
    if (stored.kind === 'tag-immutable') fail(response, 400, 'TAG_INVALID', tagImmutableText(repository, reference))
    else if (stored.kind === 'layers-missing') fail(response, 400, 'MANIFEST_BLOB_UNKNOWN', `Layers with digests ${requiredFor(repository, stored.missing, account)}`)
    else if (stored.kind === 'images-missing') fail(response, 400, 'MANIFEST_BLOB_UNKNOWN', `Images with digests ${requiredFor(repository, stored.missing, account)}`)
    else send(response, 201, { 'docker-content-digest': digest, location: `/v2/${repository.name}/manifests/${digest}` }, '')
    return
  }
  const found = manifestFor(repository, reference)
  if (!found) fail(response, 404, 'MANIFEST_UNKNOWN', 'Requested image not found')
  else content(request, response, found.bytes, { 'content-type': found.mediaType, 'docker-content-digest': found.digest })
}

/** In ECR's words (int128/docker-manifest-create-action#63). */
function requiredFor({ name }: Repository, missing: readonly string[], account: string): string {
  return `'[${missing.join(', ')}]' required for pushing image into repository with name '${name}' in the registry with id '${account}' do not exist`
}

function blob(request: Received, response: ServerResponse, repository: Repository, digest: string, storage: LayerStorage): void {
  const found = repository.blobs.get(digest)
  if (!found) fail(response, 404, 'BLOB_UNKNOWN', `The layer with digest '${digest}' does not exist`)
  else if (request.method === 'GET') send(response, 307, { location: storage.addressOf(found) }, '')
  else content(request, response, found, { 'content-type': 'application/octet-stream', 'docker-content-digest': digest })
}

function upload(request: Received, response: ServerResponse, repository: Repository, id: string, { uploads, store }: { uploads: Map<string, Buffer>; store: ImageStore }): void {
  const query = request.url.searchParams
  const finished = (bytes: Buffer, digest: string): void => {
    if (digestOf(bytes) !== digest) {
      fail(response, 400, 'DIGEST_INVALID', `The upload's digest is ${digestOf(bytes)}, not ${digest}`)
      return
    }
    repository.blobs.set(digest, bytes)
    send(response, 201, { location: `/v2/${repository.name}/blobs/${digest}`, 'docker-content-digest': digest }, '')
  }
  if (request.method === 'POST') {
    const mount = query.get('mount') ?? ''
    const from = store.repository(repository.region, query.get('from') ?? '')
    // ECR mounts only what a manifest refers to (aws/containers-roadmap#2860).
    const mounted = from && isReferred(from, mount) ? from.blobs.get(mount) : undefined
    const digest = query.get('digest')
    if (mounted) finished(mounted, mount)
    else if (digest !== null) finished(request.body, digest)
    else {
      const upload = randomUUID()
      uploads.set(`${repository.name}/${upload}`, Buffer.alloc(0))
      // An absolute address here and a relative one after a chunk: a client must take both.
      send(response, 202, { location: `http://${request.headers.host ?? ''}/v2/${repository.name}/blobs/uploads/${upload}`, range: '0-0', 'docker-upload-uuid': upload }, '')
    }
    return
  }
  const before = uploads.get(`${repository.name}/${id}`)
  if (!before) {
    fail(response, 404, 'BLOB_UPLOAD_UNKNOWN', `There is no upload ${id}`)
    return
  }
  const bytes = Buffer.concat([before, request.body])
  const soFar = { location: `/v2/${repository.name}/blobs/uploads/${id}`, range: `0-${Math.max(0, bytes.length - 1)}`, 'docker-upload-uuid': id }
  if (request.method === 'PATCH') {
    uploads.set(`${repository.name}/${id}`, bytes)
    send(response, 202, soFar, '')
  } else if (request.method === 'PUT') {
    uploads.delete(`${repository.name}/${id}`)
    finished(bytes, query.get('digest') ?? '')
  } else {
    if (request.method === 'DELETE') uploads.delete(`${repository.name}/${id}`)
    send(response, 204, request.method === 'DELETE' ? {} : soFar, '')
  }
}

function content(request: Received, response: ServerResponse, bytes: Buffer, headers: Record<string, string>): void {
  response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(request.method === 'HEAD' ? undefined : bytes)
}

function fail(response: ServerResponse, status: number, code: string, message: string): void {
  send(response, status, { 'content-type': 'application/json' }, JSON.stringify({ errors: [{ code, message }] }))
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { 'docker-distribution-api-version': 'registry/2.0', ...headers }).end(body)
}
