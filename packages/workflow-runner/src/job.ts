import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readAction, refusal, useOf } from './actions.ts'
import { killTracked } from './children.ts'
import { callContexts, claimsOf, functionsOf, refOf, secretsContext } from './contexts.ts'
import { unfold, wordOf } from './expressions.ts'
import { mappingOf, type Mapping, textOf, textsOf, reasonOf } from './json.ts'
import type { JobState } from './job-state.ts'
import { fixedVariables, runnerContext } from './machine.ts'
import { Masks } from './masks.ts'
import type { Leg } from './matrix.ts'
import { levelOf } from './permissions.ts'
import { type JobRecord, startStep } from './recorder.ts'
import type { Annotation, JobResult } from './results.ts'
import type { Call, Run } from './run.ts'
import { nameOf, runPost, runPre, runStep, scopeOf } from './step.ts'
import { matchesRef } from './triggers.ts'
import type { Job } from './workflow-file.ts'

/** Runs one job on this machine: its steps, then the posts of its actions in reverse order, then its outputs. */
export async function runJob(run: Run, call: Call, job: Job, leg: Leg, needs: Mapping, cancelled: AbortSignal): Promise<JobResult> {
  const startedAt = Date.now()
  const { id, name } = leg
  const record: JobRecord = { annotations: [], summaries: [], steps: [] }
  const masks = new Masks()
  for (const secret of [run.token, ...Object.values(call.secrets)]) masks.add(secret)
  run.options.onEvent({ type: 'job-started', run: run.id, job: id, name })
  const note = (annotation: Annotation): void => {
    record.annotations.push(annotation)
    run.options.onEvent({ type: 'annotation', run: run.id, job: id, step: '', annotation })
  }

  const stop = new AbortController()
  const signal = AbortSignal.any([cancelled, stop.signal])
  const folder = join(run.folder, `${run.jobs.length}-${randomUUID().slice(0, 8)}`)
  const [, repositoryName = 'workspace'] = run.options.repository.name.split('/')
  const contexts: Mapping = { ...callContexts(run, call), needs, matrix: leg.matrix, strategy: leg.strategy, secrets: secretsContext(run, call) }
  const beforeEnv = { contexts, functions: functionsOf(() => ({ success: true, failure: false, cancelled: false })) }
  let failed = false
  const frame: JobState['frame'] = {
    inputs: call.inputs,
    steps: {},
    status: () => ({ success: !failed && !signal.aborted, failure: failed && !signal.aborted, cancelled: signal.aborted }),
  }
  const workspace = join(folder, repositoryName, repositoryName)
  const temp = join(folder, '_temp')
  const state: JobState = { run, call, job, id, record, masks, frame, signal, workspace, temp, contexts, env: {}, path: [], fixed: {}, started: new Map(), posts: [] }
  let timer: NodeJS.Timeout | undefined
  let endIdToken = (): void => undefined
  let environment: JobResult['environment']
  let outputs: Record<string, string> = {}

  const setUp = async (): Promise<void> => {
    for (const key of ['container', 'services']) {
      if (job.body[key] !== undefined) throw new Error(`${call.workflow.place(`jobs/${job.id}/${key}`)}: This runner starts no containers: it cannot run a job with \`${key}\``)
    }
    const named = unfold(job.body['environment'], beforeEnv)
    const environmentName = textOf(typeof named === 'string' ? named : mappingOf(named)['name'])
    if (environmentName !== '') {
      environment = { name: environmentName }
      checkRules(run, environmentName)
    }
    for (const { body } of job.steps) {
      if (typeof body['uses'] === 'string' && useOf(body['uses'], run.repositories).kind === 'foreign') throw new Error(refusal(body['uses']))
    }
    for (const each of [workspace, join(temp, '_runner_file_commands'), join(temp, '_github_workflow'), join(folder, '_tool')]) await mkdir(each, { recursive: true })
    const eventPath = join(temp, '_github_workflow', 'event.json')
    await writeFile(eventPath, JSON.stringify(run.payload, null, 2))
    state.contexts = {
      ...contexts,
      github: { ...mappingOf(contexts['github']), job: job.id, workspace, event_path: eventPath },
      runner: runnerContext(run, folder),
    }
    state.env = { ...textsOf(unfold(call.workflow.env, beforeEnv)) }
    state.env = { ...state.env, ...textsOf(unfold(job.body['env'], { ...beforeEnv, contexts: { ...contexts, env: state.env } })) }
    state.fixed = fixedVariables(state.contexts)
    if (run.idTokens && levelOf(job.permissions, 'id-token') === 'write') {
      const { url, token, end } = await run.idTokens.open(claimsOf(run, call, environment?.name))
      masks.add(token)
      Object.assign(state.fixed, { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token })
      endIdToken = end
    }
    for (const step of job.steps) {
      const uses = step.body['uses']
      const use = typeof uses === 'string' ? useOf(uses, run.repositories) : undefined
      if (use?.kind === 'repository') state.started.set(step, { action: await readAction(use.folder, wordOf(uses)), state: {} })
    }
    const minutes = unfold(job.body['timeout-minutes'], beforeEnv)
    if (typeof minutes === 'number') {
      timer = setTimeout(() => {
        note({ level: 'error', message: `The job has exceeded the maximum execution time of ${minutes}m0s` })
        stop.abort()
      }, minutes * 60_000)
    }
  }

  try {
    await setUp()
  } catch (error) {
    failed = true
    const recorder = startStep(run, id, 'Set up job', record, masks)
    recorder.annotate({ level: 'error', message: reasonOf(error) })
    recorder.finish('failure')
  }
  if (!failed) {
    for (const step of job.steps) failed = (await runPre(state, step)) === 'failure' || failed
    for (const step of job.steps) {
      if (run.dead.aborted) break
      const recorder = startStep(run, id, nameOf(state, frame, step), record, masks)
      const { conclusion } = await runStep(state, frame, step, recorder)
      failed ||= conclusion === 'failure'
      recorder.finish(conclusion)
    }
    for (let post = state.posts.pop(); post; post = state.posts.pop()) failed = (await runPost(state, post)) === 'failure' || failed
    const scope = scopeOf(state, frame)
    try {
      outputs = withoutSecrets(textsOf(unfold(job.body['outputs'], scope)))
      const url = mappingOf(unfold(job.body['environment'], scope))['url']
      if (environment && url !== undefined) environment.url = masks.hide(textOf(url))
    } catch (error) {
      failed = true
      note({ level: 'error', message: masks.hide(reasonOf(error)) })
    }
  }
  clearTimeout(timer)
  endIdToken()
  await killTracked(state.fixed['RUNNER_TRACKING_ID'])
  if (run.dead.aborted) note({ level: 'error', message: 'The runner was killed: nothing of this job ran after that' })

  const conclusion = run.dead.aborted ? 'failure' : signal.aborted ? 'cancelled' : failed ? 'failure' : 'success'
  const milliseconds = Date.now() - startedAt
  const { annotations, steps } = record
  const result: JobResult = { id, name, conclusion, outputs, ...(environment ? { environment } : {}), summary: record.summaries.join('\n'), annotations, steps, startedAt, milliseconds }
  run.jobs.push(result)
  run.options.onEvent({ type: 'job-finished', run: run.id, job: id, name, conclusion, milliseconds })
  return result

  function withoutSecrets(all: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(all).filter(([output, value]) => {
      const secret = masks.hides(value)
      if (secret) note({ level: 'warning', message: `Skip output '${output}' since it may contain secret.` })
      return !secret && value !== ''
    }))
  }
}

function checkRules(run: Run, environment: string): void {
  const rules = run.options.environments?.[environment]
  if (!rules || (!rules.branches && !rules.tags)) return
  const { name, type } = refOf(run.ref)
  const allowed = (type === 'tag' ? rules.tags : rules.branches) ?? []
  if (allowed.some((pattern) => matchesRef([pattern], name))) return
  throw new Error(`${type === 'tag' ? 'Tag' : 'Branch'} "${name}" is not allowed to deploy to ${environment} due to environment protection rules.`)
}
