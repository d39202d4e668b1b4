import type { IdTokens, IssueIdToken } from './id-token.ts'
import type { Mapping } from './json.ts'
import type { Repositories } from './repositories.ts'
import type { JobResult, RunEvent, RunResult } from './results.ts'
import type { Workflow } from './workflow-file.ts'

/** What a runner is given once. */
export interface RunnerOptions {
  /** The repository whose workflows run; `path` is a git work tree or a bare repository. */
  repository: { name: string; path: string }
  /** Other repositories, `owner/name` → folder: for checkout, for `uses: owner/name/…@ref`, for called workflows. */
  repositories: Record<string, string>
  /** Set for every step; a workflow's own `env` beats it. */
  environment: Record<string, string>
  /** A folder that stands first on the PATH of every step. */
  pathPrefix?: string
  secrets: Record<string, string>
  variables: Record<string, string>
  /** Signs the OIDC tokens of jobs with `id-token: write`; without it no job can ask for one. */
  idToken?: IssueIdToken
  /** Which branches and tags may deploy to an environment, as patterns; one that is not named is open to all. */
  environments?: Record<string, { branches?: string[]; tags?: string[] }>
  /** Where workspaces and temporary folders are made; the caller removes it. */
  workFolder: string
  onEvent(event: RunEvent): void
}

/** A run in progress. */
export interface Run {
  options: RunnerOptions
  repositories: Repositories
  idTokens: IdTokens | undefined
  groups: Groups
  id: string
  number: number
  workflow: Workflow
  ref: string
  sha: string
  actor: string
  event: RunResult['event']
  payload: Mapping
  /** The fake GITHUB_TOKEN of this run. */
  token: string
  folder: string
  /** A person cancelled the run. */
  cancelled: AbortSignal
  /** The machine died. */
  dead: AbortSignal
  jobs: JobResult[]
}

/** A workflow as it was called: the run's own one, or one that a job `uses`. */
export interface Call {
  workflow: Workflow
  /** Ids and names of the calling jobs, outermost first. */
  callers: { id: string; name: string }[]
  inputs: Mapping
  secrets: Record<string, string>
  /** The concurrency groups that the callers hold. */
  held: string[]
}

/** Concurrency groups: whoever enters first leaves first. */
export interface Groups {
  /** Waits for the group (none where it is empty) and gives the way out. Throws where the signal comes first, or where the waiting would never end. */
  enter(group: string, held: string[], signal: AbortSignal): Promise<() => void>
}

export function createGroups(): Groups {
  const tails = new Map<string, Promise<void>>()
  return {
    async enter(group, held, signal) {
      if (group === '') return () => undefined
      if (held.includes(group)) throw new Error(`The concurrency group '${group}' is held by the run itself, which would wait for its own end. Give the inner one another name`)
      const key = group.toLowerCase()
      const before = tails.get(key) ?? Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<undefined>()
      const stop = new Promise<never>((_, reject) => {
        const cancel = (): void => { reject(new Error(`Cancelled while waiting for the concurrency group '${group}'`)) }
        if (signal.aborted) cancel()
        signal.addEventListener('abort', cancel, { once: true })
      })
      stop.catch(() => undefined)
      tails.set(key, before.then(() => promise))
      try {
        await Promise.race([before, stop])
      } catch (error) {
        resolve(undefined)
        throw error
      }
      return () => { resolve(undefined) }
    },
  }
}
