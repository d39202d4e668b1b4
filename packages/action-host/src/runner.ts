import type * as toolkit from '@actions/core'
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'

/** The runner's own toolkit, for what is said at a story's end. It brings an HTTP client along that would cost each start 50 ms. */
export function loadCore(): Promise<typeof toolkit> {
  return import('@actions/core')
}

/** What a step says to the runner before the toolkit is there: lines of its log, and the state for its end. */
export const runner = {
  print(line: string): void {
    process.stdout.write(`${line}\n`)
  },
  /** A line that the runner takes for a command; properties that are undefined are left out. */
  command(name: string, message: string, properties: Readonly<Record<string, string | number | undefined>> = {}): void {
    const given = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${escapedProperty(String(value))}`]))
    runner.print(`::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escaped(message)}`)
  },
  /** What its end at the job's end gets to know, also where the step is killed. Without a runner it goes nowhere. */
  saveState(name: string, value: string): void {
    const path = process.env['GITHUB_STATE'] ?? ''
    // Nobody can foresee the line that ends the value, so no value can end itself and go on as another variable.
    const end = `end-of-${randomUUID()}`
    if (path !== '') appendFileSync(path, `${name}<<${end}\n${value}\n${end}\n`)
  },
  /** What the step saved for its end; empty where it saved nothing. */
  state(name: string): string {
    return process.env[`STATE_${name}`] ?? ''
  },
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
