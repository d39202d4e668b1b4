import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openCluster, type Cluster } from '@slipway/kubernetes'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Http } from '@slipway/wire'
import { evidenceSource, type EvidenceReader } from '../src/evidence-source.ts'

let server: KubernetesServer
let http: Http
let cluster: Cluster
let source: EvidenceReader
const { signal } = new AbortController()

beforeAll(async () => {
  server = await startKubernetes({
    name: 'nonprod',
    ledger: new Ledger(),
    namespaces: ['staging'],
    authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/deploy', username: 'deploy', groups: [] }),
    findImage: () => ({ platforms: ['linux/amd64'], labels: {} }),
    speed: 200,
  })
  http = openHttp({ environment: {} })
  cluster = openCluster({ name: 'nonprod', endpoint: server.url, http, clock: systemClock, random: () => 0, token: () => Promise.resolve({ token: 'good', expiresAtMs: Number.MAX_SAFE_INTEGER }) })
  source = evidenceSource(cluster, 'staging')
})

afterAll(async () => {
  await server.close()
  await http.close()
})

test('the values of a Secret are its bytes; an absent one is absent, a forbidden one unreadable', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0x41])
  await cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cart-db', namespace: 'staging' }, data: { password: Buffer.from('hunter22').toString('base64'), key: bytes.toString('base64') } })
  const found = await source.secret('cart-db', signal)
  expect(typeof found === 'string' ? found : [...found].map(([key, value]) => [key, Buffer.from(value).toString('hex')])).toEqual([
    ['password', Buffer.from('hunter22').toString('hex')],
    ['key', bytes.toString('hex')],
  ])
  expect(await source.secret('none', signal)).toBe('absent')
  const allowAgain = server.deny({ verb: 'get', resource: 'secrets' })
  expect(await source.secret('cart-db', signal)).toBe('unreadable')
  allowAgain()
})

test('a log that is not there or may not be read is undefined, as is a node', async () => {
  expect(await source.log('none', 'app', { previous: false, tailLines: 5, signal })).toBeUndefined()
  const allowAgain = server.deny({ verb: 'get', resource: 'nodes' })
  expect(await source.node('none', signal)).toBeUndefined()
  allowAgain()
})

test('the logs of both runs of a container are read', async () => {
  server.script(() => ({ log: ['connecting', 'fatal: no such relation'], crash: { afterMs: 100, exitCode: 1 } }))
  const metadata = { name: 'cart', namespace: 'staging' }
  await cluster.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'app', image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/cart:1' }] } })
  await server.until(() => JSON.stringify(server.objects('Pod', 'staging')).includes('"restartCount":1'))
  const read = (previous: boolean): Promise<string | undefined> => source.log('cart', 'app', { previous, tailLines: 1, signal })
  expect([await read(false), await read(true)]).toEqual(['fatal: no such relation\n', 'fatal: no such relation\n'])
})

test('nothing is waited for behind the deadline', async () => {
  expect(await source.log('cart', 'app', { previous: false, tailLines: 1, signal: AbortSignal.abort(new Error('late')) })).toBeUndefined()
  expect(await source.secret('cart-db', AbortSignal.abort(new Error('late')))).toBe('unreadable')
})
