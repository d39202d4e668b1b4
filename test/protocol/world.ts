import { clusterPorts } from '@slipway/access'
import { deliver, undo, wantedService, type Delivery, type DeliveryResult, type Narrator, type ServiceResult, type TargetDelivery, type TargetPorts, type TargetToReach, type Undo, type UndoneTarget, type UndoResult, type WantedService } from '@slipway/delivery'
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
  /** What `release` delivers, for a run over several worlds; what is told goes to `told`. */
  share(run: string, services: readonly WantedService[], told: string[], more?: Partial<Delivery>, around?: Around): TargetDelivery
  /** The way to this world's target, for a rollback over several. */
  way(run: string, told: string[], around?: Around): TargetToReach
  rollback(run: string, more?: Partial<Undo>, around?: Around): Promise<Undone & Told>
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

/** What a rollback of one target came to. */
export interface Undone extends Pick<UndoResult, 'release' | 'outcome'>, Pick<UndoneTarget, 'moves' | 'failures'> {
  readonly services: readonly ServiceResult[]
}

/** A world whose target is called so. */
export async function makeWorld(target = 'eu'): Promise<World> {
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
  const place = { name: target, namespace: 'staging', recordNamespace: 'slipway' }
  const way: World['way'] = (run, told, around = {}) => ({
    target: place,
    reach: () => Promise.resolve({ ports: ports(run, around), clock: around.clock ?? systemClock, work: around.work ?? new AbortController().signal, narrator: noting(told) }),
  })
  const share: World['share'] = (run, services, told, more = {}, around = {}) => {
    const { clock = systemClock, work = new AbortController().signal } = around
    const delivery: Delivery = { ...mission(run), target: place, services, onFailure: 'rollback', ...more }
    return { delivery, around: { ports: ports(run, around), clock, work, narrator: noting(told) } }
  }
  return {
    ledger,
    server,
    client: open(),
    http,
    share,
    async release(run, services, more = {}, around = {}) {
      const told: string[] = []
      const { outcome, targets } = await deliver([share(run, services, told, more, around)], [[target]])
      return { outcome, services: targets.flatMap((one) => one.services), told }
    },
    way,
    async rollback(run, more = {}, around = {}) {
      const told: string[] = []
      const { release, outcome, targets } = await undo(undoing(run, more), [way(run, told, around)])
      const [one] = targets
      if (one === undefined) throw new Error('the target is not told of')
      return { release, outcome, services: one.services, moves: one.moves, failures: one.failures, told }
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

/** A rollback by default, but for this. */
export function undoing(run: string, more: Partial<Undo> = {}): Undo {
  return { ...mission(run), to: 'last-good', secrets: 'current', reason: 'it is wrong', block: true, ...more }
}

function mission(run: string) {
  return {
    release: run,
    source: { repository: 'acme/shop', commit: `commit-of-${run}`, ref: 'refs/heads/main', run: url(run), actor: 'alice' },
    patience: { soakMs: 20, timeoutMs: 20_000 },
    until: 'deployed' as const,
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

export function noting(told: string[]): Narrator {
  return { say: (text) => void told.push(text), warn: (text) => void told.push(text) }
}
