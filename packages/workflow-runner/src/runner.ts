import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { callContexts } from './contexts.ts'
import { unfold } from './expressions.ts'
import { serveIdTokens } from './id-token.ts'
import type { Mapping } from './json.ts'
import { groupOf, runJobs } from './jobs.ts'
import { createRepositories, type Source } from './repositories.ts'
import type { RunResult } from './results.ts'
import { type Call, createGroups, type Run, type RunnerOptions } from './run.ts'
import { dispatchInputs, DispatchRefused, startsOnPush } from './triggers.ts'
import { readWorkflow, type Workflow } from './workflow-file.ts'

/** A click on "Run workflow". */
export interface Dispatch {
  /** The file's name under .github/workflows. */
  workflow: string
  /** A branch or tag: `refs/heads/main`, `refs/tags/v1`, or its bare name. */
  ref: string
  inputs?: Record<string, string | number | boolean>
  actor: string
  /** Cancels the run, as a person does on its page. */
  signal?: AbortSignal
}
/** A ref that was pushed. */
export interface Push {
  ref: string
  actor: string
  signal?: AbortSignal
}
/** Executes workflow files on this machine as GitHub's runner does. */
export interface Runner {
  /** Throws DispatchRefused where GitHub answers 422, and WorkflowFileError (file:line:column) for a wrong file. */
  dispatch: (click: Dispatch) => Promise<RunResult>
  /** Runs every workflow whose `on.push` filters match, side by side. Throws WorkflowFileError. */
  push: (push: Push) => Promise<RunResult[]>
  /** The machine dies: SIGKILL to every process of the run, and nothing more of it runs. Its result is a failure. */
  kill: (runId: string) => void
  /** Closes the server of OIDC tokens. */
  close: () => Promise<void>
}

/** Creates a runner; nothing starts until the first dispatch or push. */
export function createRunner(options: RunnerOptions): Runner {
  const workFolder = resolve(options.workFolder)
  const repositories = createRepositories(options.repository, options.repositories, workFolder)
  const idTokens = options.idToken && serveIdTokens(options.idToken)
  const groups = createGroups()
  const living = new Map<string, AbortController>()
  let lastId = 10_000_000_000 + Math.floor(Math.random() * 1_000_000_000)
  const numbers = new Map<string, number>()

  return {
    async dispatch({ workflow: file, ref: named, inputs = {}, actor, signal }) {
      const found = await sourceAt(named)
      if (!found) throw new DispatchRefused(`No ref found for: ${named}`)
      const { source, ref } = found
      const workflow = await readWorkflow(source, `.github/workflows/${file}`, find)
      if (!workflow) throw new Error(`Not Found: there is no .github/workflows/${file} in ${options.repository.name} at ${ref}`)
      const { typed, texts } = dispatchInputs(workflow, inputs)
      return execute(workflow, 'workflow_dispatch', { source, ref, actor, signal }, typed, { inputs: texts, workflow: workflow.path })
    },
    async push({ ref: named, actor, signal }) {
      const found = await sourceAt(named)
      if (!found) throw new Error(`${options.repository.name} has no ref ${named}`)
      const { source, ref } = found
      const workflows = await Promise.all((await source.list('.github/workflows')).filter((path) => /\.ya?ml$/.test(path)).map((path) => readWorkflow(source, path, find)))
      const started = workflows.filter((workflow) => workflow !== undefined).filter((workflow) => startsOnPush(workflow, ref))
      return Promise.all(started.map((workflow) => execute(workflow, 'push', { source, ref, actor, signal }, {}, { after: source.sha, pusher: { name: actor } })))
    },
    kill: (runId) => living.get(runId)?.abort(),
    close: async () => idTokens?.close(),
  }

  async function find(repository: string, ref: string): Promise<Source | undefined> {
    return repository === options.repository.name ? repositories.atCommit(repository, ref) : repositories.folderSource(repository, ref)
  }

  /** GitHub names a bare ref in full: a branch before a tag. */
  async function sourceAt(named: string): Promise<{ source: Source; ref: string } | undefined> {
    for (const ref of named.startsWith('refs/') ? [named] : [`refs/heads/${named}`, `refs/tags/${named}`]) {
      const source = await repositories.atCommit(options.repository.name, ref)
      if (source) return { source, ref }
    }
    return undefined
  }

  async function execute(workflow: Workflow, event: Run['event'], start: { source: Source; ref: string; actor: string; signal: AbortSignal | undefined }, inputs: Mapping, payload: Mapping): Promise<RunResult> {
    const startedAt = Date.now()
    const { source, ref, actor, signal } = start
    const [owner = '', repositoryName = ''] = options.repository.name.split('/')
    const id = String((lastId += 1))
    const number = (numbers.get(workflow.path) ?? 0) + 1
    numbers.set(workflow.path, number)
    const dead = new AbortController()
    living.set(id, dead)
    const run: Run = {
      options: { ...options, workFolder },
      repositories,
      idTokens,
      groups,
      id,
      number,
      workflow,
      ref,
      sha: source.sha,
      actor,
      event,
      payload: { ref, repository: { name: repositoryName, full_name: options.repository.name, owner: { login: owner }, default_branch: await repositories.defaultBranch() }, sender: { login: actor }, ...payload },
      token: `ghs_${randomBytes(18).toString('hex')}`,
      folder: join(workFolder, `run-${id}`),
      cancelled: signal ?? new AbortController().signal,
      dead: dead.signal,
      jobs: [],
    }
    await mkdir(run.folder, { recursive: true })
    const facts = { number, workflow: workflow.name, event, ref, sha: source.sha, actor }
    options.onEvent({ type: 'run-started', run: id, ...facts })
    const call: Call = { workflow, callers: [], inputs, secrets: options.secrets, held: [] }
    const conclusion = await inGroup(run, call).finally(() => living.delete(id))
    const milliseconds = Date.now() - startedAt
    options.onEvent({ type: 'run-finished', run: id, conclusion, milliseconds })
    return { id, ...facts, conclusion, jobs: run.jobs.toSorted((one, other) => one.startedAt - other.startedAt), milliseconds }
  }

  async function inGroup(run: Run, call: Call): Promise<RunResult['conclusion']> {
    const group = groupOf(unfold(call.workflow.concurrency, { contexts: callContexts(run, call), functions: {} }))
    const ends = AbortSignal.any([run.cancelled, run.dead])
    let leave: () => void
    try {
      leave = await groups.enter(group, [], ends)
    } catch {
      return run.dead.aborted ? 'failure' : 'cancelled'
    }
    try {
      const { result } = await runJobs(run, { ...call, held: [group] }, run.cancelled)
      return run.dead.aborted ? 'failure' : run.cancelled.aborted && result !== 'failure' ? 'cancelled' : result
    } finally {
      leave()
    }
  }
}
