import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { imageArchive } from './image-archive.ts'
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
  return imageArchive(bed, { name, image, sources: [], config: { Env: ['PATH=/bin'], ...start }, fill: (root) => layBusybox(bed, root) })
}

async function layBusybox(bed: Bed, root: string): Promise<void> {
  for (const path of ['bin', 'etc', 'root', 'tmp', 'var']) mkdirSync(join(root, path))
  copyFileSync(program, join(root, 'bin', 'busybox'))
  for (const applet of (await command(bed, 'busybox', [program, '--list'])).split('\n')) {
    if (applet !== '' && applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet))
  }
  writeFileSync(join(root, 'etc', 'passwd'), 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n')
  writeFileSync(join(root, 'etc', 'group'), 'root:x:0:\nnogroup:x:65534:\n')
  await command(bed, 'busybox', ['chmod', '1777', join(root, 'tmp')])
}
