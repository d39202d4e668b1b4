import { posix } from 'node:path'
import type { Entry } from '../tar.ts'
import { globOf, type Tree } from './context.ts'
import { Refusal } from './refusal.ts'

/** Who owns what is copied. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** The entries that a COPY adds to a file system: what the sources name, at the destination, with the folders on the way. */
export function copied(from: Tree, sources: readonly string[], destination: string, workdir: string, to: Tree, owner: Owner | undefined): Entry[] {
  const target = posix.resolve('/', workdir, destination).slice(1)
  const folder = /(^|\/)\.?$/.test(destination) || to.get(target)?.type === 'directory'
  const found = sources.map((source) => ({ source, paths: matching(from, source) }))
  const total = found.reduce((sum, { paths }) => sum + paths.length, 0)
  if ((sources.length > 1 || total > 1) && !folder) throw new Refusal('When using COPY with more than one source file, the destination must be a directory and end with a /')
  const layer: Tree = new Map()
  const put = (entry: Entry, path: string): void => {
    if (path === '') return
    addParents(layer, to, path, owner)
    layer.set(path, { ...entry, path, ...(owner ?? { uid: 0, gid: 0 }) })
  }
  for (const { source, paths } of found) {
    if (paths.length === 0) throw missing(`"/${source.replace(/^(\.?\/)+/, '')}": not found`)
    for (const path of paths) {
      const { at, entry } = followed(from, path)
      if (entry && entry.type !== 'directory') put(entry, folder ? posix.join(target, posix.basename(path)) : target)
      else {
        if (target !== '' && !to.has(target)) put(folderEntry(target, owner), target)
        for (const [inside, one] of from) if (at === '' || inside.startsWith(`${at}/`)) put(one, posix.join(target, at === '' ? inside : inside.slice(at.length + 1)))
      }
    }
  }
  return [...layer.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The folders of a path that the file system lacks, the path itself included. */
export function missingFolders(to: Tree, path: string): Entry[] {
  const layer: Tree = new Map()
  addParents(layer, to, `${path}/.`, undefined)
  return [...layer.values()]
}

function addParents(layer: Tree, to: Tree, path: string, owner: Owner | undefined): void {
  const names = path.split('/').slice(0, -1)
  names.forEach((_, index) => {
    const parent = names.slice(0, index + 1).join('/')
    if (parent !== '' && !to.has(parent) && !layer.has(parent)) layer.set(parent, folderEntry(parent, owner))
  })
}

function folderEntry(path: string, owner: Owner | undefined): Entry {
  return { path, type: 'directory', mode: 0o755, ...(owner ?? { uid: 0, gid: 0 }), content: Buffer.alloc(0), target: '' }
}

function matching(from: Tree, source: string): string[] {
  const clean = posix.resolve('/', source).slice(1)
  if (!/[*?[]/.test(clean)) return clean === '' || from.has(clean) ? [clean] : []
  const glob = globOf(clean)
  return [...from.keys()].filter((path) => glob.test(path))
}

/** A source that is itself a symbolic link stands for what it leads to. */
function followed(from: Tree, path: string): { at: string; entry: Entry | undefined } {
  let at = path
  for (let hops = 0; hops < 40; hops += 1) {
    const entry = from.get(at)
    if (entry?.type !== 'symlink') {
      if (at !== '' && !entry) throw missing(`"/${path}": its link leads to "/${at}", which is not found`)
      return { at, entry }
    }
    at = posix.resolve('/', posix.dirname(at), entry.target).slice(1)
  }
  throw new Refusal(`failed to compute cache key: "/${path}": too many links`)
}

function missing(what: string): Refusal {
  const told = `failed to calculate checksum of ref sandbox: ${what}`
  return new Refusal(told, `failed to compute cache key: ${told}`)
}
