import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { deliver, wantedService, type Delivery, type DeliveryResult, type TargetPorts, type WantedService } from '@slipway/delivery'
import { openCluster, type Cluster } from '@slipway/kubernetes'
import { digestRule, type Digest, type JsonObject } from '@slipway/release'
import { withAt } from '@slipway/rollout'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Http } from '@slipway/wire'
import { clusterPorts } from '../src/cluster-ports.ts'

let ledger: Ledger
let server: KubernetesServer
let http: Http
beforeEach(async () => {
  ledger = new Ledger()
  server = await startKubernetes({
    name: 'nonprod',
    ledger,
    namespaces: ['staging', 'slipway'],
    authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/deploy', username: 'deploy', groups: [] }),
    findImage: () => ({ platforms: ['linux/amd64'], labels: {} }),
    speed: 100,
  })
  http = openHttp({ environment: {} })
})
afterEach(async () => {
  await server.close()
  await http.close()
})

function client(): Cluster {
  return openCluster({
    name: 'nonprod',
    endpoint: server.url,
    http,
    clock: systemClock,
    random: Math.random,
    token: () => Promise.resolve({ token: 'any', expiresAtMs: Number.MAX_SAFE_INTEGER }),
  })
}

function ports(run: string, work: AbortSignal, has = true): TargetPorts {
  return clusterPorts({
    cluster: client(),
    images: { has: () => Promise.resolve(has) },
    namespace: 'staging',
    recordNamespace: 'slipway',
    holder: { identity: run, url: `https://github.example/runs/${run}` },
    clock: systemClock,
    work,
    lockPatienceMs: 60_000,
  })
}

function digest(letter: string): Digest {
  const text = `sha256:${letter.repeat(64)}`
  if (!digestRule.is(text)) throw new Error(text)
  return text
}

function service(name: string, image: string, more: JsonObject = {}): WantedService {
  const labels = { app: name }
  const container = { name, image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/${name}@${digest(image)}` }
  const deployment: JsonObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } }, ...more },
  }
  const serving: JsonObject = { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: labels, ports: [{ port: 80 }] } }
  return wantedService(
    {
      service: name,
      workload: { apiVersion: 'apps/v1', kind: 'Deployment', name, object: deployment },
      supporting: [{ apiVersion: 'v1', kind: 'Service', name, object: serving }],
      images: { [`shop/${name}`]: digest(image) },
      configuration: {},
    },
    'acme/shop',
  )
}

async function release(run: string, services: readonly WantedService[], more: Partial<Delivery> = {}, has = true): Promise<DeliveryResult & { told: string[] }> {
  const told: string[] = []
  const work = new AbortController().signal
  const delivery: Delivery = {
    release: run,
    target: { name: 'eu', namespace: 'staging', recordNamespace: 'slipway' },
    services,
    source: { repository: 'acme/shop', commit: 'c0ffee', ref: 'refs/heads/main', run: `https://github.example/runs/${run}`, actor: 'alice' },
    patience: { soakMs: 20, timeoutMs: 20_000 },
    until: 'deployed',
    ...more,
  }
  const narrator = { say: (text: string) => told.push(text), warn: (text: string) => told.push(text) }
  return { ...(await deliver(delivery, { ports: ports(run, work, has), clock: systemClock, work, narrator })), told }
}

const writes = (since: number): string[] => ledger.exchanges.slice(since).filter(({ write }) => write).map(({ operation }) => operation)

test('a first deploy is recorded, written, seen healthy and unlocked; the same again writes nothing', async () => {
  const first = await release('1', [service('cart', 'a'), service('web', 'a')])
  expect([first.outcome, first.services.map((one) => `${one.service} ${one.status} ${one.sequence}`)]).toEqual(['changed', ['cart healthy 1', 'web healthy 1']])
  expect(first.told.some((line) => /^\[cart\] cart-[a-z0-9-]+ {2}running, ready$/.test(line))).toBe(true)
  const records = server.objects('ConfigMap', 'slipway')
  expect(records.map((record) => [record.metadata.name, record.metadata.labels?.['slipway.dev/verdict']])).toEqual([
    ['staging.cart.v1', 'healthy'],
    ['staging.web.v1', 'healthy'],
  ])
  const before = ledger.exchanges.length
  const second = await release('2', [service('cart', 'a'), service('web', 'a')])
  expect([second.outcome, writes(before)]).toEqual(['unchanged', []])
})

test('a changed service is rolled out alone, by one write of its workload', async () => {
  await release('1', [service('cart', 'a'), service('web', 'a')])
  const before = ledger.exchanges.length
  const second = await release('2', [service('cart', 'b'), service('web', 'a')])
  expect(second.services.map((one) => `${one.service} ${one.status} ${one.sequence}`).sort()).toEqual(['cart healthy 2', 'web unchanged 1'])
  expect(writes(before).toSorted()).toEqual(['PATCH configmaps', 'PATCH deployments', 'POST configmaps', 'PUT leases', 'PUT leases'])
  expect(second.services.find((one) => one.service === 'cart')?.replaced).toMatchObject({ sequence: 1, source: { actor: 'alice' } })
})

test('a field that somebody has taken by hand is never forced back: its owner is named', async () => {
  await release('1', [service('cart', 'a')])
  const live = await client().get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging', name: 'cart' })
  await client().replace(withAt(live ?? {}, ['spec', 'replicas'], () => 5))
  await expect(release('2', [service('cart', 'a')])).rejects.toThrow(/\.spec\.replicas to \S+.*ownership-conflict/)
})

test('two runs at once on one service take turns, and the second plans again', async () => {
  const both = await Promise.all([release('1', [service('cart', 'a')]), release('2', [service('cart', 'a')])])
  expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['changed', 'unchanged'])
  expect(both.flatMap(({ told }) => told).some((line) => /waiting for the lock: https:\/\/github\.example\/runs\/\d holds it/.test(line))).toBe(true)
})

test('every problem of every service is told before anything is written', async () => {
  server.put({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart', namespace: 'staging' }, spec: { ports: [{ port: 80 }] } })
  const before = ledger.exchanges.length
  const refused = release('1', [service('cart', 'a'), service('web', 'a', { replica: 3 })], {}, false)
  const failure: unknown = await refused.catch((error: unknown) => error)
  expect(failure).toMatchObject({
    failures: expect.arrayContaining([
      expect.objectContaining({ code: 'ownership-conflict', what: expect.stringContaining('Service cart') }),
      expect.objectContaining({ code: 'cluster-refused', what: expect.stringContaining('Deployment web') }),
      expect.objectContaining({ code: 'image-missing', what: expect.stringContaining('shop/cart') }),
    ]),
  })
  expect(writes(before)).toEqual([])
})

test('a plan writes nothing', async () => {
  const before = ledger.exchanges.length
  expect((await release('1', [service('cart', 'a')], { until: 'plan' })).outcome).toBe('planned')
  expect(writes(before)).toEqual([])
})

test('a rollout that passes its deadline is recorded as failed, and says what to look at', async () => {
  server.script(() => ({ readyAfterMs: Infinity }))
  const result = await release('1', [service('cart', 'a', { progressDeadlineSeconds: 20 })])
  expect(result.outcome).toBe('broken')
  expect(result.services[0]?.failure).toMatchObject({ code: 'rollout-deadline', next: expect.stringContaining('kubectl -n staging describe deployment cart') })
  expect(server.objects('ConfigMap', 'slipway').map((record) => record.metadata.labels?.['slipway.dev/verdict'])).toEqual(['failed'])
})
