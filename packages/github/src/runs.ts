import { Failed } from '@slipway/report'
import type { RunPage } from './answers.ts'
import { pageSize, type Conversation } from './ask.ts'

/** A repository's workflow runs. */
export interface Runs {
  /** The state of a workflow file, such as `active`; undefined where GitHub knows none of that name. */
  workflowState(file: string): Promise<string | undefined>
  /** The runs of a commit on a tag or branch, the newest first. */
  runsOf(ref: string, commit: string): Promise<RunPage[]>
  /** Undefined also where it does not show yet. */
  run(id: number): Promise<RunPage | undefined>
  /**
   * Starts a workflow on a tag or branch; the run's id where GitHub tells it. Never asked twice: `unanswered` where it
   * is not known whether it was started.
   * @throws Failed `run-missing` where GitHub does not start it.
   */
  dispatch(file: string, ref: string): Promise<number | 'started' | 'unanswered'>
}

interface GivenRun {
  readonly id: number | bigint
  readonly html_url: string
  readonly path: string
  readonly event: string
  readonly head_branch: string | null
  readonly head_sha: string
  readonly status: string | null
  readonly conclusion: string | null
}

/** Asks for runs, and starts them. */
export function runsOf({ request, here, repository, say, attempt }: Conversation): Runs {
  return {
    async workflowState(file) {
      const answer = await attempt(() => request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}', { ...here, workflow_id: file }), { purpose: `show the workflow ${file} of ${repository}`, right: 'actions: write' })
      if (!('failure' in answer)) return answer.data.state
      if (answer.refused.status === 404) return undefined
      throw answer.failure
    },
    async runsOf(ref, commit) {
      const { workflow_runs: found } = await say(() => request('GET /repos/{owner}/{repo}/actions/runs', { ...here, head_sha: commit, branch: ref, per_page: pageSize }), `list the runs on ${ref} of ${repository}`, 'actions: read')
      return found.map(runPage).filter((run) => run.ref === ref && run.commit === commit)
    },
    async run(id) {
      const answer = await attempt(() => request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...here, run_id: id }), { purpose: `show the run ${id} of ${repository}`, right: 'actions: read' })
      if (!('failure' in answer)) return runPage(answer.data)
      if (answer.refused.status === 404) return undefined
      throw answer.failure
    },
    async dispatch(file, ref) {
      const asked = { purpose: `start ${file} on ${ref} in ${repository}`, right: 'actions: write' }
      try {
        const answer = await attempt(() => request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', { ...here, workflow_id: file, ref, return_run_details: true }), asked, false)
        if (!('failure' in answer)) return startedRun(answer.data)
        if (answer.refused.status !== 422) throw answer.failure
        throw new Failed({ code: 'run-missing', what: `GitHub did not ${asked.purpose}`, why: answer.refused.message, next: `give ${file} the trigger \`workflow_dispatch\`, in the tagged commit as well, and run this again: the tag is found and not made twice` })
      } catch (error) {
        if (error instanceof Failed && error.failures[0].code === 'unreachable') return 'unanswered'
        throw error
      }
    },
  }
}

/** Older servers answer without a body. */
function startedRun(data: unknown): number | 'started' {
  const id: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'workflow_run_id') : undefined
  return typeof id === 'number' ? id : 'started'
}

function runPage({ id, html_url, path, event, head_branch, head_sha, status, conclusion }: GivenRun): RunPage {
  return { id: Number(id), url: html_url, file: path.replace(/@.*$/, ''), event, ref: head_branch ?? '', commit: head_sha, state: conclusion ?? status ?? 'unknown' }
}
