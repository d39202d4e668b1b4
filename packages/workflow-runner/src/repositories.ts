import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** A repository at one commit: where workflow files come from. */
export interface Source {
  repository: string
  ref: string
  sha: string
  read(path: string): Promise<string | undefined>
  /** The paths of the files in a folder. */
  list(folder: string): Promise<string[]>
}
/** A commit that was put into a folder. */
export interface Checkout {
  ref: string
  sha: string
}

/** The repositories that the runner was given. Paths lead to a git work tree, a bare repository or a plain folder. */
export interface Repositories {
  /** The branch of the main repository that its HEAD is on. */
  defaultBranch(): Promise<string>
  /** The repository at the ref, its files read from git; undefined where git does not know the ref. */
  atCommit(repository: string, ref: string): Promise<Source | undefined>
  /** A given folder as it stands, whatever the ref: actions and called workflows come from there. */
  folder(repository: string): string | undefined
  folderSource(repository: string, ref: string): Promise<Source | undefined>
  /** Makes the folder a git work tree of the repository at the ref, or at the commit where one is given too. */
  checkOut(repository: string, wanted: { ref: string; sha?: string }, target: string): Promise<Checkout>
}

const run = promisify(execFile)

export function createRepositories(main: { name: string; path: string }, others: Record<string, string>, workFolder: string): Repositories {
  const snapshots = new Map<string, Promise<void>>()
  return {
    defaultBranch: async () => (await gitIn((await gitFolder(main.name)) ?? main.path, 'symbolic-ref', '--short', 'HEAD')).trim(),
    async atCommit(repository, ref) {
      const git = await gitFolder(repository)
      const sha = git === undefined ? undefined : await commitOf(git, ref)
      if (git === undefined || sha === undefined) return undefined
      return {
        repository,
        ref,
        sha,
        read: (path) => gitIn(git, 'show', `${sha}:${path}`).catch(() => undefined),
        list: async (path) => (await gitIn(git, 'ls-tree', '-z', '--name-only', sha, '--', `${path}/`)).split('\0').filter((name) => name !== ''),
      }
    },
    folder: (repository) => others[repository],
    async folderSource(repository, ref) {
      const folder = others[repository]
      const git = await gitFolder(repository)
      if (folder === undefined || git === undefined) return undefined
      const sha = (await commitOf(git, ref)) ?? (await gitIn(git, 'rev-parse', 'HEAD')).trim()
      return {
        repository,
        ref,
        sha,
        read: (path) => readFile(join(folder, path), 'utf8').catch(() => undefined),
        list: async (path) => (await readdir(join(folder, path))).map((name) => `${path}/${name}`),
      }
    },
    async checkOut(repository, { ref, sha: given }, target) {
      const git = await gitFolder(repository)
      if (git === undefined) throw new Error(`Repository '${repository}' not found: this runner was not given it`)
      const sha = await commitOf(git, given ?? (ref === '' ? 'HEAD' : ref))
      if (sha === undefined) throw new Error(`A branch or tag with the name '${ref}' could not be found in ${repository}`)
      await mkdir(target, { recursive: true })
      for (const name of await readdir(target)) await rm(join(target, name), { recursive: true })
      await gitIn(dirname(target), 'clone', '--quiet', '--shared', '--no-checkout', git, target)
      const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
      const head = (await gitIn(git, 'rev-parse', 'HEAD')).trim()
      await gitIn(target, 'checkout', '--quiet', ...(branch === undefined ? ['--detach', sha] : ['-B', branch, sha]))
      const folder = others[repository]
      if (folder !== undefined && sha === head && existsSync(join(folder, '.git'))) await overlay(folder, target)
      await gitIn(target, 'remote', 'set-url', 'origin', `https://github.com/${repository}`)
      return { ref, sha }
    },
  }

  /** The repository's path; a plain folder is committed as it stands, so that it has a HEAD. */
  async function gitFolder(repository: string): Promise<string | undefined> {
    const path = repository === main.name ? main.path : others[repository]
    if (path === undefined) return undefined
    const folder = await realpath(path)
    if (await gitIn(folder, 'rev-parse', '--git-dir').then(() => true, () => false)) return folder
    // One at a time: workflows are read side by side.
    const snapshot = (snapshots.get(repository) ?? Promise.resolve()).then(() => snapshotOf(repository, folder))
    snapshots.set(repository, snapshot.then(() => undefined, () => undefined))
    return snapshot
  }

  async function snapshotOf(repository: string, folder: string): Promise<string> {
    const snapshot = join(workFolder, '_snapshots', `${repository}.git`)
    await mkdir(dirname(snapshot), { recursive: true })
    if (!existsSync(snapshot)) await gitIn(dirname(snapshot), 'init', '--quiet', '--bare', '--initial-branch', 'main', snapshot)
    await gitIn(snapshot, '--git-dir', snapshot, '--work-tree', folder, 'add', '--all')
    const tree = (await gitIn(snapshot, 'write-tree')).trim()
    const commit = (await gitIn(snapshot, 'commit-tree', tree, '-m', 'The folder as it stands')).trim()
    await gitIn(snapshot, 'update-ref', 'refs/heads/main', commit)
    return snapshot
  }
}

/** What is changed but not committed in a given folder belongs to its HEAD here: a developer tries what stands there. */
async function overlay(folder: string, target: string): Promise<void> {
  const changed = (await gitIn(folder, 'ls-files', '-z', '--modified', '--deleted', '--others', '--exclude-standard')).split('\0').filter((path) => path !== '')
  if (changed.length === 0 && (await gitIn(folder, 'diff', '--cached', '--name-only')) === '') return
  const inTarget = ['--git-dir', join(target, '.git')]
  await gitIn(target, ...inTarget, '--work-tree', folder, 'add', '--all')
  for (const name of await readdir(target)) if (name !== '.git') await rm(join(target, name), { recursive: true })
  await gitIn(target, ...inTarget, '--work-tree', target, 'checkout-index', '--all', '--force')
  await gitIn(target, 'reset', '--quiet')
}

async function commitOf(git: string, ref: string): Promise<string | undefined> {
  const names = /^(refs\/.+|HEAD|[0-9a-f]{40})$/.test(ref) ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/remotes/origin/${ref}`]
  for (const name of names) {
    const sha = await gitIn(git, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`).catch(() => '')
    if (sha !== '') return sha.trim()
  }
  return undefined
}

/** Runs git as a stranger to this machine's configuration: the same answer everywhere, and no repository above the folder. */
async function gitIn(folder: string, ...args: string[]): Promise<string> {
  const identity = { name: 'slipway', email: 'slipway@localhost', date: '2000-01-01T00:00:00Z' }
  const { stdout } = await run('git', ['-C', folder, '-c', 'safe.directory=*', '-c', 'core.fsmonitor=false', ...args], {
    maxBuffer: 64 * 1024 * 1024,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_CEILING_DIRECTORIES: dirname(folder),
      ...Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap((who) => [[`GIT_${who}_NAME`, identity.name], [`GIT_${who}_EMAIL`, identity.email], [`GIT_${who}_DATE`, identity.date]])),
    },
  })
  return stdout
}
