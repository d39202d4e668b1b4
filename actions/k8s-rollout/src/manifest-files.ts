import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, posix, relative, sep } from 'node:path'
import type { Failure, Problems } from '@slipway/report'
import type { ManifestFile } from '@slipway/rollout'

const mostBytes = 1024 * 1024

/**
 * The manifest files that paths name: a file itself, of a folder every .yaml, .yml and .json file in it.
 * Each is looked up in every layer, and the most specific one is taken.
 */
export async function manifestFiles(workspace: string, paths: readonly string[], layers: readonly string[], problems: Problems): Promise<ManifestFile[]> {
  const root = await realpath(workspace)
  const found = new Map<string, string>()
  for (const path of paths) {
    const before = found.size
    for (const layer of layers) {
      for (const file of await filesAt(root, posix.join(layer, path))) {
        const name = posix.relative(layer, file)
        if (!found.has(name)) found.set(name, file)
      }
    }
    if (found.size === before) problems.add(missing(path, layers))
  }
  const inOrder = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file)
  const read = await Promise.all(inOrder.map((file) => readInside(root, file)))
  return read.flatMap((file) => {
    if ('text' in file) return [file]
    problems.add(file)
    return []
  })
}

async function filesAt(root: string, path: string): Promise<string[]> {
  const kind = await stat(join(root, path)).catch(() => undefined)
  if (kind === undefined) return []
  if (!kind.isDirectory()) return [path]
  // Without types it would follow links to folders, also in circles.
  const inside = await readdir(join(root, path), { recursive: true, withFileTypes: true })
  return inside.map(({ parentPath, name }) => relative(root, join(parentPath, name))).filter((file) => isManifest(relative(path, file))).map((file) => file.split(sep).join('/'))
}

/** Hidden files, and those in hidden folders, are somebody's tools. */
function isManifest(inFolder: string): boolean {
  return ['.yaml', '.yml', '.json'].includes(extname(inFolder)) && !inFolder.split(sep).some((part) => part.startsWith('.'))
}

async function readInside(root: string, path: string): Promise<ManifestFile | Failure> {
  const real = await realpath(join(root, path)).catch(() => undefined)
  if (real === undefined) return { code: 'file-missing', what: `the manifest ${path} is a link to nowhere`, why: 'the file that it leads to does not exist', next: 'replace the link by the file itself' }
  const fromRoot = relative(root, real)
  if (fromRoot.startsWith('..') || fromRoot.split(sep).includes('.git')) {
    return { code: 'file-outside', what: `the manifest ${path} leaves the workspace`, why: 'it is, or lies behind, a symbolic link to another place', next: 'replace the link by the file itself' }
  }
  const kind = await stat(real)
  if (!kind.isFile()) return { code: 'file-invalid', what: `the manifest ${path} is no regular file`, why: 'it is a device, a pipe or a socket, or a folder with the name of a file', next: 'remove it, or name the files to be applied' }
  if (kind.size > mostBytes) return { code: 'manifest-invalid', what: `the manifest ${path} has ${kind.size} bytes`, why: 'a manifest file may have 1 MiB at most', next: 'split the file, or take the data out of it' }
  return { path, text: await readFile(real, 'utf8') }
}

function missing(path: string, layers: readonly string[]): Failure {
  return {
    code: 'file-missing',
    what: `there are no manifests at "${path}"`,
    why: `looked for ${layers.map((layer) => posix.join(layer, path)).join(', ')}; of a folder, files that end in .yaml, .yml or .json are taken`,
    next: 'correct the path, or check the repository out in an earlier step',
  }
}
