import { digestRule, type Digest } from '@slipway/release'

/** The media types of manifests and indexes that are asked for. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const

/**
 * Each platform's own digest. An image that is no index has one platform, which its manifest does not tell: `platform`.
 * Attestations are no platform.
 */
export function platformDigests(image: { readonly digest: Digest; readonly manifest: string }, platform: string): Record<string, Digest> {
  const children = field(parsed(image.manifest), 'manifests')
  if (!Array.isArray(children)) return { [platform]: image.digest }
  const digests: Record<string, Digest> = {}
  for (const child of children) {
    const digest = field(child, 'digest')
    const [os, architecture, variant] = ['os', 'architecture', 'variant'].map((name) => field(field(child, 'platform'), name))
    if (typeof digest !== 'string' || !digestRule.is(digest) || typeof os !== 'string' || typeof architecture !== 'string' || os === 'unknown') continue
    digests[typeof variant === 'string' ? `${os}/${architecture}/${variant}` : `${os}/${architecture}`] = digest
  }
  return digests
}

/** What must stand in a repository before a manifest can. */
export interface References {
  /** The manifests of an index. */
  readonly children: readonly Digest[]
  /** Configuration and layers, each once, with their sizes in bytes. */
  readonly blobs: readonly { readonly digest: Digest; readonly size: number }[]
}

/** What a manifest refers to; undefined where it is none, or refers to something without digest or size. */
export function referencesOf(manifest: string): References | undefined {
  const content = parsed(manifest)
  const [listed, config, layers] = ['manifests', 'config', 'layers'].map((name) => field(content, name))
  if (Array.isArray(listed)) {
    const children = listed.flatMap((child) => reference(child)?.digest ?? [])
    return children.length === listed.length ? { children: [...new Set(children)], blobs: [] } : undefined
  }
  if (!Array.isArray(layers)) return undefined
  // A layer that must not be distributed is fetched from its own address, and never in a registry.
  const all: readonly unknown[] = layers
  const inside = [config, ...all.filter((layer) => !/foreign|nondistributable/.test(String(field(layer, 'mediaType'))))]
  const blobs = inside.flatMap((blob) => reference(blob) ?? [])
  return blobs.length === inside.length ? { children: [], blobs: [...new Map(blobs.map((blob) => [blob.digest, blob])).values()] } : undefined
}

/** The digest in the file that `--metadata-file` names; undefined where it holds none. */
export function builtDigest(metadata: string): Digest | undefined {
  const digest = field(parsed(metadata), 'containerimage.digest')
  return typeof digest === 'string' && digestRule.is(digest) ? digest : undefined
}

function reference(descriptor: unknown): { digest: Digest; size: number } | undefined {
  const [digest, size] = ['digest', 'size'].map((name) => field(descriptor, name))
  return typeof digest === 'string' && digestRule.is(digest) && typeof size === 'number' ? { digest, size } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined
}
