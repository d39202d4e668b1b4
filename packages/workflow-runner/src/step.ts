import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { type Action, readAction, refusal, useOf } from './actions.ts'
import { checkOut } from './checkout.ts'
import { functionsOf, type Status, workflowRef } from './contexts.ts'
import { Expression, holds, holdsStill, type Scope, unfold } from './expressions.ts'
import { mappingOf, textOf, textsOf, reasonOf } from './json.ts'
import { type Attempt, runProgram } from './program.ts'
import type { Frame, JobState, Place, Post, StartedAction } from './job-state.ts'
import { type Recorder, startStep } from './recorder.ts'
import type { Conclusion } from './results.ts'
import { shellOf } from './shell.ts'
import { asMap, type Step } from './workflow-file.ts'

/** Runs a step if its condition holds. `conclusion` forgives what `continue-on-error` forgives, `outcome` does not. */
export async function runStep(job: JobState, frame: Frame, step: Step, recorder: Recorder, above?: AbortSignal): Promise<{ outcome: Conclusion; conclusion: Conclusion }> {
  const scope = (): Scope => scopeOf(job, frame)
  const { outcome, outputs } = await guarded(job, step.condition, scope, () => unfold(step.body['timeout-minutes'], scope()), recorder, above, (stop) => perform(job, frame, step, recorder, stop))
  const forgiving = step.body['continue-on-error']
  const forgiven = outcome === 'failure' && (forgiving instanceof Expression ? holdsStill(forgiving, scope()) : forgiving === true)
  const conclusion = forgiven ? 'success' : outcome
  if (step.id !== undefined) frame.steps[step.id] = { outputs, outcome, conclusion }
  return { outcome, conclusion }
}

/** Runs the `pre` of an action from another repository. Local actions have none: they are not there yet. */
export async function runPre(job: JobState, step: Step): Promise<Conclusion> {
  const started = job.started.get(step)
  if (started?.action.runs.kind !== 'node' || started.action.runs.pre === undefined) return 'skipped'
  const { pre, preIf } = started.action.runs
  return runStage(job, job.frame, step, `Pre ${nameOf(job, job.frame, step)}`, preIf, started, pre)
}

/** Runs the `post` of an action whose `main` has begun. */
export async function runPost(job: JobState, { step, frame, name, runs, program }: Post): Promise<Conclusion> {
  const started = job.started.get(step)
  return started ? runStage(job, frame, step, `Post ${name}`, runs.postIf, started, program) : 'skipped'
}

/** A step's name as GitHub shows it. */
export function nameOf(job: JobState, frame: Frame, { name, body }: Step): string {
  try {
    const scope = scopeOf(job, frame)
    if (name !== undefined) return textOf(unfold(name, scope))
    if (typeof body['uses'] === 'string') return `Run ${body['uses']}`
    return `Run ${textOf(unfold(body['run'], scope)).trim().split('\n')[0] ?? ''}`
  } catch {
    return 'A step whose name cannot be evaluated'
  }
}

/** What expressions of a step see. */
export function scopeOf(job: JobState, frame: Frame, env = job.env): Scope {
  const { source, path } = job.call.workflow
  const status = frame.status()
  return {
    contexts: {
      ...job.contexts,
      ...(frame.actionPath === undefined ? {} : { github: { ...mappingOf(job.contexts['github']), action_path: frame.actionPath } }),
      env,
      inputs: frame.inputs,
      steps: frame.steps,
      job: {
        status: status.cancelled ? 'cancelled' : status.failure ? 'failure' : 'success',
        workflow_ref: workflowRef(job.call),
        workflow_sha: source.sha,
        workflow_repository: source.repository,
        workflow_file_path: path,
      },
    },
    functions: functionsOf(() => frame.status(), job.workspace),
  }
}

