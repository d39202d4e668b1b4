import { callContexts, functionsOf, secretsContext, type Status } from './contexts.ts'
import { holds, holdsStill, type Scope, unfold, wordOf } from './expressions.ts'
import { runJob } from './job.ts'
import { type Json, mappingOf, type Mapping, textOf, textsOf, reasonOf } from './json.ts'
import { combinations, type Leg, suffixOf } from './matrix.ts'
import type { Conclusion } from './results.ts'
import type { Call, Run } from './run.ts'
import { asMap, type Job } from './workflow-file.ts'

/** What the jobs after a job know of it. */
interface Outcome {
  result: Conclusion
  outputs: Mapping
  /** The job and all before it succeeded. */
  clean: boolean
  /** The job or one before it failed. */
  failed: boolean
}

/** Runs the jobs of a workflow in the order of their needs, side by side where they may. */
export async function runJobs(run: Run, call: Call, cancelled: AbortSignal): Promise<{ result: Conclusion; outputs: Record<string, string> }> {
  const outcomes = new Map<string, Promise<Outcome>>()
  const contexts = callContexts(run, call)
  const settled = await Promise.all([...call.workflow.jobs.values()].map(async (job) => [job.id, await outcomeOf(job)] as const))
  const jobs = Object.fromEntries(settled.map(([id, { result, outputs }]) => [id, { result, outputs }]))
  const scope: Scope = { contexts: { ...contexts, jobs }, functions: {} }
  const outputs = Object.fromEntries(Object.entries(call.workflow.outputs).map(([name, output]) => [name, textOf(unfold(asMap(output)['value'], scope))]))
  return { result: combined(settled.map(([, { result }]) => result)), outputs }

  function outcomeOf(job: Job): Promise<Outcome> {
    const known = outcomes.get(job.id)
    if (known) return known
    const outcome = settle(job)
    outcomes.set(job.id, outcome)
    return outcome
  }

  async function settle(job: Job): Promise<Outcome> {
    const needed: [string, Outcome][] = []
    for (const id of job.needs) {
      const need = call.workflow.jobs.get(id)
      if (need) needed.push([id, await outcomeOf(need)])
    }
    const needs = Object.fromEntries(needed.map(([id, { result, outputs }]) => [id, { result, outputs }]))
    const status = (): Status => ({
      success: !cancelled.aborted && needed.every(([, { clean }]) => clean),
      failure: needed.some(([, { failed }]) => failed),
      cancelled: cancelled.aborted,
    })
    const scope: Scope = { contexts: { ...contexts, needs }, functions: functionsOf(status) }
    const { result, outputs } = await runWanted(job, needs, scope)
    return {
      result,
      outputs,
      clean: result === 'success' && needed.every(([, { clean }]) => clean),
      failed: result === 'failure' || needed.some(([, { failed }]) => failed),
    }
  }

  async function runWanted(job: Job, needs: Mapping, scope: Scope): Promise<{ result: Conclusion; outputs: Mapping }> {
    let legs: Leg[]
    try {
      if (run.dead.aborted || !holds(job.condition, scope)) return unstarted(run, call, job, run.dead.aborted || cancelled.aborted ? 'cancelled' : 'skipped')
      legs = legsOf(call, job, scope)
    } catch (error) {
      return unstarted(run, call, job, 'failure', error)
    }
    const stop = new AbortController()
    // As on GitHub, a cancelled run leaves alone the jobs whose condition still holds.
    const onCancel = (): void => {
      if (!holdsStill(job.condition, scope)) stop.abort()
    }
    cancelled.addEventListener('abort', onCancel)
    const strategy = mappingOf(unfold(job.body['strategy'], scope))
    const most = typeof strategy['max-parallel'] === 'number' ? strategy['max-parallel'] : legs.length
    const results: Conclusion[] = []
    const outputs: Mapping = {}
    const waiting = [...legs]
    const work = async (): Promise<void> => {
      for (let leg = waiting.shift(); leg; leg = waiting.shift()) {
        const legScope = { ...scope, contexts: { ...scope.contexts, matrix: leg.matrix, strategy: leg.strategy } }
        const ended = stop.signal.aborted ? unstarted(run, call, job, 'cancelled', undefined, leg) : await runLeg(run, call, job, leg, needs, legScope, stop.signal)
        results.push(ended.result)
        for (const [name, value] of Object.entries(ended.outputs)) if (value !== '' || !(name in outputs)) outputs[name] = value
        if (ended.result === 'failure' && strategy['fail-fast'] !== false) stop.abort()
      }
    }
    await Promise.all(Array.from({ length: Math.max(1, most) }, work))
    cancelled.removeEventListener('abort', onCancel)
    return { result: combined(results), outputs }
  }
}

