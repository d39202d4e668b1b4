import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readProjectFile } from '@slipway/action-host'
import { openCluster } from '@slipway/kubernetes'
import { parseProject } from '@slipway/project'
import { Failed } from '@slipway/report'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Clock } from '@slipway/wire'
import { readInputs } from '../src/inputs.ts'
import type { ConfigCluster, Ports, SecretVersion, SecretWanted } from '../src/ports.ts'
import type { SyncResult } from '../src/result.ts'
import { run } from '../src/run.ts'

/** What is another for one run: its name among those that take locks, its time, its end, and what comes between it and its clusters. */
export interface RunOptions {
  readonly run?: string
  readonly clock?: Clock
  readonly work?: AbortSignal
  readonly between?: (cluster: ConfigCluster) => ConfigCluster
}

/** The shop's checkout in a folder of its own, two clusters, and secrets. */
export interface World {
  readonly ledger: Ledger
  readonly clusters: Readonly<Record<'nonprod' | 'nonprod-us', KubernetesServer>>
  /** `id` or `id@stage` to the value, with the version that names it. */
  readonly secrets: Map<string, { versionId: string; value: string | Uint8Array }>
  readonly lines: string[]
  readonly masked: string[]
  /** How often a run has said that it wrote. */
  wrote: number
  /** How many secrets were asked for in each reading. */
  readonly readings: number[]
  write(path: string, text: string): void
  sync(inputs?: Record<string, string>, options?: RunOptions): Promise<SyncResult>
  /** The failures of a sync that is refused, as `code: what`. */
  refusals(inputs?: Record<string, string>, options?: RunOptions): Promise<string[]>
  /** The writes since the last call, and all requests since then but those of discovery, sorted. */
  counted(): { writes: number; operations: string[] }
  close(): Promise<void>
}

export async function makeWorld(): Promise<World> {
  const workspace = mkdtempSync(join(tmpdir(), 'config-sync-'))
  cpSync(join(import.meta.dirname, 'fixtures', 'shop'), workspace, { recursive: true })
  const ledger = new Ledger()
  const start = (name: string): Promise<KubernetesServer> =>
    startKubernetes({
      name,
      ledger,
      namespaces: ['staging', 'shop', 'slipway'],
      authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/deploy', username: 'deploy', groups: [] }),
      findImage: () => undefined,
      speed: 50,
    })
  const clusters = { nonprod: await start('nonprod'), 'nonprod-us': await start('nonprod-us') }
  const http = openHttp({ environment: {} })
  const secrets: World['secrets'] = new Map([
    ['shop/staging/db', { versionId: 'db-1', value: '{"username":"cart-user","password":"hunter2-hunter2","port":5432}' }],
    ['shop/token', { versionId: 'token-1', value: '{"value":"token-token"}' }],
    ['shop/token@AWSPENDING', { versionId: 'token-2', value: 'next-token-as-text' }],
  ])
  const [lines, masked, readings]: [string[], string[], number[]] = [[], [], []]
  const portsOf = ({ run = '1', clock = systemClock, work = new AbortController().signal, between = (cluster) => cluster }: RunOptions): Ports => ({
    open: ({ cluster }) => {
      const server = cluster === 'nonprod' || cluster === 'nonprod-us' ? clusters[cluster] : undefined
      if (!server) throw new Failed({ code: 'cluster-missing', what: `there is no cluster ${cluster}`, why: 'EKS says so', next: 'correct the name' })
      return Promise.resolve({
        cluster: between(
          openCluster({ name: cluster, endpoint: server.url, http, clock: systemClock, random: () => 0, token: () => Promise.resolve({ token: 't', expiresAtMs: Number.MAX_SAFE_INTEGER }), signal: work }),
        ),
        secrets: { read: (wanted) => Promise.resolve(answers(wanted)) },
      })
    },
    mask: (value) => masked.push(value),
    wrote: () => {
      world.wrote += 1
    },
    holder: { identity: `run-${run}`, url: `https://github.example/runs/${run}` },
    clock,
    work,
    log: { info: (line) => lines.push(line), warning: (line) => lines.push(line) },
  })
  const answers = (wanted: readonly SecretWanted[]): (SecretVersion | Failed['failures'][0])[] => {
    readings.push(wanted.length)
    return wanted.map(({ secretId, stage }) => {
      const found = secrets.get(stage === undefined ? secretId : `${secretId}@${stage}`)
      return found
        ? { arn: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${secretId}-AbCdEf`, ...found }
        : { code: 'secret-missing', what: `there is no secret ${secretId}`, why: 'Secrets Manager says so', next: 'make it' }
    })
  }
  let position = 0
  const world: World = {
    ledger,
    clusters,
    secrets,
    lines,
    masked,
    wrote: 0,
    readings,
    write: (path, text) => {
      mkdirSync(dirname(join(workspace, path)), { recursive: true })
      writeFileSync(join(workspace, path), text)
    },
    async sync(inputs = {}, options = {}) {
      const values = { services: 'all', environment: 'staging', ...inputs }
      const settings = await readInputs({ raw: { values, unknown: [] }, project: async (file) => parseProject(await readProjectFile(workspace, file), file), workspace, ref: 'refs/heads/staging', refName: 'staging', environment: {} })
      return run(settings, workspace, portsOf(options))
    },
    async refusals(inputs, options) {
      try {
        await world.sync(inputs, options)
      } catch (error) {
        if (error instanceof Failed) return error.failures.map(({ code, what }) => `${code}: ${what}`)
        throw error
      }
      return []
    },
    counted() {
      const since = ledger.exchanges.slice(position)
      position = ledger.exchanges.length
      const operations = since.map(({ operation }) => operation).filter((operation) => !operation.includes('/api'))
      return { writes: since.filter(({ write }) => write).length, operations: operations.sort() }
    },
    async close() {
      await Promise.all([...Object.values(clusters).map((server) => server.close()), http.close()])
      rmSync(workspace, { recursive: true })
    },
  }
  return world
}
