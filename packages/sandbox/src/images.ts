import { listOf, objectOf, parseObject, stringOf, type Json } from './json.ts'
import { MEDIA, describe, digestOf, layerOf, manifestOf, platformOf, type Descriptor } from './oci.ts'
import type { Entry } from './tar.ts'
import { wildcard } from './wildcard.ts'

/** Whether a repository's tags may move; the exclusions of the two last forms are wildcard filters. */
export type Mutability = 'MUTABLE' | 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION'

/** A manifest as it was pushed. */
export interface StoredManifest {
  readonly digest: string
  readonly mediaType: string
  readonly bytes: Buffer
}

/** One repository of one region, open to inspection. */
export interface Repository {
  readonly region: string
  readonly name: string
  mutability: Mutability
  exclusions: string[]
  /** Answers ImageTagAlreadyExistsException for an immutable tag even where the digest is the same, as ECR has done. */
  refusesIdenticalTag: boolean
  readonly createdAtMs: number
  readonly blobs: Map<string, Buffer>
  readonly manifests: Map<string, StoredManifest>
  /** Tag to digest. */
  readonly tags: Map<string, string>
}

/** What came of storing a manifest. */
export type Stored =
  | { readonly kind: 'stored' | 'same' | 'tag-immutable'; readonly digest: string }
  | { readonly kind: 'layers-missing' | 'images-missing'; readonly digest: string; readonly missing: string[] }

/** An image made by a test. */
export interface Seed {
  readonly region: string
  readonly repository: string
  readonly tag?: string
  readonly files: Readonly<Record<string, string | Buffer>>
  readonly platform?: string
  readonly config?: Json
}

/** What a kubelet would find out about an image. */
export interface FoundImage {
  readonly platforms: string[]
  readonly labels: Record<string, string>
}

/** Every repository of the account: ECR's API and the registries speak about the same ones. */
export class ImageStore {
  readonly repositories = new Map<string, Repository>()
  readonly #account: string

  constructor(account: string) {
    this.#account = account
  }

