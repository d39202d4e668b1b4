import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Observer } from '@slipway/delivery'
import { openCluster, type Cluster } from '@slipway/kubernetes'
import { textAt } from '@slipway/rollout'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Http } from '@slipway/wire'
import { openObserver } from '../src/observer.ts'

const ledger = new Ledger()
const names = ['cart', 'catalog', 'web', 'mail']
let server: KubernetesServer
let http: Http
let reached: Parameters<typeof openCluster>[0]
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
  reached = { name: 'nonprod', endpoint: server.url, http, clock: systemClock, random: () => 0, token: () => Promise.resolve({ token: 'good', expiresAtMs: Number.MAX_SAFE_INTEGER }) }
  cluster = openCluster(reached)
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

/** An observer, and what it lists: the kind, and the selector. */
async function noted(): Promise<{ observer: Observer; lists: string[] }> {
  const lists: string[] = []
  const noting: Http = {
    ...http,
    async request(asked) {
      const { pathname, searchParams } = new URL(asked.url)
      if (asked.method === 'GET' && searchParams.has('limit')) lists.push(`${pathname.split('/').at(-1) ?? ''} ${searchParams.get('labelSelector') ?? 'all'}`)
      return http.request(asked)
    },
  }
  return { observer: await openObserver({ cluster: openCluster({ ...reached, http: noting }), namespace: 'staging', clock: systemClock }), lists }
}

/** Looks at every change that the observer tells of a Deployment, until something is so; answers how many it told. */
async function seen(observer: Observer, name: string, isSo: () => boolean): Promise<number> {
  for (let told = 0; ; told += 1) {
    const change = observer.change(name)
    if (isSo()) return told
    await change
  }
}

test('each Deployment is seen with what it owns alone; read anew, only that is asked for', async () => {
  const { observer, lists } = await noted()
  for (const name of names) await cluster.create(deployment(name))
  const isThere = (name: string): boolean => observer.observe(name).pods.length === 2
  for (const name of names) await seen(observer, name, () => isThere(name))
  for (const [which, kinds] of [['all', ['pods', 'replicasets']], ['pods', ['pods']]] as const) {
    lists.length = 0
    const fresh = await Promise.all(names.map((name) => observer.fresh(name, which)))
    for (const [index, name] of names.entries()) {
      for (const { deployment, replicaSets, pods } of [observer.observe(name), fresh[index] ?? {}]) {
        expect([textAt(deployment, 'metadata', 'name'), replicaSets?.length, pods?.map((pod) => textAt(pod, 'metadata', 'labels', 'app'))]).toEqual([name, 1, [name, name]])
      }
    }
    expect(lists.toSorted()).toEqual(kinds.flatMap((kind) => names.map((name) => `${kind} app=${name}`)).toSorted())
  }
  await observer.close()
})

test('where a pod belongs to a ReplicaSet that was not seen, the ReplicaSets are read anew, too', async () => {
  const { observer, lists } = await noted()
  await cluster.create(deployment('strange'))
  await seen(observer, 'strange', () => observer.observe('strange').pods.length === 2)
  lists.length = 0
  await observer.fresh('strange', 'pods')
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'unseen', uid: 'unseen', controller: true }
  await cluster.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stranger', namespace: 'staging', labels: { app: 'strange' }, ownerReferences: [owner] }, spec: { containers: [{ name: 'x', image: 'shop/x' }] } })
  const { pods } = await observer.fresh('strange', 'pods')
  expect([pods.length, lists]).toEqual([2, ['pods', 'pods', 'replicasets'].map((kind) => `${kind} app=strange`)])
  await observer.close()
})

test('Events that only say that the controllers do their work are not asked for', async () => {
  const observer = await openObserver({ cluster, namespace: 'staging', clock: systemClock })
  await cluster.create(deployment('everyday'))
  const reasons = (): Set<unknown> => new Set(observer.observe('everyday').events.map((one) => textAt(one, 'reason')))
  await seen(observer, 'everyday', () => reasons().has('Started'))
  expect(['ScalingReplicaSet', 'SuccessfulCreate', 'SuccessfulDelete', 'Scheduled'].filter((reason) => reasons().has(reason))).toEqual(['Scheduled'])
  await observer.close()
})