async function runStage(job: JobState, frame: Frame, step: Step, name: string, condition: Expression, started: StartedAction, program: string): Promise<Conclusion> {
  if (job.run.dead.aborted) return 'cancelled'
  const recorder = startStep(job.run, job.id, name, job.record, job.masks)
  const { outcome } = await guarded(job, condition, () => scopeOf(job, frame), () => null, recorder, undefined, (stop) => {
    const place = placeOf(job, frame, step, recorder, stop)
    return runNode(place, started, program, inputsOf(place, started.action))
  })
  recorder.finish(outcome)
  return outcome
}

/** Runs something under a condition, which is asked again when the job is cancelled, and a time limit in minutes. */
async function guarded(job: JobState, condition: Expression, scope: () => Scope, minutesOf: () => unknown, recorder: Recorder, above: AbortSignal | undefined, act: (stop: AbortSignal) => Promise<Attempt>): Promise<{ outcome: Conclusion; outputs: Record<string, string> }> {
  const stop = new AbortController()
  const fail = (error: unknown): { outcome: Conclusion; outputs: Record<string, string> } => {
    recorder.annotate({ level: 'error', message: reasonOf(error) })
    return { outcome: 'failure', outputs: {} }
  }
  let minutes: unknown
  try {
    if (job.run.dead.aborted) return { outcome: 'cancelled', outputs: {} }
    if (!holds(condition, scope())) return { outcome: 'skipped', outputs: {} }
    minutes = minutesOf()
  } catch (error) {
    return fail(error)
  }
  const onCancel = (): void => {
    if (!holdsStill(condition, scope())) stop.abort()
  }
  const onAbove = (): void => { stop.abort() }
  const timer = typeof minutes === 'number' ? setTimeout(() => { stop.abort('late') }, minutes * 60_000) : undefined
  job.signal.addEventListener('abort', onCancel)
  above?.addEventListener('abort', onAbove)
  try {
    const { succeeded, outputs } = await act(stop.signal)
    if (stop.signal.reason === 'late') return fail(new Error(`The action has timed out after ${String(minutes)} minutes.`))
    const stopped = AbortSignal.any([stop.signal, job.run.dead]).aborted
    return { outcome: stopped ? 'cancelled' : succeeded ? 'success' : 'failure', outputs }
  } catch (error) {
    return fail(error)
  } finally {
    clearTimeout(timer)
    job.signal.removeEventListener('abort', onCancel)
    above?.removeEventListener('abort', onAbove)
  }
}

function placeOf(job: JobState, frame: Frame, step: Step, recorder: Recorder, stop: AbortSignal): Place {
  const env = { ...job.env, ...textsOf(unfold(step.body['env'], scopeOf(job, frame))) }
  return { job, frame, step, recorder, stop, env, scope: scopeOf(job, frame, env) }
}

async function perform(job: JobState, frame: Frame, step: Step, recorder: Recorder, stop: AbortSignal): Promise<Attempt> {
  const place = placeOf(job, frame, step, recorder, stop)
  const uses = step.body['uses']
  if (typeof uses !== 'string') return runScript(place)
  const use = useOf(uses, job.run.repositories)
  if (use.kind === 'foreign') throw new Error(refusal(uses))
  if (use.kind === 'checkout') {
    const given = textsOf(unfold(step.body['with'], place.scope))
    explain(recorder, uses, given)
    return { succeeded: true, outputs: await checkOut(job.run, job.workspace, given, (message) => { recorder.annotate({ level: 'warning', message }) }, recorder.print) }
  }
  const started = job.started.get(step) ?? { action: await readAction(use.kind === 'local' ? resolve(job.workspace, use.path) : use.folder, uses), state: {} }
  job.started.set(step, started)
  const { action } = started
  const inputs = inputsOf(place, action)
  const unexpected = Object.keys(asMap(step.body['with'])).filter((name) => !hasInput(action, name))
  if (unexpected.length > 0) recorder.annotate({ level: 'warning', message: `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${Object.keys(action.inputs).join("', '")}']` })
  explain(recorder, uses, inputs)
  if (action.runs.kind === 'composite') return runComposite(place, action, action.runs.steps, inputs)
  if (action.runs.pre !== undefined && use.kind === 'local') recorder.annotate({ level: 'warning', message: `\`pre\` execution is not supported for local action from '${uses}'` })
  if (action.runs.post !== undefined) job.posts.push({ step, frame, name: nameOf(job, frame, step), runs: action.runs, program: action.runs.post })
  return runNode(place, started, action.runs.main, inputs)
}

