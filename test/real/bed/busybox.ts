import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { installed } from './installed.ts'
import { installPackages } from './packages.ts'
import { command } from './steps.ts'

const program = '/bin/busybox'

/** The names under which a node has the images, though no registry does. */
export const busyboxImage = 'slipway.test/busybox:1'
export const pauseImage = 'slipway.test/pause:1'

/**
 * An archive (as `docker save` writes it) of an image with Debian's static busybox, a base for samples: no image can be
 * had from outside.
 */
export function busyboxArchive(bed: Bed): Promise<string> {
  return archiveOf(bed, 'busybox.tar', busyboxImage, { Cmd: ['/bin/sh'] })
}

/** The same, of an image that only sleeps: what holds a pod's namespaces. */
export function pauseArchive(bed: Bed): Promise<string> {
  return archiveOf(bed, 'pause.tar', pauseImage, { Entrypoint: [program, 'sleep', '2147483647'] })
}

async function archiveOf(bed: Bed, name: string, image: string, start: object): Promise<string> {
  await installPackages(bed, { 'busybox-static': program })
  return installed(bed, { name, says: `made the image ${image}`, sources: [], make: (path) => makeArchive(bed, path, image, start) })
}

async function makeArchive(bed: Bed, archive: string, name: string, start: object): Promise<void> {
  const folder = `${archive}.${process.pid}`
  const root = join(folder, 'root')
  for (const path of ['bin', 'etc', 'root', 'tmp', 'var']) mkdirSync(join(root, path), { recursive: true })
  copyFileSync(program, join(root, 'bin', 'busybox'))
  for (const applet of (await command(bed, 'busybox', [program, '--list'])).split('\n')) {
    if (applet !== '' && applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet))
  }
  writeFileSync(join(root, 'etc', 'passwd'), 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n')
  writeFileSync(join(root, 'etc', 'group'), 'root:x:0:\nnogroup:x:65534:\n')
  await command(bed, 'busybox', ['chmod', '1777', join(root, 'tmp')])
  await command(bed, 'busybox', ['tar', '--create', '--file', join(folder, 'layer.tar'), '--directory', root, '--owner=0', '--group=0', '--numeric-owner', '--sort=name', '--mtime=@0', '.'])
  const layer = createHash('sha256').update(readFileSync(join(folder, 'layer.tar'))).digest('hex')
  const config = { Env: ['PATH=/bin'], ...start }
  const image = { architecture: 'amd64', os: 'linux', config, rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] } }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(image))
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify([{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }]))
  await command(bed, 'busybox', ['tar', '--create', '--file', join(folder, 'image.tar'), '--directory', folder, 'manifest.json', 'config.json', 'layer.tar'])
  renameSync(join(folder, 'image.tar'), archive)
  rmSync(folder, { recursive: true })
}
