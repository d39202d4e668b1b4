import { clusterPorts } from '@slipway/access'
import { deliver, undo, wantedService, type Delivery, type DeliveryResult, type TargetPorts, type Undo, type UndoResult, type WantedService } from '@slipway/delivery'
import { openCluster, type Cluster } from '@slipway/kubernetes'
import { digestRule, type Digest, type JsonObject } from '@slipway/release'
import { textAt } from '@slipway/rollout'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Clock, type Http } from '@slipway/wire'

/** A cluster of the sandbox, and runs that deliver to it and roll back. */
export interface World {
  readonly ledger: Ledger
  readonly server: KubernetesServer
  readonly client: Cluster
  /** The way to it of all runs that have none of their own; closed with it. */
  readonly http: Http
  release(run: string, services: readonly WantedService[], more?: Partial<Delivery>, around?: Around): Promise<DeliveryResult & Told>
  rollback(run: string, more?: Partial<Undo>, around?: Around): Promise<UndoResult & Told>
  /** The operations of all writes since a moment (a count of exchanges). */
  writes(since?: number): string[]
  /** The verdict of each record, by name. */
  records(): Record<string, string>
  close(): Promise<void>
}

/** What a run lives on, where it is not the usual. */
export interface Around {
  /** Whether images are in the registry. */
  readonly has?: boolean
  readonly work?: AbortSignal
  readonly clock?: Clock
  readonly http?: Http
}

export interface Told {
  readonly told: readonly string[]
}

export async function makeWorld(): Promise<World> {
  const ledger = new Ledger()
  const server = await startKubernetes({
    name: 'nonprod',
    ledger,
    namespaces: ['staging', 'slipway'],
    authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/deploy', username: 'deploy', groups: [] }),
    findImage: () => ({ platforms: ['linux/amd64'], labels: {} }),
    speed: 100,
  })
  const http = openHttp({ environment: {} })
  const open = ({ clock = systemClock, http: way = http, work }: Around = {}): Cluster =>
    openCluster({
      name: 'nonprod',
      endpoint: server.url,
      http: way,
      clock,
      // As in the actions: what is not asked with a signal of its own ends with the run.
      ...(work === undefined ? {} : { signal: work }),
      random: Math.random,
      token: () => Promise.resolve({ token: 'any', expiresAtMs: Number.MAX_SAFE_INTEGER }),
    })
  const ports = (run: string, around: Around): TargetPorts => {
    const { has = true, clock = systemClock } = around
    return clusterPorts({
      name: 'nonprod',
      cluster: open(around),
      images: { has: () => Promise.resolve(has) },
      namespace: 'staging',
      recordNamespace: 'slipway',
      holder: { identity: run, url: url(run) },
      clock,
      lockPatienceMs: 60_000,
    })
  }
  const mission = (run: string) => ({
    release: run,
    target: { name: 'eu', namespace: 'staging', recordNamespace: 'slipway' },
    source: { repository: 'acme/shop', commit: `commit-of-${run}`, ref: 'refs/heads/main', run: url(run), actor: 'alice' },
    patience: { soakMs: 20, timeoutMs: 20_000 },
    until: 'deployed' as const,
  })
  return {
    ledger,
    server,
    client: open(),
    http,
    async release(run, services, more = {}, around = {}) {
      const { clock = systemClock, work = new AbortController().signal } = around
      const { told, narrator } = notes()
      const delivery: Delivery = { ...mission(run), services, onFailure: 'rollback', ...more }
      return { ...(await deliver(delivery, { ports: ports(run, around), clock, work, narrator })), told }
    },
    async rollback(run, more = {}, around = {}) {
      const { clock = systemClock, work = new AbortController().signal } = around
      const { told, narrator } = notes()
      const wish: Undo = { ...mission(run), to: 'last-good', secrets: 'current', reason: 'it is wrong', block: true, ...more }
      return { ...(await undo(wish, { ports: ports(run, around), clock, work, narrator })), told }
    },
    writes: (since = 0) => ledger.exchanges.slice(since).filter(({ write }) => write).map(({ operation }) => operation),
    records: () =>
      Object.fromEntries(server.objects('ConfigMap', 'slipway').flatMap(({ metadata: { name, labels } }) => (labels?.['slipway.dev/verdict'] === undefined ? [] : [[name, labels['slipway.dev/verdict']]]))),
    async close() {
      await server.close()
      await http.close()
    },
  }
}

export function url(run: string): string {
  return `https://github.example/runs/${run}`
}

export function digest(letter: string): Digest {
  const text = `sha256:${letter.repeat(64)}`
  if (!digestRule.is(text)) throw new Error(text)
  return text
}

/** A service of a Deployment and a Service, with the image of a letter. */
export function service(name: string, image: string, spec: JsonObject = {}, more: readonly JsonObject[] = []): WantedService {
  const labels = { app: name }
  const container = { name, image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/${name}@${digest(image)}` }
  const deployment: JsonObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } }, ...spec },
  }
  const serving: JsonObject = { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: labels, ports: [{ port: 80 }] } }
  return wantedService(
    {
      service: name,
      workload: { apiVersion: 'apps/v1', kind: 'Deployment', name, object: deployment },
      supporting: [serving, ...more].map((object) => ({
        apiVersion: textAt(object, 'apiVersion') ?? '',
        kind: textAt(object, 'kind') ?? '',
        name: textAt(object, 'metadata', 'name') ?? '',
        object,
      })),
      images: { [`shop/${name}`]: digest(image) },
      configuration: {},
    },
    'acme/shop',
  )
}

function notes(): { told: string[]; narrator: { say(text: string): void; warn(text: string): void } } {
  const told: string[] = []
  return { told, narrator: { say: (text) => void told.push(text), warn: (text) => void told.push(text) } }
}
