import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'

/** Says what is done, and afterwards how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now()
  try {
    return await work()
  } finally {
    console.log(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)} s  ${what}`)
  }
}

export interface Command {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: string
}

/**
 * Runs a command to its end, and gives what it printed to its standard output; all goes to the log `name`.
 * @throws Error with the end of what it printed.
 */
export function command(bed: Bed, name: string, words: readonly [string, ...string[]], { cwd = bed.run, environment = {}, input = '' }: Command = {}): Promise<string> {
  const [program, ...rest] = words
  return new Promise((resolve, reject) => {
    const child = execFile(program, rest, { cwd, env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      appendFileSync(join(bed.logs, `${name}.log`), `$ ${words.join(' ')}\n${stdout}${stderr}\n`)
      if (error === null) resolve(stdout)
      else reject(new Error(`${words.join(' ')} failed:\n${`${stdout}${stderr}`.split('\n').slice(-15).join('\n')}`, { cause: error }))
    })
    // One that reads no input may have ended before it is given any.
    child.stdin?.on('error', () => undefined).end(input)
  })
}
