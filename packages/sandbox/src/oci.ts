import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { writeTar, type Entry } from './tar.ts'

/** A reference to content by its digest. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string }
  readonly annotations?: Readonly<Record<string, string>>
}

/** A layer with its bytes at hand. */
export interface Layer {
  readonly descriptor: Descriptor
  readonly diffId: string
  readonly bytes: Buffer
}

/** The media types that the sandbox writes. */
export const MEDIA = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  attestation: 'application/vnd.in-toto+json',
  cacheConfig: 'application/vnd.buildkit.cacheconfig.v0',
} as const

/** The sha256 digest of the bytes. */
export function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** Describes bytes by type, digest and size. */
export function describe(mediaType: string, bytes: Buffer): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length }
}

/** A gzipped layer of the entries; equal entries give an equal digest. */
export function layerOf(entries: readonly Entry[]): Layer {
  const tar = writeTar(entries)
  // Stored, and of no operating system: both would differ from machine to machine, and the digest with them.
  const bytes = gzipSync(tar, { level: 0 })
  bytes[9] = 255
  return { descriptor: describe(MEDIA.layer, bytes), diffId: digestOf(tar), bytes }
}

/** A manifest's bytes and descriptor. */
export function manifestOf(config: Descriptor, layers: readonly Descriptor[]): { bytes: Buffer; descriptor: Descriptor } {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.manifest, config, layers }))
  return { bytes, descriptor: describe(MEDIA.manifest, bytes) }
}

/** `os/architecture[/variant]` as a platform. */
export function platformOf(text: string): { os: string; architecture: string; variant?: string } {
  const [os = '', architecture = '', variant] = text.split('/')
  return variant === undefined ? { os, architecture } : { os, architecture, variant }
}
