import { openGitHub } from '@slipway/github'
import { serviceRule, versionRule, type Bump } from '@slipway/release'
import { Failed } from '@slipway/report'
import { GitHubRepository, Ledger, startGitHub, type GitHubToken, type RunningServer } from '@slipway/sandbox'
import type { Clock } from '@slipway/wire'
import { outcomeOf } from '../src/outcome.ts'
import type { ProofPorts } from '../src/proven.ts'
import { run, type Result } from '../src/run.ts'
import type { Settings, Start } from '../src/settings.ts'

/** What a test wants of a run, beyond a patch-free default: the next version by the commits, started by dispatch. */
export interface Wanted {
  readonly service?: string
  readonly paths?: readonly string[]
  readonly bump?: Bump
  readonly version?: string
  readonly ref?: string
  readonly release?: Settings['release']
  readonly notes?: string
  readonly start?: Start
  readonly dryRun?: boolean
  readonly requires?: Settings['requires']
  readonly proof?: Partial<ProofPorts>
  readonly token?: 'job' | 'app' | 'one' | 'other' | 'reader'
  /** The commit of the run; the head of main where left out. */
  readonly commit?: string
}

/** What a run came to: its result or its failures, and what it said. */
export interface Ended {
  readonly outcome: string
  readonly result?: Result
  readonly failures: readonly string[]
  readonly told: string
  readonly said: readonly string[]
  /** Milliseconds that it waited, all in all. */
  readonly waitedMs: number
}

export const deploy: Start = { kind: 'dispatch', workflow: 'deploy-production.yml' }

/** A GitHub of its own for a file of tests, with a fresh repository whenever one is asked for. */
export class World {
  readonly ledger = new Ledger()
  readonly #repositories: GitHubRepository[] = []
  #server: RunningServer | undefined

  async open(): Promise<void> {
    const all = ['contents: write', 'actions: write']
    const tokens = new Map<string, GitHubToken>([
      ...['job', 'one', 'other'].map((name) => [name, { kind: 'job', rights: all }] as const),
      ['app', { kind: 'app', rights: [...all, 'workflows: write'] }],
      ['reader', { kind: 'job', rights: ['contents: read', 'actions: write'] }],
    ])
    this.#server = await startGitHub({ ledger: this.ledger, repositories: this.#repositories, tokens })
  }

  async close(): Promise<void> {
    await this.#server?.close()
  }

  /** Puts a fresh repository in the place of the last one. */
  repository(): GitHubRepository {
    const shop = new GitHubRepository('acme/shop')
    shop.workflows.set('deploy-production.yml', { tags: /^(?:[^/]+\/)?v/, dispatch: true })
    this.#repositories.splice(0, 1, shop)
    return shop
  }

  /** One run of the action, as far as it is not the runner's. */
  async release(wanted: Wanted = {}, stop?: AbortSignal): Promise<Ended> {
    const { token = 'job', commit } = wanted
    const settings = settingsOf(wanted)
    const clock = hastyClock()
    const work = stop ?? new AbortController().signal
    const said: string[] = []
    const say = (text: string): void => void said.push(text)
    const github = await openGitHub({ repository: 'acme/shop', token, environment: { GITHUB_API_URL: this.#server?.url }, clock, signal: work, onWait: say })
    const origin = { repository: 'acme/shop', commit: commit ?? this.#repositories[0]?.refs.get('refs/heads/main')?.sha ?? '', url: 'https://github.example/acme/shop/actions/runs/42' }
    try {
      const proof = { checkout: { workspace: '', platform: 'linux/amd64', umask: 0o022 }, checkedOut: unasked, project: unasked, findProof: unasked, ...wanted.proof }
      const result = await run(settings, origin, { proof: () => Promise.resolve(proof), github, clock, work, say, wrote: () => undefined })
      return { outcome: outcomeOf(result, settings), result, failures: result.failures.map(({ code }) => code), told: result.failures.map(({ what, why, next }) => [what, why, next].join('; ')).join('\n'), said, waitedMs: clock.monotonic() }
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      return { outcome: 'refused', failures: error.failures.map(({ code }) => code), told: error.message, said, waitedMs: clock.monotonic() }
    }
  }
}

function settingsOf({ service, paths = [], bump = 'auto', version, ref, release = 'published', notes = '', start = deploy, dryRun = false, token = 'job', requires }: Wanted): Settings {
  if (service !== undefined && !serviceRule.is(service)) throw new Error(service)
  if (version !== undefined && !versionRule.is(version)) throw new Error(version)
  return {
    ...(service === undefined ? {} : { service }),
    paths,
    wish: version === undefined ? { bump } : { version },
    ...(ref === undefined ? {} : { ref }),
    ...(requires === undefined ? {} : { requires }),
    release,
    notes,
    start,
    token: { text: token, isJobs: token !== 'app' },
    isWritten: !dryRun,
  }
}

/** Nothing of a proof is asked for but where a test says what. */
function unasked(): Promise<never> {
  return Promise.reject(new Error('a proof was asked for'))
}

/** A clock on which every wait is over at once. */
function hastyClock(): Clock {
  let ms = 0
  return {
    now: () => Date.UTC(2026, 10, 21) + ms,
    monotonic: () => ms,
    wait(span, signal) {
      ms += span
      return signal?.aborted === true ? Promise.reject(signal.reason instanceof Error ? signal.reason : new Error('stopped')) : Promise.resolve()
    },
  }
}

/** The tags of a repository, each with the commit that it leads to. */
export function tagsOf(shop: GitHubRepository): Record<string, string> {
  return Object.fromEntries([...shop.refs.keys()].filter((name) => name.startsWith('refs/tags/')).map((name) => [name.slice('refs/tags/'.length), shop.resolve(name)?.sha ?? '']))
}
