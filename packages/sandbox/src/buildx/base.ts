import { gunzipSync } from 'node:zlib'
import { listOf, objectOf, parseObject, stringOf, type Json } from '../json.ts'
import type { Descriptor, Layer } from '../oci.ts'
import { readTar, type Entry } from '../tar.ts'
import type { Tree } from './context.ts'
import { Refusal } from './refusal.ts'
import { Remote } from './remote.ts'

/** An image as far as it is built: configuration, layers, and the file system that they make. */
export interface Image {
  readonly config: Json
  readonly history: readonly Json[]
  readonly layers: readonly Layer[]
  readonly tree: Tree
}

/** An image of nothing. */
export function scratch(): Image {
  return { config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] }, history: [], layers: [], tree: new Map() }
}

/** Pulls an image for one platform; `digest` is what the reference named, an index where it is one. */
export async function pull(reference: string, platform: string): Promise<{ image: Image; digest: string }> {
  const remote = new Remote(reference)
  const named = await remote.manifest().catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal(error.message, `${reference}: failed to resolve source metadata for ${reference}: ${error.message}`) : error
  })
  const children = listOf(parseObject(named.bytes)['manifests']).map(objectOf)
  const child = children.find((one) => platformText(objectOf(one['platform'])) === platform)
  if (children.length > 0 && !child) throw new Refusal(`${reference}: no match for platform in manifest: not found (${platform})`)
  const manifest = parseObject(child ? (await remote.manifest(stringOf(child['digest']) ?? '')).bytes : named.bytes)
  const config = parseObject(await remote.blob(descriptorOf(manifest['config']).digest))
  const diffIds = listOf(objectOf(config['rootfs'])['diff_ids']).map(String)
  const layers = await Promise.all(listOf(manifest['layers']).map(async (value, index): Promise<Layer> => {
    const descriptor = descriptorOf(value)
    return { descriptor, diffId: diffIds[index] ?? '', bytes: await remote.blob(descriptor.digest) }
  }))
  const tree: Tree = new Map()
  for (const layer of layers) apply(tree, readTar(gunzipSync(layer.bytes)))
  return { image: { config: objectOf(config['config']), history: listOf(config['history']).map(objectOf), layers, tree }, digest: named.digest }
}

/** Lays a layer's entries over a file system; whiteouts take away. */
export function apply(tree: Tree, entries: readonly Entry[]): void {
  for (const entry of entries) {
    const [, folder = '', gone = ''] = /^(.*\/)?\.wh\.([^/]+)$/.exec(entry.path) ?? []
    if (gone === '') tree.set(entry.path, entry)
    else for (const path of [...tree.keys()]) if (gone === '.wh..opq' ? path.startsWith(folder) : path === folder + gone || path.startsWith(`${folder}${gone}/`)) tree.delete(path)
  }
}

function platformText({ os, architecture, variant }: Json): string {
  // arm64 has one variant that everyone leaves out.
  return [os, architecture, architecture === 'arm64' && variant === 'v8' ? undefined : variant].filter((part) => typeof part === 'string').join('/')
}

function descriptorOf(value: unknown): Descriptor {
  const { mediaType, digest, size } = objectOf(value)
  return { mediaType: stringOf(mediaType) ?? '', digest: stringOf(digest) ?? '', size: Number(size) }
}
