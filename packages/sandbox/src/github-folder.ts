import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { GitHubRepository, type GitObject } from './github-repository.ts'

/** A repository of the sandbox's GitHub that is a repository of git on this machine: what the one has, the other has. */
export class GitHubFolder extends GitHubRepository {
  readonly #folder: string

  /** `name` is `owner/repository`; `folder` is a work tree or a bare repository. */
  constructor(name: string, folder: string) {
    super(name)
    this.#folder = folder
    this.files = (path, ref) => {
      try {
        return this.#git('show', `${ref}:${path}`)
      } catch {
        return undefined
      }
    }
    this.pushed()
  }

  /** Takes over the commits, branches and tags that git has by now. */
  pushed(): void {
    for (const text of this.#git('log', '--all', '--topo-order', '--reverse', '--name-only', '--format=%x00%H%x01%P%x01%cI%x01%B%x01').split('\0').slice(1)) {
      const [sha = '', parents = '', date = '', message = '', files = ''] = text.split('\x01')
      this.commits.set(sha, { sha, parents: words(parents), message: message.trim(), date, files: files.split('\n').filter((file) => file !== '') })
    }
    for (const line of this.#git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags').split('\n')) {
      const [ref = '', sha = ''] = words(line)
      if (this.commits.has(sha)) this.refs.set(ref, { sha, type: 'commit' })
    }
  }

  override createRef(ref: string, sha: string, startsRuns: boolean): GitObject {
    const object = super.createRef(ref, sha, startsRuns)
    this.#git('update-ref', ref, this.resolve(ref)?.sha ?? sha)
    return object
  }

  #git(...args: string[]): string {
    return execFileSync('git', ['-C', this.#folder, '-c', 'safe.directory=*', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'], HOME: this.#folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CEILING_DIRECTORIES: dirname(this.#folder) },
    })
  }
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '')
}