async function runLeg(run: Run, call: Call, job: Job, leg: Leg, needs: Mapping, scope: Scope, stop: AbortSignal): Promise<{ result: Conclusion; outputs: Mapping }> {
  const leave: (() => void)[] = []
  const held = [...call.held]
  const enter = async (group: string): Promise<void> => {
    leave.push(await run.groups.enter(group, held, AbortSignal.any([stop, run.dead])))
    held.push(group)
  }
  try {
    await enter(groupOf(unfold(job.body['concurrency'], scope)))
    if (job.calls) {
      const inner = callOf(run, call, job, leg, scope)
      await enter(groupOf(unfold(inner.workflow.concurrency, { contexts: callContexts(run, inner), functions: {} })))
      return await runJobs(run, { ...inner, held }, stop)
    }
    const ended = await runJob(run, call, job, leg, needs, stop)
    const forgiven = ended.conclusion === 'failure' && unfold(job.body['continue-on-error'], scope) === true
    return { result: forgiven ? 'success' : ended.conclusion, outputs: ended.outputs }
  } catch (error) {
    return unstarted(run, call, job, stop.aborted ? 'cancelled' : 'failure', error, leg)
  } finally {
    for (const each of leave) each()
  }
}

/** The group's name of a `concurrency` value. */
export const groupOf = (value: Json): string => textOf(typeof value === 'string' ? value : mappingOf(value)['group'])

function legsOf(call: Call, job: Job, scope: Scope): Leg[] {
  const strategy = mappingOf(unfold(job.body['strategy'], scope))
  const all = strategy['matrix'] === undefined ? [null] : combinations(mappingOf(strategy['matrix']))
  return all.map((matrix, index) => {
    const settings = { 'fail-fast': strategy['fail-fast'] ?? true, 'job-index': index, 'job-total': all.length, 'max-parallel': strategy['max-parallel'] ?? all.length }
    const suffix = matrix === null ? '' : suffixOf(matrix)
    const name = job.name === undefined ? job.id + suffix : textOf(unfold(job.name, { ...scope, contexts: { ...scope.contexts, matrix, strategy: settings } }))
    const own = { id: job.id + suffix, name }
    return { matrix, strategy: settings, own, ...pathOf(call, own) }
  })
}

const pathOf = (call: Call, own: Leg['own']): Leg['own'] => ({
  id: [...call.callers, own].map(({ id }) => id).join(' / '),
  name: [...call.callers, own].map(({ name }) => name).join(' / '),
})

/** The called workflow with its inputs in their declared types and the secrets that the caller passes. */
function callOf(run: Run, call: Call, job: Job, leg: Leg, scope: Scope): Call {
  const workflow = job.calls ?? call.workflow
  const declared = asMap(asMap(workflow.events['workflow_call'])['inputs'])
  const withSecrets = { ...scope, contexts: { ...scope.contexts, secrets: secretsContext(run, call) } }
  const given = mappingOf(unfold(job.body['with'], scope))
  const inputs = Object.fromEntries(Object.entries(declared).map(([name, template]) => {
    const { type, default: preset } = asMap(template)
    const value = given[name] ?? unfold(preset, scope)
    return [name, typed(name, wordOf(type), value)]
  }))
  const secrets = job.body['secrets'] === 'inherit' ? call.secrets : textsOf(unfold(job.body['secrets'], withSecrets))
  return { workflow, inputs, secrets, held: [], callers: [...call.callers, leg.own] }
}

function typed(name: string, type: string, value: Json): Json {
  if (type === 'boolean') {
    if (value === null || value === '') return false
    if (typeof value !== 'boolean') throw new Error(`The value '${textOf(value)}' of input '${name}' is not a boolean, as the called workflow declares`)
    return value
  }
  if (type === 'number') {
    if (value === null || value === '') return 0
    if (typeof value !== 'number') throw new Error(`The value '${textOf(value)}' of input '${name}' is not a number, as the called workflow declares`)
    return value
  }
  return textOf(value)
}

/** Reports a job that never reached a runner. */
function unstarted(run: Run, call: Call, job: Job, conclusion: Conclusion, error?: unknown, leg = pathOf(call, { id: job.id, name: typeof job.name === 'string' ? job.name : job.id })): { result: Conclusion; outputs: Mapping } {
  const { id, name } = leg
  const annotations = error === undefined ? [] : [{ level: 'error' as const, message: `${call.workflow.place(`jobs/${job.id}`)}: ${reasonOf(error)}` }]
  run.jobs.push({ id, name, conclusion, outputs: {}, summary: '', annotations, steps: [], startedAt: Date.now(), milliseconds: 0 })
  for (const annotation of annotations) run.options.onEvent({ type: 'annotation', run: run.id, job: id, step: '', annotation })
  run.options.onEvent({ type: 'job-finished', run: run.id, job: id, name, conclusion, milliseconds: 0 })
  return { result: conclusion, outputs: {} }
}

/** One result of many: a failure counts most, then a cancellation; all skipped is skipped. */
function combined(results: Conclusion[]): Conclusion {
  return (['failure', 'cancelled', 'success'] as const).find((each) => results.includes(each)) ?? 'skipped'
}
