import { glob, readFile, realpath, stat } from 'node:fs/promises'
import { join, posix, relative, sep } from 'node:path'
import { Failed, type Failure, type Problems } from '@slipway/report'
import { errorCode } from './error-code.ts'
import type { Layer } from './settings.ts'

/** A file of the configuration folder, as a layer has it. */
export interface ConfigFile {
  /** Its path without the layer's folder. */
  readonly path: string
  /** Its path from the workspace, for messages. */
  readonly shown: string
  readonly bytes: Uint8Array
}

/** The configuration folder. */
export interface ConfigFolder {
  /** The files that a path or a pattern names; of those in several layers, the most specific. */
  find(pattern: string, layers: readonly Layer[], problems: Problems): Promise<readonly ConfigFile[]>
  /** The file at a path in each layer that has it, the most specific last. */
  each(path: string, layers: readonly Layer[], problems: Problems): Promise<readonly ConfigFile[]>
}

/** More than Kubernetes takes in one object: such a file is not read. */
const mostBytes = 1024 * 1024

/**
 * Opens the configuration folder of a workspace; every file is read once, however many objects use it.
 * @throws Failed where it does not exist, is no folder, or lies outside the workspace.
 */
export async function openConfigFolder(workspace: string, folder: string): Promise<ConfigFolder> {
  const root = await rootOf(workspace, folder)
  const read = new Map<string, Promise<ConfigFile | Failure | undefined>>()
  const fileAt = (layer: Layer, path: string): Promise<ConfigFile | Failure | undefined> => {
    const inside = posix.join(layer.folder, path)
    const pending = read.get(inside) ?? readInside(root, inside, posix.join(folder, inside), path)
    read.set(inside, pending)
    return pending
  }
  const kept = (files: readonly (ConfigFile | Failure | undefined)[], pattern: string, layers: readonly Layer[], problems: Problems): ConfigFile[] => {
    const found = files.filter((file) => file !== undefined)
    for (const file of found) if ('code' in file) problems.add(file)
    if (found.length === 0) problems.add(missing(pattern, folder, layers))
    return found.flatMap((file) => ('code' in file ? [] : [file]))
  }
  return {
    async find(pattern, layers, problems) {
      const found = new Map<string, ConfigFile | Failure>()
      for (const layer of layers) {
        for (const path of await pathsOf(root, layer, pattern)) {
          const file = found.has(path) ? undefined : await fileAt(layer, path)
          if (file !== undefined) found.set(path, file)
        }
      }
      const inOrder = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file)
      return kept(inOrder, pattern, layers, problems)
    },
    async each(path, layers, problems) {
      return kept(await Promise.all(layers.toReversed().map((layer) => fileAt(layer, path))), path, layers, problems)
    },
  }
}

async function rootOf(workspace: string, folder: string): Promise<string> {
  const found = await statOf(join(workspace, folder))
  if (found?.isDirectory() !== true) {
    throw new Failed({
      code: 'file-missing',
      what: found === undefined ? `the configuration folder "${folder}" does not exist` : `the configuration folder "${folder}" is no folder`,
      why: 'the workspace has no folder of this name',
      next: 'check the configuration out in an earlier step, or correct "config-path" or configuration.path of the project file',
    })
  }
  const [root, within] = await Promise.all([realpath(join(workspace, folder)), realpath(workspace)])
  if (root === within || root.startsWith(within + sep)) return root
  throw new Failed({
    code: 'file-outside',
    what: `the configuration folder "${folder}" leaves the workspace`,
    why: 'it is, or lies behind, a symbolic link to another place',
    next: 'check the configuration out inside the workspace',
  })
}

async function pathsOf(root: string, layer: Layer, pattern: string): Promise<string[]> {
  // A name such as [id].json is a file before it is a pattern.
  if (!/[*?[\]{}()!]/.test(pattern) || (await isThere(join(root, layer.folder, pattern)))) return [posix.normalize(pattern)]
  const beginsWild = /[*?[\]{}()!]/.test(pattern.split('/')[0] ?? '')
  const paths: string[] = []
  for await (const path of glob(pattern, { cwd: join(root, layer.folder) })) {
    const parts = path.split(sep)
    if (parts.includes('.git') || (beginsWild && layer.inner.includes(parts[0] ?? ''))) continue
    const found = await statOf(join(root, layer.folder, path))
    if (found === undefined || !found.isDirectory()) paths.push(parts.join('/'))
  }
  return paths
}

async function readInside(root: string, inside: string, shown: string, path: string): Promise<ConfigFile | Failure | undefined> {
  const absolute = join(root, inside)
  const found = await statOf(absolute)
  if (found === undefined) return undefined
  if (inside.split('/').includes('.git')) {
    return { code: 'file-outside', what: `the file ${shown} is inside git's own folder`, why: 'it holds credentials of the checkout', next: 'name files of the configuration itself' }
  }
  const fromRoot = relative(root, await realpath(absolute))
  if (fromRoot === '..' || fromRoot.startsWith(`..${sep}`) || fromRoot.split(sep).includes('.git')) {
    return { code: 'file-outside', what: `the file ${shown} leaves the configuration folder`, why: 'it is, or lies behind, a symbolic link to another place', next: 'replace the link by the file itself' }
  }
  if (!found.isFile()) {
    const next = found.isDirectory() ? `write ${path}/* for the files in it` : 'name a regular file'
    return { code: 'file-invalid', what: `${shown} is no regular file`, why: found.isDirectory() ? 'it is a folder' : 'it is a device, a pipe or a socket', next }
  }
  if (found.size > mostBytes) {
    return { code: 'config-too-large', what: `the file ${shown} has ${found.size} bytes`, why: 'Kubernetes takes 1 MiB an object', next: 'make it smaller, or put it into the image or a bucket' }
  }
  return { path, shown, bytes: await readFile(absolute) }
}

function missing(pattern: string, folder: string, layers: readonly Layer[]): Failure {
  const tried = layers.map((layer) => posix.join(folder, layer.folder, pattern))
  return {
    code: 'file-missing',
    what: `there is no file "${pattern}" in the configuration`,
    why: `looked for ${tried.join(', ')}`,
    next: 'correct the path, or check the configuration out in an earlier step',
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await statOf(path)) !== undefined
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
}
