import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Failed } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { readIgnoreRules, type IgnoreRules } from './ignored.ts'

/** The files that a build can see, as one hash. */
export interface ContextTree {
  /** SHA-256 over paths, kinds, executable bits, contents and link targets; times, owners and other modes do not count. */
  readonly hash: string
  readonly files: number
  /** Whether git's own folder is inside, which differs at every checkout. */
  readonly holdsGit: boolean
}

/**
 * Hashes the context folder after its `.dockerignore`, every file by its content.
 * @throws Failed `file-invalid` where something inside cannot be read.
 */
export async function readContextTree(context: string, dockerfile: string): Promise<ContextTree> {
  const rules = await readIgnoreRules(context, dockerfile)
  const found: Found[] = []
  for await (const entry of walk(context, '', rules)) found.push(entry)
  const lines = await mapLimit(found, 32, (entry) => readable(entry.path, () => line(join(context, entry.path), entry)))
  const hash = createHash('sha256')
  for (const text of lines.sort()) hash.update(`${text}\n`)
  return { hash: hash.digest('hex'), files: found.filter(({ kind }) => kind === 'file').length, holdsGit: found.some(({ path }) => path === '.git' || path.startsWith('.git/')) }
}

interface Found {
  readonly path: string
  readonly kind: 'folder' | 'file' | 'link'
}

async function* walk(context: string, folder: string, rules: IgnoreRules): AsyncGenerator<Found> {
  const entries = await readable(folder === '' ? '.' : folder, () => readdir(join(context, folder), { withFileTypes: true }))
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    const ignored = rules.ignores(path)
    if (entry.isDirectory()) {
      if (!ignored) yield { path, kind: 'folder' }
      if (!ignored || rules.readmits) yield* walk(context, path, rules)
    } else if (ignored) continue
    else if (entry.isSymbolicLink()) yield { path, kind: 'link' }
    else if (entry.isFile()) yield { path, kind: 'file' }
  }
}

async function line(absolute: string, { path, kind }: Found): Promise<string> {
  switch (kind) {
    case 'folder':
      return JSON.stringify([path, kind])
    case 'link':
      return JSON.stringify([path, kind, await readlink(absolute)])
    case 'file': {
      const executable = ((await lstat(absolute)).mode & 0o100) !== 0
      return JSON.stringify([path, kind, executable, await fileHash(absolute)])
    }
  }
}

async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) if (chunk instanceof Uint8Array) hash.update(chunk)
  return hash.digest('hex')
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw new Failed({
      code: 'file-invalid',
      what: `${path} in the build context cannot be read`,
      why: error instanceof Error ? error.message : String(error),
      next: 'mend it, or leave it out with .dockerignore',
    })
  }
}