async function runScript(place: Place): Promise<Attempt> {
  const { job, frame, step: { body }, recorder, scope } = place
  const defaults = frame.actionPath === undefined ? job.job.defaults : {}
  const script = textOf(unfold(body['run'], scope))
  const shell = shellOf(textOf(unfold(body['shell'] ?? defaults['shell'], scope)))
  const cwd = resolve(job.workspace, textOf(unfold(body['working-directory'] ?? defaults['working-directory'], scope)))
  if (!existsSync(cwd)) throw new Error(`The working directory '${relative(job.workspace, cwd)}' does not exist in the workspace`)
  const file = join(job.temp, `${randomUUID()}.${shell.extension}`)
  await writeFile(file, script.endsWith('\n') ? script : `${script}\n`)
  recorder.print(`##[group]Run ${script.trim().split('\n')[0] ?? ''}\n${script.trimEnd()}\nshell: ${shell.template}\n##[endgroup]`)
  return runProgram(place, shell.command(file), cwd, {}, {})
}

async function runNode(place: Place, { action, state }: StartedAction, program: string, inputs: Record<string, string>): Promise<Attempt> {
  if (!existsSync(program)) throw new Error(`File not found: '${program}', which the action in '${action.folder}' names`)
  const own = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value])),
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
  }
  return runProgram(place, [process.execPath, program], place.job.workspace, own, state)
}

async function runComposite(place: Place, action: Action, steps: Step[], inputs: Record<string, string>): Promise<Attempt> {
  const { job, recorder, stop, env } = place
  let failed = false
  const outer = job.env
  const status = (): Status => ({ success: !failed && !job.signal.aborted, failure: failed && !job.signal.aborted, cancelled: job.signal.aborted })
  const frame: Frame = { inputs, steps: {}, status, actionPath: action.folder }
  for (const step of steps) {
    // The `env` of the step that uses the action holds inside, but is not kept in the job.
    const added = Object.fromEntries(Object.entries(env).filter(([name, value]) => outer[name] !== value))
    const inner: Step = { ...step, body: { ...step.body, env: { ...added, ...asMap(step.body['env']) } } }
    const { conclusion } = await runStep(job, frame, inner, recorder, stop)
    failed ||= conclusion === 'failure'
  }
  const scope = scopeOf(job, frame)
  return { succeeded: !failed, outputs: Object.fromEntries(Object.entries(action.outputs).map(([name, output]) => [name, textOf(unfold(asMap(output)['value'], scope))])) }
}

/** Inputs as the action gets them: what `with` gives, and the defaults of the rest. */
function inputsOf({ step, scope }: Place, action: Action): Record<string, string> {
  const given = textsOf(unfold(step.body['with'], scope))
  const preset = Object.entries(action.inputs).filter(([name]) => !Object.keys(given).some((each) => each.toLowerCase() === name.toLowerCase()))
  return { ...given, ...Object.fromEntries(preset.map(([name, input]) => [name, textOf(unfold(asMap(input)['default'], scope))])) }
}

const hasInput = (action: Action, name: string): boolean => Object.keys(action.inputs).some((each) => each.toLowerCase() === name.toLowerCase())

function explain(recorder: Recorder, uses: string, inputs: Record<string, string>): void {
  const shown = Object.entries(inputs).filter(([, value]) => value !== '').map(([name, value]) => `  ${name}: ${value}`)
  recorder.print([`##[group]Run ${uses}`, ...(shown.length > 0 ? ['with:', ...shown] : []), '##[endgroup]'].join('\n'))
}
