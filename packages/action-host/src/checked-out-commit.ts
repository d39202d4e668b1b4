import { readFile, realpath } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'

/** A repository that is checked out; its commit is undefined where it cannot be read. */
export interface CheckedOut {
  readonly commit: string | undefined
}

/**
 * The repository whose work tree begins at a folder, read as gitrepository-layout(5) has it; git is not run, since a
 * repository's own settings could make it run anything. Undefined where the folder has none of its own inside the root.
 */
export async function checkedOutAt(folder: string, root: string): Promise<CheckedOut | undefined> {
  const git = await gitFolder(folder, await realpath(root))
  return git === undefined ? undefined : { commit: await commitAt(git) }
}

/** `.git`, or where the file of this name leads, as that of a submodule does. */
async function gitFolder(place: string, root: string): Promise<string | undefined> {
  const git = join(place, '.git')
  if ((await textOf(join(git, 'HEAD'))) !== undefined) return git
  const [, linked] = /^gitdir: (.+)$/m.exec((await textOf(git)) ?? '') ?? []
  const leads = linked === undefined ? undefined : resolve(place, linked)
  return leads?.startsWith(root + sep) === true ? leads : undefined
}

async function commitAt(git: string): Promise<string | undefined> {
  const text = (await textOf(join(git, 'HEAD'))) ?? ''
  const [, ref] = /^ref: (refs\/[\w./-]+)$/.exec(text) ?? []
  if (ref === undefined) return commit.test(text) ? text : undefined
  if (ref.split('/').includes('..')) return undefined
  const loose = (await textOf(join(git, ref))) ?? ''
  if (commit.test(loose)) return loose
  const packed = ((await textOf(join(git, 'packed-refs'))) ?? '').split('\n').map((line) => line.split(' '))
  return packed.find(([hash = '', packedName]) => packedName === ref && commit.test(hash))?.[0]
}

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').then((text) => text.trim(), () => undefined)
}
