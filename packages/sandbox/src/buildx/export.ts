import { listOf, objectOf, parseObject, stringOf, type Json } from '../json.ts'
import { MEDIA, describe, manifestOf, platformOf, type Descriptor, type Layer } from '../oci.ts'
import type { Image } from './base.ts'
import type { Attributes } from './options.ts'
import { Remote } from './remote.ts'

/** A manifest with all that must stand before it. */
export interface Exported {
  readonly descriptor: Descriptor
  readonly bytes: Buffer
  /** The digest of the image's configuration; of an index there is none. */
  readonly configDigest: string | undefined
  readonly blobs: readonly { descriptor: Descriptor; bytes: Buffer }[]
  readonly children: readonly Exported[]
}

const CREATED = new Date(Number(process.env['SOURCE_DATE_EPOCH'] ?? 0) * 1000).toISOString().replace('.000', '')

/** The manifest of one image, or the index of several and of their attestations. Nothing in it depends on the clock. */
export function exported(images: readonly { platform: string; image: Image }[], labels: ReadonlyMap<string, string>, provenance: boolean): Exported {
  const manifests = images.map(({ platform, image }) => manifestExport(image, platform, labels))
  const [only] = manifests
  if (only && manifests.length === 1 && !provenance) return only
  const attestations = provenance ? manifests.map(attestation) : []
  const children = [...manifests, ...attestations]
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.index, manifests: children.map(({ descriptor }) => descriptor) }))
  return { descriptor: describe(MEDIA.index, bytes), bytes, configDigest: undefined, blobs: [], children }
}

/** Pushes blobs, children and manifest; the digest names the manifest where no tag does. */
export async function push(remote: Remote, { descriptor, bytes, blobs, children }: Exported, reference = descriptor.digest): Promise<void> {
  await Promise.all(blobs.map((blob) => remote.pushBlob(blob.descriptor, blob.bytes)))
  await Promise.all(children.map((child) => push(remote, child)))
  await remote.pushManifest(reference, descriptor.mediaType, bytes)
}

/** The keys of the steps that a cache holds. */
export async function importCache({ ref = '' }: Attributes): Promise<string[]> {
  const remote = new Remote(ref)
  const config = objectOf(parseObject((await remote.manifest()).bytes)['config'])
  const records = parseObject(await remote.blob(stringOf(config['digest']) ?? ''))['records']
  return listOf(records).flatMap((record) => stringOf(objectOf(record)['digest']) ?? [])
}

/** Pushes a cache of the steps as one image manifest. */
export async function exportCache({ ref = '' }: Attributes, steps: readonly { key: string; layer: Layer | undefined }[]): Promise<void> {
  const layers = [...new Map(steps.flatMap(({ layer }) => (layer ? [[layer.descriptor.digest, layer] as const] : []))).values()]
  const records = steps.map(({ key, layer }) => ({ digest: key, results: layers.flatMap((one, index) => (one.descriptor.digest === layer?.descriptor.digest ? [{ layer: index }] : [])) }))
  const config = Buffer.from(JSON.stringify({ layers: layers.map(({ descriptor }) => ({ blob: descriptor.digest })), records }))
  const remote = new Remote(ref)
  await push(remote, imageExport(MEDIA.cacheConfig, config, layers), remote.reference)
}

function manifestExport({ config, history, layers }: Image, platform: string, labels: ReadonlyMap<string, string>): Exported {
  const labelled: Json = labels.size > 0 ? { ...config, Labels: { ...objectOf(config['Labels']), ...Object.fromEntries(labels) } } : config
  const bytes = Buffer.from(JSON.stringify({ created: CREATED, ...platformOf(platform), config: labelled, rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) }, history }))
  const image = imageExport(MEDIA.config, bytes, layers)
  return { ...image, descriptor: { ...image.descriptor, platform: platformOf(platform) } }
}

function imageExport(configType: string, config: Buffer, layers: readonly Pick<Layer, 'descriptor' | 'bytes'>[]): Exported {
  const described = describe(configType, config)
  const blobs = [...layers, { descriptor: described, bytes: config }].map(({ descriptor, bytes }) => ({ descriptor, bytes }))
  return { ...manifestOf(described, layers.map(({ descriptor }) => descriptor)), configDigest: described.digest, blobs, children: [] }
}

function attestation({ descriptor }: Exported): Exported {
  const subject = [{ name: '_', digest: { sha256: descriptor.digest.slice('sha256:'.length) } }]
  const statement = Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', predicateType: 'https://slsa.dev/provenance/v0.2', subject, predicate: { builder: { id: 'slipway-sandbox' }, buildType: 'https://mobyproject.org/buildkit@v1' } }))
  const config = Buffer.from(JSON.stringify({ architecture: 'unknown', os: 'unknown', config: {}, rootfs: { type: 'layers', diff_ids: [describe('', statement).digest] } }))
  const manifest = imageExport(MEDIA.config, config, [{ descriptor: describe(MEDIA.attestation, statement), bytes: statement }])
  const annotations = { 'vnd.docker.reference.digest': descriptor.digest, 'vnd.docker.reference.type': 'attestation-manifest' }
  return { ...manifest, descriptor: { ...manifest.descriptor, annotations, platform: platformOf('unknown/unknown') } }
}