test('of the Events a look sees those about its own objects', async () => {
  const observer = await openObserver({ cluster, namespace: 'staging', clock: systemClock })
  const event = (name: string, uid: string) => ({ apiVersion: 'v1', kind: 'Event', metadata: { name, namespace: 'staging' }, involvedObject: { kind: 'Deployment', name: 'early', namespace: 'staging', uid }, reason: name })
  const reasons = (name: string): unknown[] => observer.observe(name).events.map((one) => textAt(one, 'reason')).filter((reason) => reason === 'own' || reason === 'foreign')
  for (const name of ['early', 'other']) await cluster.create(deployment(name))
  await seen(observer, 'early', () => observer.observe('early').deployment !== undefined)
  await cluster.create(event('foreign', 'of-nobody'))
  await cluster.create(event('own', textAt(observer.observe('early').deployment, 'metadata', 'uid') ?? ''))
  await seen(observer, 'early', () => reasons('early').length > 0)
  expect([reasons('early'), reasons('other')]).toEqual([['own'], []])
  await observer.close()
})

test('a change that comes while a look is dealt with is not missed', async () => {
  const observer = await openObserver({ cluster, namespace: 'staging', clock: systemClock })
  const before = observer.change('late')
  await cluster.create(deployment('late'))
  await seen(observer, 'late', () => observer.observe('late').deployment !== undefined)
  await expect(before).resolves.toBeUndefined()
  await observer.close()
})

test('a change is told to those whom it concerns, and to nobody else', async () => {
  const observer = await openObserver({ cluster, namespace: 'staging', clock: systemClock })
  let others = 0
  void observer.change('nobody').then(() => (others += 1))
  await cluster.create(deployment('own'))
  expect(await seen(observer, 'own', () => observer.observe('own').pods.length === 2)).toBeGreaterThan(0)
  expect(others).toBe(0)
  await observer.close()
})

test.each(['event', 'http'] as const)('what went while history was forgotten (%s) is told when all is listed anew', async (gone) => {
  const name = `forgotten-${gone}`
  const observer = await openObserver({ cluster, namespace: 'staging', clock: systemClock })
  await cluster.create(deployment(name))
  await seen(observer, name, () => observer.observe(name).pods.length === 2)
  server.compactWatches(gone)
  server.remove('Deployment', 'staging', name)
  await seen(observer, name, () => observer.observe(name).deployment === undefined)
  await observer.close()
})

test('a watch that the server refuses for good is told to everybody, whatever they follow', async () => {
  const allow = server.deny({ verb: 'watch', resource: 'pods' })
  const observer = await openObserver({ cluster, namespace: 'staging', clock: systemClock })
  const ends = await Promise.allSettled(['cart', 'nobody'].map((name) => seen(observer, name, () => observer.observe(name).events.length < 0)))
  expect(ends).toMatchObject([{ reason: { status: 403 } }, { reason: { status: 403 } }])
  allow()
  await observer.close()
})

test('where one kind cannot be listed, the watches over the others end with it', async () => {
  const signals: (AbortSignal | undefined)[] = []
  const watched = Promise.withResolvers<undefined>()
  const noting: Http = {
    ...http,
    request(request) {
      if (request.url.includes('watch=true')) signals.push(request.signal)
      if (signals.length === 3) watched.resolve(undefined)
      return http.request(request)
    },
  }
  ledger.hold = async (_, operation) => {
    if (operation === 'LIST events') await watched.promise
  }
  ledger.script({ server: 'kubernetes:nonprod', operation: /^LIST events/, effect: { status: 403, body: 'not for you' } })
  const place = { cluster: openCluster({ ...reached, http: noting }), namespace: 'staging', clock: systemClock }
  await expect(openObserver(place)).rejects.toThrow('not for you')
  ledger.hold = undefined
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true, true])
})
