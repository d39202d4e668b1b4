import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { parse, stringify } from 'yaml'
import type { Bed } from './bed.ts'
import { goTool } from './go-tools.ts'
import { command } from './steps.ts'

/** A workflow runner that nobody here wrote: act, which runs jobs on this machine, in no container. */
export interface Runner {
  /** Lays the checkout of a repository whose workflows call Slipway's, as `acme/shop` at its branch main; in place of the one before. */
  checkOut(folder: string): Promise<string>
  run(click: Click): Promise<RunEnd>
}

export interface Click {
  /** As `checkOut` gave it. */
  readonly checkout: string
  /** A file of the repository's own workflows: `deploy.yml`. */
  readonly workflow: string
  /** A click where left out, for which GitHub has `inputs`. */
  readonly event?: 'workflow_dispatch' | 'push'
  /** `refs/heads/main` where left out; what is deployed is the checkout as it is. */
  readonly ref?: string
  readonly inputs?: Readonly<Record<string, string>>
  /** Of the run, which orders deploys by it; one that no other run had where left out. */
  readonly runId?: string
  /** What every step of every job sees. */
  readonly environment: Readonly<Record<string, string>>
  /** Ends the run as a cancellation does. */
  readonly signal?: AbortSignal
}

export interface RunEnd {
  readonly exitCode: number
  readonly printed: string
}

const slipway = join(import.meta.dirname, '..', '..', '..')
const callerSchema = v.looseObject({ jobs: v.record(v.string(), v.looseObject({ uses: v.optional(v.string()), with: v.optional(v.record(v.string(), v.unknown())) })) })

/** Builds act, and gives what runs workflows with it. */
export async function installRunner(bed: Bed): Promise<Runner> {
  const act = await goTool(bed, 'act')
  const checkout = join(bed.run, 'runner', 'repositories', 'shop')
  const checkoutAction = makeCheckoutAction(join(bed.run, 'runner', 'checkout'), checkout)
  return {
    async checkOut(folder) {
      rmSync(checkout, { recursive: true, force: true })
      cpSync(folder, checkout, { recursive: true })
      layWorkflows(join(checkout, '.github', 'workflows'))
      const git = (...words: string[]): Promise<string> => command(bed, 'runner', ['git', '-c', 'user.name=alice', '-c', 'user.email=alice@example.com', ...words], { cwd: checkout })
      await git('init', '--quiet', '--initial-branch', 'main')
      await git('add', '--all')
      await git('commit', '--quiet', '--message', 'The shop')
      await git('remote', 'add', 'origin', 'https://github.com/acme/shop.git')
      return checkout
    },
    run({ checkout, workflow, event: name = 'workflow_dispatch', ref = 'refs/heads/main', inputs = {}, runId = String(Date.now()), environment, signal }) {
      const event = join(bed.run, 'runner', `event-${runId}.json`)
      writeFileSync(event, JSON.stringify({ inputs, ref, repository: { full_name: 'acme/shop', default_branch: 'main' } }))
      const words = [
        name, '--workflows', join('.github', 'workflows', callerName(workflow)), '--eventpath', event,
        '--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server', '--actor', 'alice',
        '--local-repository', checkoutAction, '--secret', 'GITHUB_TOKEN=ghs_ofThisJob',
        // Every run of act is number 1 otherwise: to the lock in the cluster all would be the same run.
        ...Object.entries({ ...environment, GITHUB_RUN_ID: runId, GITHUB_RUN_ATTEMPT: '1' }).flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
      ]
      const home = join(bed.run, 'runner', 'home')
      mkdirSync(home, { recursive: true })
      // Steps see all that act sees, as on no other runner. Actions run with the node that is first on the PATH: this one.
      const own = { HOME: home, XDG_CACHE_HOME: join(home, '.cache'), PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` }
      return ended(spawn(act, words, { cwd: checkout, env: own, stdio: ['ignore', 'pipe', 'pipe'] }), signal)
    },
  }
}

function ended(child: ReturnType<typeof spawn>, signal?: AbortSignal): Promise<RunEnd> {
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  signal?.addEventListener('abort', () => child.kill('SIGINT'))
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ exitCode: code ?? 1, printed })
    })
  })
}

/**
 * Slipway's workflow files beside the repository's own. What act cannot do is changed in them, and no more:
 * - it looks for `./…` in a called workflow in the caller's checkout, so that calls of another repository become local;
 * - it has no job.workflow_sha, so that the callers name Slipway by `slipway-path`;
 * - it refuses a file with `deployment: false` of an environment, which it does not know.
 */
function layWorkflows(folder: string): void {
  const own = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
  const called = join(slipway, '.github', 'workflows')
  for (const name of readdirSync(called)) writeFileSync(join(folder, name), readFileSync(join(called, name), 'utf8').replaceAll(', deployment: false', ''))
  for (const [name, text] of own) writeFileSync(join(folder, callerName(name)), stringify(calledHere(v.parse(callerSchema, parse(text)))))
}

type Caller = v.InferOutput<typeof callerSchema>

/** A job that calls acme/slipway/.github/workflows/… calls the file beside it, and names Slipway's folder. */
function calledHere(caller: Caller): Caller {
  const jobs = Object.entries(caller.jobs).map(([name, job]) => {
    const path = /^[^./][^@]*\/(\.github\/workflows\/[^@]+)@/.exec(job.uses ?? '')?.[1]
    return [name, path === undefined ? job : { ...job, uses: `./${path}`, with: { ...job.with, 'slipway-path': slipway } }] as const
  })
  return { ...caller, jobs: Object.fromEntries(jobs) }
}

function callerName(workflow: string): string {
  return `caller-${workflow}`
}

/**
 * act lays the repository's checkout by itself, unless a step asks for a ref of it: then this does. It loads every action
 * of a job before its first step, also one whose step is left out; another repository cannot be had on this machine.
 */
function makeCheckoutAction(folder: string, checkout: string): string {
  mkdirSync(folder, { recursive: true })
  const run = 'if [ -n "$REPOSITORY" ]; then echo "only what is on this machine can be checked out"; exit 1; fi\ngit init --quiet . && git fetch --quiet "$CHECKOUT" "$REF" && git checkout --quiet --force FETCH_HEAD'
  const env = { CHECKOUT: checkout, REPOSITORY: '${{ inputs.repository }}', REF: '${{ inputs.ref }}' }
  const inputs = Object.fromEntries(['repository', 'ref'].map((name) => [name, { description: name, default: '' }]))
  writeFileSync(join(folder, 'action.yml'), stringify({ name: 'Checkout', description: 'Of a ref', inputs, runs: { using: 'composite', steps: [{ shell: 'bash', env, run }] } }))
  const commit = /uses: actions\/checkout@([0-9a-f]{40})/.exec(readFileSync(join(slipway, '.github', 'workflows', 'deploy.yml'), 'utf8'))?.[1] ?? ''
  return `actions/checkout@${commit}=${folder}`
}
