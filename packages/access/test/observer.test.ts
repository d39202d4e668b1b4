import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openCluster, type Cluster } from '@slipway/kubernetes'
import { textAt } from '@slipway/rollout'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Http } from '@slipway/wire'
import { openObserver } from '../src/observer.ts'

const ledger = new Ledger()
const names = ['cart', 'catalog', 'web', 'mail']
let server: KubernetesServer
let http: Http
let cluster: Cluster

beforeAll(async () => {
  server = await startKubernetes({
    name: 'nonprod',
    ledger,
    namespaces: ['staging'],
    authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/deploy', username: 'deploy', groups: [] }),
    findImage: () => ({ platforms: ['linux/amd64'], labels: {} }),
    speed: 200,
  })
  http = openHttp({ environment: {} })
  cluster = openCluster({ name: 'nonprod', endpoint: server.url, http, clock: systemClock, random: () => 0, token: () => Promise.resolve({ token: 'good', expiresAtMs: Number.MAX_SAFE_INTEGER }) })
})

afterAll(async () => {
  await server.close()
  await http.close()
})

const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'staging' },
  spec: { replicas: 2, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'shop/x' }] } } },
})

test('each Deployment is seen with what it owns alone; those read anew at once share the lists', async () => {
  const observer = await openObserver({ cluster, namespace: 'staging', clock: systemClock })
  for (const name of names) await cluster.create(deployment(name))
  const isThere = (name: string): boolean => observer.observe(name).pods.length === 2
  for (let change = observer.change(); !names.every(isThere); change = observer.change()) await change
  const since = ledger.exchanges.length
  const fresh = await Promise.all(names.map((name) => observer.fresh(name)))
  for (const [index, name] of names.entries()) {
    for (const { deployment, replicaSets, pods } of [observer.observe(name), fresh[index] ?? {}]) {
      expect([textAt(deployment, 'metadata', 'name'), replicaSets?.length, pods?.map((pod) => textAt(pod, 'metadata', 'labels', 'app'))]).toEqual([name, 1, [name, name]])
    }
  }
  expect(ledger.exchanges.slice(since).filter(({ operation }) => operation === 'LIST pods').length).toBe(2)
  await observer.close()
})

test('a change that comes while a look is dealt with is not missed', async () => {
  const observer = await openObserver({ cluster, namespace: 'staging', clock: systemClock })
  const before = observer.change()
  await cluster.create(deployment('late'))
  for (let change = observer.change(); observer.observe('late').deployment === undefined; change = observer.change()) await change
  await expect(before).resolves.toBeUndefined()
  await observer.close()
})
