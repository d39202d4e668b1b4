import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { resultSchemaOf } from '../house/schemas.ts'

/** What a step of the runner leaves behind. */
export interface StepEnd {
  readonly exitCode: number
  readonly printed: string
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  /** A process of the step outlived it. */
  readonly leftBehind: boolean
}

/** What happens to a step from outside. */
export interface Disturbance {
  /** The rest happens once the step has printed this. */
  readonly after: RegExp
  /** Sent one after the other, without a pause. */
  readonly signals?: readonly NodeJS.Signals[]
  readonly then?: (kill: (signal: NodeJS.Signals) => void) => void
}

/** Hundreds of tests start the same bundles: they are compiled once. */
const compileCache = join(tmpdir(), 'slipway-test-compile-cache')

/** A machine of a runner with a checkout, on which the bundle of an action runs as the runner runs it. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), 'machine-'))
  readonly workspace = join(this.folder, 'work')
  readonly temp = join(this.folder, 'temp')
  readonly #event = join(this.folder, 'event.json')
  readonly #action: string
  readonly #environment: Readonly<Record<string, string>>

  constructor(action: string, environment: Readonly<Record<string, string>>) {
    this.#action = action
    this.#environment = environment
    for (const folder of [this.workspace, this.temp, join(this.folder, 'home')]) mkdirSync(folder)
    writeFileSync(this.#event, JSON.stringify({ repository: { full_name: 'acme/shop', default_branch: 'main' } }))
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.workspace, path)), { recursive: true })
    writeFileSync(join(this.workspace, path), text)
  }

  read(path: string): string {
    return readFileSync(join(this.workspace, path), 'utf8')
  }

  /** Runs main, or with the state of an earlier run post. */
  async step(inputs: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}, state: Readonly<Record<string, string>> = {}, ...disturbances: readonly Disturbance[]): Promise<StepEnd> {
    const files = { GITHUB_OUTPUT: join(this.folder, 'output'), GITHUB_STATE: join(this.folder, 'state'), GITHUB_STEP_SUMMARY: join(this.folder, 'summary') }
    for (const file of Object.values(files)) writeFileSync(file, '')
    const child = spawn(process.execPath, [fileURLToPath(new URL(`../../dist/${this.#action}/index.js`, import.meta.url))], {
      cwd: this.workspace,
      // A group of its own, which shows what the step leaves behind.
      detached: true,
      env: {
        ...this.#environment,
        ...files,
        HOME: join(this.folder, 'home'),
        NODE_COMPILE_CACHE: compileCache,
        RUNNER_TEMP: this.temp,
        GITHUB_WORKSPACE: this.workspace,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_SERVER_URL: 'https://example.com',
        GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_REF_NAME: 'main',
        GITHUB_RUN_ID: '42',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_EVENT_PATH: this.#event,
        GITHUB_JOB: 'build',
        GITHUB_ACTOR: 'alice',
        ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
        ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
        ...more,
      },
    })
    let printed = ''
    const coming = new Set(disturbances)
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        printed += chunk
        for (const disturbance of coming) {
          if (!disturbance.after.test(printed)) continue
          coming.delete(disturbance)
          for (const signal of disturbance.signals ?? []) child.kill(signal)
          disturbance.then?.((signal) => child.kill(signal))
        }
      })
    }
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => {
        resolve(code ?? 1)
      })
    })
    const outputs = commandFile(files.GITHUB_OUTPUT)
    // Every run of every test is held to the schema that scripts read the result by.
    if (outputs['result'] !== undefined) v.parse(await resultSchemaOf(this.#action), JSON.parse(outputs['result']))
    return { exitCode, printed, outputs, state: commandFile(files.GITHUB_STATE), summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'), leftBehind: isAlive(child.pid) }
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function isAlive(group: number | undefined): boolean {
  if (group === undefined) return false
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}

/** The variables of a command file; a line outside of them would be one that the action did not mean to write. */
function commandFile(path: string): Record<string, string> {
  const block = /^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm
  const text = readFileSync(path, 'utf8')
  const stray = text.replace(block, '').trim()
  if (stray !== '') throw new Error(`lines outside of any variable: ${stray}`)
  return Object.fromEntries([...text.matchAll(block)].map(([, name = '', , value = '']) => [name, value]))
}
