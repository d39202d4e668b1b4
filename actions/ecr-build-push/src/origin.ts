import type { Origin } from './settings.ts'

/** What the runner says about the run that this step is in. */
export interface RunFacts {
  readonly repository: string
  readonly sha: string
  readonly ref: string
  readonly runId: string
  readonly runAttempt: string
  readonly workspace: string
  readonly job: string
  readonly defaultBranch?: string
}

/** Variables of the runner that say more. */
export interface RunnerFacts {
  readonly serverUrl: string
  /** The branch that a pull request wants to change; blank elsewhere. */
  readonly baseRef: string
  /** Node's name of this machine's processor. */
  readonly architecture: string
  readonly umask: number
}

/** Works out which branch, tag or pull request is built. */
export function originOf(run: RunFacts, runner: RunnerFacts): Origin {
  const [, kind, name = ''] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(run.ref) ?? []
  return {
    workspace: run.workspace,
    url: `${runner.serverUrl}/${run.repository}`,
    sha: run.sha,
    ref: run.ref,
    umask: runner.umask,
    defaultBranch: run.defaultBranch ?? 'main',
    run: `${run.runId}/${run.runAttempt}/${run.job}`,
    platform: `linux/${runner.architecture === 'x64' ? 'amd64' : runner.architecture}`,
    ...(kind === 'heads' ? { branch: name } : {}),
    ...(kind === 'tags' ? { tag: name } : {}),
    // git takes no colon in a branch's name.
    ...(kind === 'pull' ? { branch: `pull:${name.split('/')[0] ?? ''}` } : {}),
    ...(kind === 'pull' && runner.baseRef !== '' ? { baseBranch: runner.baseRef } : {}),
  }
}