  /** The host under which a region's images are named. */
  host(region: string): string {
    return `${this.#account}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  }

  repository(region: string, name: string): Repository | undefined {
    return this.repositories.get(`${region}/${name}`)
  }

  /** Makes an empty repository; one of that name is replaced. */
  createRepository(region: string, name: string, mutability: Mutability = 'MUTABLE', exclusions: string[] = []): Repository {
    const repository: Repository = { region, name, mutability, exclusions, refusesIdenticalTag: false, createdAtMs: Date.now(), blobs: new Map(), manifests: new Map(), tags: new Map() }
    this.repositories.set(`${region}/${name}`, repository)
    return repository
  }

  /** Stores a small image that depends on nothing but the arguments, in a repository made where needed, and gives its digest. */
  seedImage({ region, repository: name, tag, files, platform = 'linux/amd64', config = {} }: Seed): string {
    const repository = this.repository(region, name) ?? this.createRepository(region, name)
    const layer = layerOf(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, content]) => fileEntry(path, content)))
    const bytes = Buffer.from(JSON.stringify({ created: '1970-01-01T00:00:00Z', ...platformOf(platform), config, rootfs: { type: 'layers', diff_ids: [layer.diffId] }, history: [{ created_by: 'seed' }] }))
    const described = describe(MEDIA.config, bytes)
    repository.blobs.set(layer.descriptor.digest, layer.bytes).set(described.digest, bytes)
    const stored = putManifest(repository, manifestOf(described, [layer.descriptor]).bytes, MEDIA.manifest, tag)
    if (stored.kind !== 'stored' && stored.kind !== 'same') throw new Error(`seedImage ${name}:${tag ?? ''} in ${region}: ${stored.kind}`)
    return stored.digest
  }

  /** Looks an image reference up as a kubelet would. */
  findImage(reference: string): FoundImage | undefined | 'repository-missing' {
    const parts = /^(?<host>[^/]+)\/(?<name>[^@]+?)(?::(?<tag>[^/:@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(reference)?.groups
    const repository = [...this.repositories.values()].find(({ region, name }) => name === parts?.['name'] && this.host(region) === parts['host'])
    if (!repository) return 'repository-missing'
    const manifest = manifestFor(repository, parts?.['digest'] ?? parts?.['tag'] ?? 'latest')
    if (!manifest) return undefined
    const children = childrenOf(manifest).flatMap((child) => repository.manifests.get(child.digest) ?? [])
    const configs = (children.length > 0 ? children : [manifest]).map((image) => configOf(repository, image))
    const named = configs.filter((config) => typeof config['os'] === 'string' && config['os'] !== 'unknown')
    return {
      platforms: named.map((config) => [config['os'], config['architecture'], config['variant']].filter((part) => typeof part === 'string').join('/')),
      labels: Object.fromEntries(named.flatMap((config) => Object.entries(objectOf(objectOf(config['config'])['Labels']))).map(([key, value]) => [key, String(value)])),
    }
  }
}

/** The manifest that a tag or digest names. */
export function manifestFor(repository: Repository, reference: string): StoredManifest | undefined {
  return repository.manifests.get(reference.startsWith('sha256:') ? reference : (repository.tags.get(reference) ?? ''))
}

/** Stores a manifest and moves the tag to it, unless something forbids it. */
export function putManifest(repository: Repository, bytes: Buffer, mediaType: string, tag: string | undefined): Stored {
  const digest = digestOf(bytes)
  const content = parseObject(bytes)
  const present = repository.manifests.has(digest)
  const current = tag === undefined ? undefined : repository.tags.get(tag)
  const immutable = tag !== undefined && current !== undefined && isImmutable(repository, tag)
  if (immutable && (current !== digest || repository.refusesIdenticalTag)) return { kind: 'tag-immutable', digest }
  if (present && (tag === undefined || current === digest)) return { kind: 'same', digest }
  const missing = childrenOf({ digest, mediaType, bytes }).map((child) => child.digest).filter((child) => !repository.manifests.has(child))
  if (missing.length > 0) return { kind: 'images-missing', digest, missing }
  const absent = blobsOf(content).filter((blob) => !repository.blobs.has(blob))
  if (absent.length > 0) return { kind: 'layers-missing', digest, missing: absent }
  repository.manifests.set(digest, { digest, mediaType, bytes })
  if (tag !== undefined) repository.tags.set(tag, digest)
  return { kind: 'stored', digest }
}

/** Whether a manifest of the repository refers to the blob. */
export function isReferred(repository: Repository, blob: string): boolean {
  return [...repository.manifests.values()].some(({ bytes }) => blobsOf(parseObject(bytes)).includes(blob))
}

function blobsOf(manifest: Json): string[] {
  return [manifest['config'], ...listOf(manifest['layers'])].flatMap((blob) => stringOf(objectOf(blob)['digest']) ?? [])
}

function isImmutable({ mutability, exclusions }: Repository, tag: string): boolean {
  const excluded = exclusions.some((filter) => wildcard(filter).test(tag))
  return mutability === 'IMMUTABLE' || (mutability === 'IMMUTABLE_WITH_EXCLUSION' && !excluded) || (mutability === 'MUTABLE_WITH_EXCLUSION' && excluded)
}

function childrenOf({ bytes }: StoredManifest): Pick<Descriptor, 'digest'>[] {
  return listOf(parseObject(bytes)['manifests']).flatMap((child) => {
    const digest = stringOf(objectOf(child)['digest'])
    return digest === undefined ? [] : [{ digest }]
  })
}

function configOf(repository: Repository, { bytes }: StoredManifest): Json {
  const digest = stringOf(objectOf(parseObject(bytes)['config'])['digest']) ?? ''
  return parseObject(repository.blobs.get(digest) ?? '')
}

function fileEntry(path: string, content: string | Buffer): Entry {
  return { path: path.replace(/^\/+/, ''), type: 'file', mode: 0o644, uid: 0, gid: 0, content: Buffer.from(content), target: '' }
}
