import { hashFiles } from './hash-files.ts'
import type { Scope } from './expressions.ts'
import { type Mapping, textOf } from './json.ts'
import type { Call, Run } from './run.ts'

/** How far things went where a status function is asked. */
export interface Status {
  success: boolean
  failure: boolean
  cancelled: boolean
}

/** What `success()`, `failure()`, `cancelled()`, `always()` and `hashFiles()` answer. */
export const functionsOf = (status: () => Status, workspace?: string): Scope['functions'] => ({
  success: () => status().success,
  failure: () => status().failure,
  cancelled: () => status().cancelled,
  always: () => true,
  hashFiles: (...patterns) => hashFiles(workspace ?? '', patterns.map(textOf)),
})

/** The contexts that every part of a called workflow sees. */
export function callContexts(run: Run, call: Call): Mapping {
  return { github: githubContext(run), vars: run.options.variables, inputs: call.inputs }
}

/** Secrets as expressions see them. */
export const secretsContext = (run: Run, call: Call): Mapping => ({ ...call.secrets, github_token: run.token })

/** The reference of the workflow file that a call runs: `owner/name/.github/workflows/x.yml@ref`. */
export const workflowRef = ({ workflow: { source, path } }: Call): string => `${source.repository}/${path}@${source.ref}`

/** The claims of a job's OIDC token, as GitHub's issuer gives them. */
export function claimsOf(run: Run, call: Call, environment: string | undefined): Record<string, string> {
  const { name } = run.options.repository
  return {
    sub: `repo:${name}:${environment === undefined ? `ref:${run.ref}` : `environment:${environment}`}`,
    repository: name,
    repository_owner: ownerOf(name),
    repository_visibility: 'private',
    ref: run.ref,
    ref_type: refOf(run.ref).type,
    sha: run.sha,
    ...(environment === undefined ? {} : { environment }),
    actor: run.actor,
    event_name: run.event,
    workflow: run.workflow.name,
    workflow_ref: `${name}/${run.workflow.path}@${run.ref}`,
    workflow_sha: run.sha,
    job_workflow_ref: workflowRef(call),
    job_workflow_sha: call.workflow.source.sha,
    run_id: run.id,
    run_number: String(run.number),
    run_attempt: '1',
    runner_environment: 'self-hosted',
    head_ref: '',
    base_ref: '',
  }
}

function githubContext(run: Run): Mapping {
  const { name } = run.options.repository
  const ref = refOf(run.ref)
  return {
    token: run.token,
    ref: run.ref,
    ref_name: ref.name,
    ref_type: ref.type,
    ref_protected: false,
    sha: run.sha,
    head_ref: '',
    base_ref: '',
    repository: name,
    repository_owner: ownerOf(name),
    repositoryUrl: `git://github.com/${name}.git`,
    run_id: run.id,
    run_number: String(run.number),
    run_attempt: '1',
    retention_days: '90',
    actor: run.actor,
    triggering_actor: run.actor,
    event_name: run.event,
    event: run.payload,
    workflow: run.workflow.name,
    workflow_ref: `${name}/${run.workflow.path}@${run.ref}`,
    workflow_sha: run.sha,
    server_url: run.options.environment['GITHUB_SERVER_URL'] ?? 'https://github.com',
    api_url: run.options.environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    graphql_url: run.options.environment['GITHUB_GRAPHQL_URL'] ?? 'https://api.github.com/graphql',
  }
}

/** A full ref as a person names it. */
export function refOf(ref: string): { name: string; type: 'branch' | 'tag' } {
  return { name: ref.replace(/^refs\/(heads|tags)\//, ''), type: ref.startsWith('refs/tags/') ? 'tag' : 'branch' }
}

const ownerOf = (repository: string): string => repository.split('/')[0] ?? ''
