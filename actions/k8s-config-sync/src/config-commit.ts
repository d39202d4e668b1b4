import { readFile, realpath } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'

/**
 * The commit at which a configuration folder is checked out, read as gitrepository-layout(5) has it; git is not run, since
 * a repository's own settings could make it run anything. Undefined where the folder has no repository of its own
 * inside the workspace: what lies in the workspace's is of the run's commit.
 */
export async function configurationCommit(workspace: string, folder: string): Promise<string | undefined> {
  const root = await realpath(workspace)
  let place = await realpath(join(root, folder)).catch(() => root)
  for (; place.startsWith(root + sep); place = dirname(place)) {
    const git = await gitFolder(place, root)
    if (git !== undefined) return commitAt(git)
  }
  return undefined
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
