import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Entry } from '../tar.ts'

/** Files by their path without a leading slash: a build context or a stage's file system. */
export type Tree = Map<string, Entry>

/** Reads a build context, without what `<Dockerfile>.dockerignore` or `.dockerignore` leaves out. */
export function readContext(folder: string, dockerfile: string): Tree {
  const list = [`${dockerfile}.dockerignore`, join(folder, '.dockerignore')].find((path) => existsSync(path))
  const ignored = ignoreRules(list === undefined ? '' : readFileSync(list, 'utf8'))
  const tree: Tree = new Map()
  const walk = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const inside = path === '' ? name : `${path}/${name}`
      const absolute = join(folder, inside)
      const stat = lstatSync(absolute)
      const owned = { path: inside, mode: stat.mode & 0o7777, uid: 0, gid: 0, content: Buffer.alloc(0), target: '' }
      const left = ignored(inside)
      if (stat.isDirectory()) {
        if (!left) tree.set(inside, { ...owned, type: 'directory' })
        walk(inside)
      } else if (left) continue
      else if (stat.isSymbolicLink()) tree.set(inside, { ...owned, type: 'symlink', mode: 0o777, target: readlinkSync(absolute) })
      else if (stat.isFile()) tree.set(inside, { ...owned, type: 'file', content: readFileSync(absolute) })
    }
  }
  walk('')
  return tree
}

/** A glob of Go's filepath.Match, and `**` for any number of folders, as a regular expression. */
export function globOf(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|\*|\?|\[\^?[^\]]*\]|\\.|[.+^${}()|/\\\]]/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    return part.startsWith('[') || part.startsWith('\\') ? part : `\\${part}`
  })
  return new RegExp(`^${source}$`)
}

function ignoreRules(text: string): (path: string) => boolean {
  const rules = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
    const negated = line.startsWith('!')
    return { negated, glob: globOf(line.slice(negated ? 1 : 0).trim().replace(/^(\.?\/)+|\/+$/g, '')) }
  })
  return (path) => {
    const parents = path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))
    return rules.reduce((left, { negated, glob }) => (parents.some((parent) => glob.test(parent)) ? !negated : left), false)
  }
}
