import type { Host } from '@slipway/action-host'
import type { GitHubOptions } from '@slipway/github'

/** The run whose project is read. */
export interface PolicyRun {
  readonly repository: string
  /** As the runner gives it: `refs/heads/main`. */
  readonly ref: string
  /** The commit that the run is about. */
  readonly sha: string
  /** Where it is checked out. */
  readonly workspace: string
  /** Where it is not known, GitHub is asked. */
  readonly defaultBranch?: string
}

/** Where policy is read, and what is told meanwhile. */
export interface PolicySource extends Pick<GitHubOptions, 'token' | 'environment' | 'clock' | 'signal' | 'onWait' | 'budgetMs'> {
  readonly run: PolicyRun
  /** Whether the checkout is the default branch whatever the run's ref: a rollback's is. */
  readonly isDefaultCheckedOut?: boolean
  /** What to do where there is to be no project file, such as to give the inputs that say everything. */
  readonly withoutFile?: string
  /** What to do instead where GitHub cannot be asked for a file that is extended. */
  readonly withoutGitHub?: string
  readonly notice: (text: string) => void
}

/** Policy as the run of an action reads it, with the token of the input `github-token`. */
export function policySource({ run, inputs, environment, clock, work, log }: Pick<Host, 'run' | 'inputs' | 'environment' | 'clock' | 'work' | 'log'>): PolicySource {
  return {
    run,
    token: inputs.values['github-token'] ?? '',
    environment,
    clock,
    signal: work,
    onWait: (text) => {
      log.info(text)
    },
    notice: (text) => {
      log.notice(text)
    },
  }
}
