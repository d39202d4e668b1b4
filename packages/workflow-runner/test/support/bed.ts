import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRunner, type JobResult, type RunEvent, type Runner, type RunnerOptions, type RunResult } from '@slipway/workflow-runner'

const fixtures = join(import.meta.dirname, '..', 'fixtures')

export interface Bed {
  runner: Runner
  events: RunEvent[]
  shop: string
  git: (...args: string[]) => string
  /** Runs a workflow of the shop on main. */
  click: (workflow: string, inputs?: Record<string, string | boolean>, signal?: AbortSignal) => Promise<RunResult>
}

/** A runner with the fixture shop as a git repository of its own, beside a plain folder of actions. */
export async function onBed(test: (bed: Bed) => Promise<void>, options: Partial<RunnerOptions> = {}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-runner-'))
  const shop = join(folder, 'shop')
  cpSync(join(fixtures, 'shop'), shop, { recursive: true })
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', shop, '-c', 'user.name=alice', '-c', 'user.email=alice@example.com', ...args], { encoding: 'utf8' }).trim()
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'The shop')
  const events: RunEvent[] = []
  const runner = createRunner({
    repository: { name: 'acme/shop', path: shop },
    repositories: { 'acme/slipway': join(fixtures, 'slipway') },
    environment: {},
    secrets: {},
    variables: {},
    workFolder: join(folder, 'work'),
    onEvent: (event) => { events.push(event) },
    ...options,
  })
  const click: Bed['click'] = (workflow, inputs = {}, signal) => runner.dispatch({ workflow, ref: 'main', inputs, actor: 'alice', ...(signal ? { signal } : {}) })
  try {
    await test({ runner, events, shop, git, click })
  } finally {
    await runner.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The job with this id. */
export function jobOf(result: RunResult, id: string): JobResult {
  const job = result.jobs.find((each) => each.id === id)
  if (!job) throw new Error(`No job ${id} among ${result.jobs.map((each) => each.id).join(', ')}`)
  return job
}

/** Every line that the job printed. */
export const linesOf = (result: RunResult, id: string): string[] => jobOf(result, id).steps.flatMap(({ lines }) => lines)
