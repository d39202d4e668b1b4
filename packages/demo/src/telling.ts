import type { RunEvent } from '@slipway/workflow-runner'
import { plainLine, seconds } from './words.ts'

/** Calls back after some milliseconds, unless it is cancelled before. */
export type After = (milliseconds: number, act: () => void) => () => void

interface Job {
  /** The step that runs. */
  current: Step | undefined
  isTold: boolean
  cancel: () => void
}

/** What is told of a step only once it takes long, or fails. */
interface Step {
  readonly job: Job | undefined
  readonly heading: string
  /** Lines that the actions wrote, not yet told. */
  readonly held: string[]
  /** Every line, for the case that it fails. */
  readonly all: string[]
  isTold: boolean
  cancel: () => void
}

const patienceMs = 1000
const silenceMs = 5000
const linesOfFailure = 15
const longestLine = 120

/**
 * Tells a run as it happens: jobs as they end, and what takes longer than a second while it goes on, with the lines of
 * the actions. Where a failure is expected, its lines are not told a second time.
 */
export function teller(print: (line: string) => void, after: After, expectsFailure: () => boolean = () => false): (event: RunEvent) => void {
  const steps = new Map<string, Step>()
  const jobs = new Map<string, Job>()
  let lastHeading = ''

  return (event) => {
    switch (event.type) {
      case 'run-started':
        print(`  ${plainLine(event.workflow)} #${event.number}, started by ${plainLine(event.actor)} on ${event.ref.replace(/^refs\/(heads|tags)\//, '')} at ${event.sha.slice(0, 7)}`)
        return
      case 'step-started':
        begin(event.run, event.job, event.step)
        return
      case 'line':
        line(steps.get(keyOf(event)), event.line)
        return
      case 'annotation':
        if (event.annotation.level !== 'notice') print(`    ${event.annotation.level}: ${plainLine(event.annotation.message)}`)
        return
      case 'step-finished':
        finish(keyOf(event), event.conclusion === 'failure', event.milliseconds)
        return
      case 'job-started':
        beginJob(event)
        return
      case 'job-finished':
        jobs.get(jobKeyOf(event))?.cancel()
        jobs.delete(jobKeyOf(event))
        print(`  ${signs[event.conclusion]} ${plainLine(event.name)}${event.conclusion === 'skipped' ? ' (skipped)' : `  ${seconds(event.milliseconds)}`}`)
        return
      case 'run-finished':
        print(`  ${signs[event.conclusion]} the run ended with ${event.conclusion} after ${seconds(event.milliseconds)}`)
        return
    }
  }

  /** A job of many short steps is told once, by the step that it is at. */
  function beginJob(event: { run: string; job: string }): void {
    const job: Job = { current: undefined, isTold: false, cancel: () => undefined }
    job.cancel = after(patienceMs, () => {
      if (job.current && !job.isTold) speak(job.current)
    })
    jobs.set(jobKeyOf(event), job)
  }

  function begin(run: string, job: string, name: string): void {
    const step: Step = { job: jobs.get(jobKeyOf({ run, job })), heading: `  … ${plainLine(job)}: ${plainLine(name)}`, held: [], all: [], isTold: false, cancel: () => undefined }
    step.cancel = after(patienceMs, () => { speak(step) })
    if (step.job) step.job.current = step
    steps.set(keyOf({ run, job, step: name }), step)
  }

  /** From now on the step is told as it goes. */
  function speak(step: Step): void {
    step.isTold = true
    head(step)
    for (const held of step.held.splice(0)) print(`    ${held}`)
    listen(step, 0)
  }

  /** Silence is told, too: whoever watches knows that it goes on. */
  function listen(step: Step, silentMs: number): void {
    step.cancel()
    step.cancel = after(silenceMs, () => {
      head(step)
      print(`    … nothing new for ${seconds(silentMs + silenceMs)}`)
      listen(step, silentMs + silenceMs)
    })
  }

  function line(step: Step | undefined, text: string): void {
    if (!step) return
    const plain = plainLine(text)
    step.all.push(plain)
    const told = tellable(plain)
    if (told === undefined) return
    if (!step.isTold) step.held.push(told)
    else {
      head(step)
      print(`    ${told}`)
      listen(step, 0)
    }
  }

  /** Says whose lines follow, where somebody else's came before. */
  function head(step: Step): void {
    if (lastHeading !== step.heading) print(step.heading)
    lastHeading = step.heading
    if (step.job) step.job.isTold = true
  }

  function finish(key: string, failed: boolean, milliseconds: number): void {
    const step = steps.get(key)
    steps.delete(key)
    step?.cancel()
    if (!step) return
    if (step.job?.current === step) step.job.current = undefined
    // Who speaks next, speaks of another step, though it may have the same name.
    if (lastHeading === step.heading) lastHeading = ''
    if (!failed || expectsFailure()) return
    head(step)
    print(`    failed after ${seconds(milliseconds)}; its last lines:`)
    for (const each of step.all.slice(-linesOfFailure)) print(`    | ${each}`)
  }
}

/** The actions' own lines begin with the service or target that they speak of; of a builder's only the Dockerfile's steps are told. */
function tellable(line: string): string | undefined {
  const [, subject = '', rest = ''] = /^(\[[\w./ -]+\]) (.*)$/.exec(line) ?? []
  const [, instruction] = /^#\d+ (\[(?:\S+ )?\d+\/\d+\] .*)$/.exec(rest) ?? []
  if (instruction !== undefined) return cut(`${subject} ${instruction}`)
  return subject === '' || noise.test(rest) ? undefined : cut(line)
}

/** A builder's own lines, configuration that is as it was, the events beneath a log, and the steps of a pod's life between its start and its end. */
const noise = /^(#\d| *>|(ConfigMap|Secret) \S+: unchanged |-{3,}|\s*$|\s+Events:$|\s+\d+ (s|min) ago |.* {2}(waiting for a node|running, not ready(, restarted \d+×)?)$)/

const cut = (line: string): string => (line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line)

const signs = { success: '✓', failure: '✗', cancelled: '✗', skipped: '–' } as const

const jobKeyOf = ({ run, job }: { run: string; job: string }): string => [run, job].join('\0')
const keyOf = ({ run, job, step }: { run: string; job: string; step: string }): string => [run, job, step].join('\0')
