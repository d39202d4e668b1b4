import { randomUUID } from 'node:crypto'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { mappingOf, type Mapping, textOf } from './json.ts'
import type { Run } from './run.ts'

/** What a step may see of the environment that this process itself has. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'USER', 'SHELL', 'LOGNAME']
const inEnvironment = ['action', 'action_path', 'actor', 'api_url', 'base_ref', 'event_name', 'event_path', 'graphql_url', 'head_ref', 'job', 'ref', 'ref_name', 'ref_protected', 'ref_type', 'repository', 'repository_owner', 'retention_days', 'run_attempt', 'run_id', 'run_number', 'server_url', 'sha', 'triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha', 'workspace']

/** The environment below everything that a workflow sets: this machine's, then what the runner was told to add. */
export function baseVariables(run: Run): Record<string, string> {
  const own: Record<string, string> = {}
  for (const name of passedOn) {
    const value = process.env[name]
    if (value !== undefined) own[name] = value
  }
  return { CI: 'true', ...own, ...run.options.environment }
}

/** The variables that a workflow cannot change, the same for every step of a job. */
export function fixedVariables(contexts: Mapping): Record<string, string> {
  return { GITHUB_ACTIONS: 'true', RUNNER_TRACKING_ID: `github_${randomUUID()}`, ...githubVariables(mappingOf(contexts['github'])), ...runnerVariables(mappingOf(contexts['runner'])) }
}

/** The context `github` as GITHUB_ variables. The token is not among them. */
export const githubVariables = (github: Mapping): Record<string, string> =>
  Object.fromEntries(inEnvironment.filter((key) => key in github).map((key) => [`GITHUB_${key.toUpperCase()}`, textOf(github[key])]))

const runnerVariables = (runner: Mapping): Record<string, string> => Object.fromEntries(Object.entries(runner).map(([key, value]) => [`RUNNER_${key.toUpperCase()}`, textOf(value)]))

/** The context `runner`; step debugging is on where the variable ACTIONS_STEP_DEBUG says so. */
export function runnerContext(run: Run, folder: string): Mapping {
  const debug = (run.options.secrets['ACTIONS_STEP_DEBUG'] ?? run.options.variables['ACTIONS_STEP_DEBUG']) === 'true'
  return {
    name: 'slipway',
    os: platform() === 'darwin' ? 'macOS' : 'Linux',
    arch: arch() === 'arm64' ? 'ARM64' : 'X64',
    environment: 'self-hosted',
    temp: join(folder, '_temp'),
    tool_cache: join(folder, '_tool'),
    ...(debug ? { debug: '1' } : {}),
  }
}
