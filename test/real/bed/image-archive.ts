import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Bed } from './bed.ts'
import { installed } from './installed.ts'
import { command } from './steps.ts'

/** An image of one layer, for no image can be had from outside. */
export interface Archive {
  /** Of the file in bed.tools. */
  readonly name: string
  /** The image's own name and tag. */
  readonly image: string
  /** What its files come from, besides this module. */
  readonly sources: readonly string[]
  /** As in the image's configuration. */
  readonly config: object
  /** Lays its files into an empty folder. */
  readonly fill: (root: string) => Promise<void>
}

/** Gives the path of an archive as `docker save` writes it. The same files make the same image on every machine. */
export function imageArchive(bed: Bed, archive: Archive): Promise<string> {
  return installed(bed, { name: archive.name, says: `made the image ${archive.image}`, sources: archive.sources, make: (path) => make(bed, path, archive) })
}

async function make(bed: Bed, path: string, { image, config, fill }: Archive): Promise<void> {
  const folder = `${path}.${process.pid}`
  const root = join(folder, 'root')
  mkdirSync(root, { recursive: true })
  await fill(root)
  const layer = join(folder, 'layer.tar')
  await command(bed, 'images', ['tar', '--create', '--file', layer, '--directory', root, '--owner=0', '--group=0', '--numeric-owner', '--sort=name', '--mtime=@0', '.'])
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ architecture: 'amd64', os: 'linux', config, rootfs: { type: 'layers', diff_ids: [`sha256:${await sha256(layer)}`] } }))
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify([{ Config: 'config.json', RepoTags: [image], Layers: ['layer.tar'] }]))
  await command(bed, 'images', ['tar', '--create', '--file', join(folder, 'image.tar'), '--directory', folder, 'manifest.json', 'config.json', 'layer.tar'])
  renameSync(join(folder, 'image.tar'), path)
  rmSync(folder, { recursive: true })
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
