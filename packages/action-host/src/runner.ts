import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'

/**
 * How a step speaks to the runner: lines of its log, and files that the variables name. By hand, since `@actions/core`
 * brings an HTTP client along that costs each start 50 ms.
 */
export const runner = {
  print(line: string): void {
    process.stdout.write(`${line}\n`)
  },
  /** A line that the runner takes for a command; properties that are undefined are left out. */
  command(name: string, message: string, properties: Readonly<Record<string, string | number | undefined>> = {}): void {
    const given = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${escapedProperty(String(value))}`]))
    runner.print(`::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escaped(message)}`)
  },
  /** An output of the step, or what its end at the job's end gets to know. Without a runner it goes nowhere. */
  variable(kind: 'OUTPUT' | 'STATE', name: string, value: string): void {
    // Nobody can foresee the line that ends the value, so no value can end itself and go on as another variable.
    const end = `end-of-${randomUUID()}`
    append(kind, `${name}<<${end}\n${value}\n${end}\n`)
  },
  summary(markdown: string): void {
    append('STEP_SUMMARY', `${markdown}\n`)
  },
  /** What the step saved for its end; empty where it saved nothing. */
  state(name: string): string {
    return process.env[`STATE_${name}`] ?? ''
  },
}

function append(kind: 'OUTPUT' | 'STATE' | 'STEP_SUMMARY', text: string): void {
  const path = process.env[`GITHUB_${kind}`] ?? ''
  if (path !== '') appendFileSync(path, text)
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
