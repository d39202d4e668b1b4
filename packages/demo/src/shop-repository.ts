import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** The shop as a git repository of its own, with one branch, `main`. */
export interface ShopRepository {
  readonly path: string
  /** The commit of `main`. */
  head(): Promise<string>
  /** Writes files anew and commits them; gives the commit. Throws where an edit changes nothing. */
  change(change: Change): Promise<string>
}

/** A developer's commit. */
export interface Change {
  readonly message: string
  readonly edits: readonly Edit[]
}

/** What a commit does to one file. */
export interface Edit {
  /** Relative to the repository; one that is not there yet is empty. */
  readonly file: string
  readonly edit: (text: string) => string
}

const run = promisify(execFile)
const firstCommitAt = Date.UTC(2026, 0, 5, 9)
const author = { name: 'Alice', email: 'alice@acme.example' }

/** Copies a folder to `target` and makes its content the first commit there. The same content gives the same commit on every machine. */
export async function makeShopRepository(source: string, target: string): Promise<ShopRepository> {
  let commits = 0
  await cp(source, target, { recursive: true })
  await git('init', '--quiet', '--initial-branch', 'main')
  await commit('The shop')
  return {
    path: target,
    head,
    async change({ message, edits }) {
      for (const { file, edit } of edits) {
        const path = join(target, file)
        const before = existsSync(path) ? await readFile(path, 'utf8') : ''
        const after = edit(before)
        if (after === before) throw new Error(`The change "${message}" leaves the shop's ${file} as it is: the text that it replaces is not there`)
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, after)
      }
      return commit(message)
    },
  }

  async function commit(message: string): Promise<string> {
    await git('add', '--all')
    await git('commit', '--quiet', '--message', message)
    commits += 1
    return head()
  }

  async function head(): Promise<string> {
    return (await git('rev-parse', 'HEAD')).trim()
  }

  /** Git as a stranger to this machine: neither the user's configuration and hooks nor the variables of an outer git count. */
  async function git(...args: string[]): Promise<string> {
    const date = new Date(firstCommitAt + commits * 3_600_000).toISOString()
    const { stdout } = await run('git', ['-C', target, '-c', 'core.autocrlf=false', '-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: target,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_TERMINAL_PROMPT: '0',
        GIT_CEILING_DIRECTORIES: dirname(target),
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: author.name,
        GIT_COMMITTER_EMAIL: author.email,
        GIT_COMMITTER_DATE: date,
      },
    })
    return stdout
  }
}
