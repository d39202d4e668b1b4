import { Failed } from '@slipway/report'
import { readFileSync } from 'node:fs'

/** The workflow run that an action is part of. */
export interface RunContext {
  readonly repository: string
  readonly sha: string
  readonly ref: string
  readonly refName: string
  readonly runId: string
  readonly runAttempt: string
  readonly runUrl: string
  readonly actor: string
  readonly workspace: string
  readonly eventName: string
  readonly job: string
  /** The repository's default branch; undefined where the event does not say it. */
  readonly defaultBranch?: string
}

/**
 * Reads the run from the runner's variables.
 * @throws Failed `event-refused` where a stranger's code could reach credentials: a fork's pull request, or
 * `pull_request_target`, which runs with this repository's rights at a stranger's wish.
 */
export function runContext(environment: Readonly<Record<string, string | undefined>>): RunContext {
  const text = (name: string): string => environment[`GITHUB_${name}`] ?? ''
  const repository = text('REPOSITORY')
  const runId = text('RUN_ID')
  const event = eventAt(text('EVENT_PATH'))
  const defaultBranch = textAt(event, ['repository', 'default_branch'])
  const context: RunContext = {
    repository,
    sha: text('SHA'),
    ref: text('REF'),
    refName: text('REF_NAME'),
    runId,
    runAttempt: text('RUN_ATTEMPT'),
    runUrl: `${text('SERVER_URL')}/${repository}/actions/runs/${runId}`,
    actor: text('ACTOR'),
    workspace: text('WORKSPACE') === '' ? process.cwd() : text('WORKSPACE'),
    eventName: text('EVENT_NAME'),
    job: text('JOB'),
    ...(defaultBranch === undefined || defaultBranch === '' ? {} : { defaultBranch }),
  }
  refuseStrangers(context, event)
  return context
}

/** Events that carry a stranger's wish, each with where its payload names the repository that the code is from. */
const headPaths: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['pull_request', 'head', 'repo', 'full_name'],
  pull_request_review: ['pull_request', 'head', 'repo', 'full_name'],
  pull_request_review_comment: ['pull_request', 'head', 'repo', 'full_name'],
  workflow_run: ['workflow_run', 'head_repository', 'full_name'],
}

function refuseStrangers({ eventName, repository }: RunContext, event: unknown): void {
  if (eventName === 'pull_request_target') throw refused('the event pull_request_target', 'it runs with this repository\'s rights while anybody may start it')
  const path = Object.hasOwn(headPaths, eventName) ? headPaths[eventName] : undefined
  if (path === undefined) return
  const head = textAt(event, path)
  if (head === repository) return
  const what = eventName === 'workflow_run' ? 'a workflow that ran for a fork' : 'a pull request from a fork'
  throw refused(what, `its code is that of ${head ?? 'a repository that is not named, or is gone'}, not of ${repository}`)
}

function refused(what: string, why: string): Failed {
  return new Failed({
    code: 'event-refused',
    what: `this run was started by ${what}`,
    why,
    next: 'start builds and deploys by push, tag or "Run workflow" in this repository',
  })
}

function textAt(event: unknown, path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined), event)
  return typeof found === 'string' ? found : undefined
}

function eventAt(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
