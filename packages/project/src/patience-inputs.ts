import { duration, type Problems } from '@slipway/report'
import { durationMs, invalid, text, type InputValues } from './fields.ts'
import type { Environment } from './project.ts'
import type { SharedInputs } from './shared-inputs.ts'

/** How patiently pods are followed, as far as it is said. */
export interface PatienceInputs {
  readonly soakMs?: number
  readonly timeoutMs?: number
  /** Which termination of one container is a failure. */
  readonly crashThreshold?: number
}

const day = 86_400_000

/** Reads the inputs `soak`, `timeout` and `crash-threshold`. */
export function readPatience(values: InputValues, problems: Problems): PatienceInputs {
  const soakMs = durationMs(values, 'soak', problems, { least: 0, most: day })
  const timeoutMs = durationMs(values, 'timeout', problems, { least: 1000, most: day })
  const crashThreshold = crashThresholdOf(values, problems)
  return {
    ...(soakMs === undefined ? {} : { soakMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(crashThreshold === undefined ? {} : { crashThreshold }),
  }
}

/** What the inputs leave open as the environment has it. Its soak is policy: an input may only make it longer. */
export function patienceOf(given: PatienceInputs, { name, rollout }: Environment, { projectFile }: SharedInputs, problems: Problems): PatienceInputs {
  const { soakMs, timeoutMs } = rollout
  const least = soakMs ?? 0
  if (given.soakMs !== undefined && given.soakMs < least) {
    problems.add({
      code: 'input-conflict',
      what: `the input "soak" is ${duration(given.soakMs)}, but ${name} has a soak of ${duration(least)}`,
      why: `what ${projectFile} says of an environment is policy, and a shorter soak would prove less`,
      next: 'leave the input "soak" out, or make it longer',
    })
  }
  return { ...(soakMs === undefined ? {} : { soakMs }), ...(timeoutMs === undefined ? {} : { timeoutMs }), ...given }
}

function crashThresholdOf(values: InputValues, problems: Problems): number | undefined {
  const given = text(values, 'crash-threshold', problems)
  if (given === undefined || /^[1-9]\d?$/.test(given)) return given === undefined ? undefined : Number(given)
  invalid('crash-threshold', given, 'it must be a whole number from 1 to 99', 'leave it out for 3: one or two crashes at the start are everyday life', problems)
  return undefined
}
