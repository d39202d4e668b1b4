import { Failed, inMarkdown, failureText, type Failure } from '@slipway/report'
import { encodeResult, type JsonObject, type Outcome } from '@slipway/release'
import { systemClock, type Clock } from '@slipway/wire'
import { fileCommand } from './file-command.ts'
import { idToken } from './id-token.ts'
import { log, type Log } from './log.ts'
import { masking } from './masking.ts'
import { rawInputs, type RawInputs } from './raw-inputs.ts'
import { sharedTokens } from './shared-tokens.ts'
import { runContext, type RunContext } from './run-context.ts'
import { postMark, runner } from './runner.ts'
import type { TokenAhead } from './token-ahead.ts'
import { summary } from './toolkit.ts'

/** The runner's side of a running action. */
export interface Host {
  readonly inputs: RawInputs
  readonly run: RunContext
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: Log
  readonly clock: Clock
  /** Ends when the run is told to stop (SIGINT, SIGTERM). */
  readonly work: AbortSignal
  /**
   * Hides a value in the log from now on; of JSON each leaf, of several lines each line, of 8 characters and more.
   * What is a part of one of the names is left alone, with a notice: names of services and objects stand in the run's
   * own text and outputs, which a mask would blank and drop.
   */
  mask(value: string, names?: Iterable<string>): void
  /** Says that something was written outside of this machine: a story that throws after it is `partial`, not `refused`. */
  wrote(): void
  saveState(name: string, value: string): void
  /** A token that proves to `audience` which job this is; `meanwhile` is called once it has been asked for. */
  idToken(audience: string, meanwhile?: () => void): Promise<string>
}

/** What an action's story comes to. */
export interface Ending {
  readonly outcome: Outcome
  /** By name; declared outputs that are not here are written empty. */
  readonly outputs: Readonly<Record<string, string>>
  /** What the output `result` says besides outcome and failures, as the action's `result-schema.ts` has it. */
  readonly result?: JsonObject
  /** Markdown; its first line says outcome, version and next step. */
  readonly summary: string
  readonly failures?: readonly Failure[]
}

export interface Action {
  readonly name: string
  readonly inputs: readonly string[]
  /** Besides `outcome` and `result`. */
  readonly outputs: readonly string[]
  /** Outcomes that end the job green besides `changed`, `unchanged` and `planned`. */
  readonly green?: readonly Outcome[]
  story(host: Host): Promise<Ending>
  /** Runs at the end of the job, with the state that the story saved. */
  post?(state: (name: string) => string): Promise<void>
}

const mostSummaryBytes = 1024 * 1024 - 1024
const greenForAll: readonly Outcome[] = ['changed', 'unchanged', 'planned']

/**
 * Runs an action as its entry: the story, or, at the end of the job, what it left to do. Sets the exit code.
 * @param ahead A token that was asked for already, for whoever asks for the same.
 */
export async function runAction(action: Action, ahead?: TokenAhead): Promise<void> {
  try {
    if (runner.state(postMark) === '') await mainOf(action, ahead)
    else await action.post?.((name) => runner.state(name))
  } catch (error) {
    process.exitCode = 1
    for (const failure of error instanceof Failed ? error.failures : [bug(action, error)]) log.failure(failure)
  }
}

async function mainOf(action: Action, ahead: TokenAhead | undefined): Promise<void> {
  fileCommand('STATE', postMark, 'true')
  const work = new AbortController()
  work.signal.addEventListener('abort', () => ahead?.abandon())
  const stop = (signal: NodeJS.Signals): void => {
    work.abort(new Failed({ code: 'cancelled', what: `the run was told to stop (${signal})`, why: 'it was cancelled', next: 'start it again if it is still wanted' }))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    const ending = await told(action, work.signal, ahead)
    // What the story left under way, such as the other one of two requests of which one failed, ends with it: it would else be tried again for minutes.
    work.abort()
    await toldInFull(action, ending)
  } finally {
    // Not before the outputs are written: a second signal must not end the process between two of them.
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

async function toldInFull(action: Action, ending: Ending): Promise<void> {
  for (const failure of ending.failures ?? []) log.failure(failure)
  for (const name of action.outputs) fileCommand('OUTPUT', name, ending.outputs[name] ?? '')
  fileCommand('OUTPUT', 'outcome', ending.outcome)
  fileCommand('OUTPUT', 'result', encodeResult(action.name, ending.outcome, ending.failures ?? [], ending.result ?? {}))
  if (process.env['GITHUB_STEP_SUMMARY'] !== undefined) await summary.addRaw(cutSummary(ending.summary), true).write()
  if (![...greenForAll, ...(action.green ?? [])].includes(ending.outcome)) process.exitCode = 1
}

/** Failures and bugs end a story like any other: with outputs and a summary. */
async function told(action: Action, work: AbortSignal, ahead: TokenAhead | undefined): Promise<Ending> {
  let outcome: 'refused' | 'partial' = 'refused'
  const wrote = (): void => {
    outcome = 'partial'
  }
  try {
    return await action.story(hostOf(action, work, wrote, ahead))
  } catch (error) {
    const failures: readonly [Failure, ...Failure[]] = error instanceof Failed ? error.failures : [bug(action, error)]
    const rows = failures.map((failure) => `- ${inMarkdown(failureText(failure))}`)
    return { outcome, outputs: {}, summary: [`### ${action.name}: ${outcome}`, '', ...rows].join('\n'), failures }
  }
}

function hostOf(action: Action, work: AbortSignal, wrote: () => void, ahead: TokenAhead | undefined): Host {
  const tokens = sharedTokens({
    ask: (audience, meanwhile) => idToken(audience, meanwhile, work),
    now: () => systemClock.now(),
    mask: (token) => {
      runner.command('add-mask', token)
    },
    ahead,
  })
  return {
    inputs: rawInputs(action.inputs, process.env),
    run: runContext(process.env),
    environment: process.env,
    log,
    clock: systemClock,
    work,
    mask: masking(),
    wrote,
    saveState: (name, value) => { fileCommand('STATE', name, value) },
    idToken: (audience, meanwhile = () => undefined) => tokens(audience, meanwhile),
  }
}

/** The runner drops a summary over 1 MiB: it is cut at a line instead. */
function cutSummary(summary: string): string {
  const bytes = Buffer.from(summary)
  return bytes.length <= mostSummaryBytes ? summary : `${bytes.subarray(0, bytes.lastIndexOf('\n', mostSummaryBytes)).toString()}\n\n(cut at 1 MiB)`
}

function bug(action: Action, error: unknown): Failure {
  return {
    code: 'bug',
    what: `${action.name} stopped at a mistake of its own`,
    why: error instanceof Error ? (error.stack ?? error.message) : String(error),
    next: 'please report it with this text',
  }
}
