import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { isJson, isJsonObject, type JsonObject } from '@slipway/release'
import type { LifeScript, Resource } from '@slipway/sandbox'
import { errorsOf, expectInert, expectRefused } from './bench.ts'
import { account, place, seededImage, startCloud, valueAt, type Cloud } from './cluster.ts'
import type { StepEnd } from './machine.ts'

jest.setTimeout(60_000)
let life: ReturnType<LifeScript>
let cloud: Cloud
beforeEach(async () => {
  life = { pullMs: 400, readyAfterMs: 1500 }
  cloud = await startCloud(() => life)
})
afterEach(async () => {
  await cloud.close()
})

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers: [{ name: cart, image: shop/cart }]
`
const now = (): number => cloud.sandbox.ledger.exchanges.length
const running = (): unknown => valueAt(cloud.cluster.objects('Deployment', 'staging')[0], 'spec', 'template', 'spec', 'containers', '0', 'image')
// Who makes a record anew makes it the newest: the release is named.
const undo = (): Promise<StepEnd> => cloud.machine('rollback').step({ ...place, of: '2', reason: 'prices are wrong', 'registry-account': account, soak: '0s' })

function deploy(run: number, content: string, more: Readonly<Record<string, string>> = {}, text = manifest): Promise<StepEnd> {
  const rollout = cloud.machine('k8s-rollout')
  rollout.write('k8s/deployment.yaml', text)
  const { digest } = seededImage(cloud.sandbox, 'cart', content)
  return rollout.step({ ...place, services: 'cart', manifests: 'k8s', image: `shop/cart@${digest}`, 'registry-account': account, soak: '0s', ...more }, { GITHUB_RUN_ID: String(run), GITHUB_SHA: String(run).repeat(40) })
}

function recordOf(sequence: number): Resource {
  const found = cloud.cluster.objects('ConfigMap', 'slipway').find(({ metadata }) => metadata.name === `staging.cart.v${sequence}`)
  if (found === undefined) throw new Error(`there is no record ${sequence}`)
  return found
}

function contentOf(record: Resource): JsonObject {
  const content: unknown = JSON.parse(gunzipSync(Buffer.from(String(valueAt(record, 'binaryData', 'record')), 'base64')).toString())
  if (isJson(content) && isJsonObject(content)) return content
  throw new Error('a record is an object')
}

/** Somebody makes a record anew with something else in it, since it cannot be changed. */
function change(record: Resource, packed: string): void {
  const { name, namespace, labels, annotations } = record.metadata
  cloud.cluster.remove('ConfigMap', 'slipway', name)
  cloud.cluster.put({ ...record, metadata: { name, namespace, labels, annotations }, binaryData: { record: packed } })
}

const packed = (text: string | Buffer): string => gzipSync(text).toString('base64')
const withRevision = (content: JsonObject, part: Readonly<Record<string, unknown>>): string => {
  const { revision = null } = content
  return packed(JSON.stringify({ ...content, revision: { ...(isJsonObject(revision) ? revision : {}), ...part } }))
}
const manifestsOf = (content: JsonObject): unknown[] => {
  const manifests = valueAt(content, 'revision', 'manifests')
  return Array.isArray(manifests) ? manifests : []
}
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart' } }
const evil = 'x\n::error::forged\r::add-mask::e ##[set-output name=outcome]changed <b>|*x*|</b> \u001b[31m```'

const changes: readonly (readonly [what: string, packed: (content: JsonObject) => string, told: RegExp])[] = [
  ['nothing', () => '', /staging\.cart\.v1 cannot be unpacked/],
  ['a bomb', () => packed(Buffer.alloc(64 * 1024 * 1024)), /staging\.cart\.v1 cannot be unpacked/],
  ['no JSON', () => packed(evil), /staging\.cart\.v1 cannot be unpacked/],
  ['JSON that nests without an end', () => packed(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`), /staging\.cart\.v1 cannot be read/],
  ['an image by its tag', (content) => withRevision(content, { images: { 'shop/cart': 'latest' } }), /staging\.cart\.v1 cannot be read: image shop\/cart@latest/],
  ['no manifests', (content) => withRevision(content, { manifests: [] }), /its record holds no manifests/],
  ['a Service before the Deployment', (content) => withRevision(content, { manifests: [service, ...manifestsOf(content)] }), /begins with Service cart/],
  ['a Secret', (content) => withRevision(content, { manifests: [...manifestsOf(content), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'stolen' } }] }), /Secret stolen .*is not applied/],
  ['a ClusterRole', (content) => withRevision(content, { manifests: [...manifestsOf(content), { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'root' } }] }), /ClusterRole root .*is not applied/],
  ['an object of another namespace', (content) => withRevision(content, { manifests: [...manifestsOf(content), { ...service, metadata: { name: 'dns', namespace: 'kube-system' } }] }), /Service dns names the namespace kube-system/],
  ['an object of a hostile name', (content) => withRevision(content, { manifests: [...manifestsOf(content), { apiVersion: evil, kind: evil, metadata: { name: evil, namespace: evil } }] }), /names the namespace x/],
  ['what another service runs', (content) => packed(JSON.stringify({ ...content, service: 'web' })), /staging\.cart\.v1 cannot be read: it holds revision 1 of web/],
]

test('a record that somebody changed is passed over by name, with why; nothing is written, applied or forged', async () => {
  await deploy(1, 'v1')
  await deploy(2, 'v2')
  const record = recordOf(1)
  const image = running()
  const kinds = (): string[] => ['Secret', 'Service'].flatMap((kind) => cloud.cluster.objects(kind).map(({ metadata }) => `${kind} ${metadata.name}`))
  const before = kinds()
  for (const [what, changed, told] of changes) {
    change(record, changed(contentOf(record)))
    const since = now()
    const end = await undo()
    expect([what, cloud.writes(since), running(), kinds()]).toEqual([what, [], image, before])
    expectRefused('rollback', end)
    expect([what, ...errorsOf(end)]).toEqual([what, expect.stringMatching(/title=nothing-to-restore::cart has nothing to go back to .*revision 1 is passed over: /)])
    expect([what, ...errorsOf(end)]).toEqual([what, expect.stringMatching(told)])
  }
})

test('a changed record of the bad release itself is told by name, and what to do', async () => {
  await deploy(1, 'v1')
  await deploy(2, 'v2')
  change(recordOf(2), packed(evil))
  const since = now()
  const end = await undo()
  expect(cloud.writes(since)).toEqual([])
  expectRefused('rollback', end)
  expect(errorsOf(end)).toEqual([expect.stringMatching(/title=record-unreadable::the release record staging\.cart\.v2 cannot be unpacked: .*delete it and deploy again/)])
})

describe('a rollout that fails', () => {
  beforeEach(async () => {
    await deploy(1, 'v1')
  })

  test('puts nothing back of a record that holds what is not admitted', async () => {
    const record = recordOf(1)
    change(record, withRevision(contentOf(record), { manifests: [...manifestsOf(contentOf(record)), { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: `root${evil}` } }] }))
    life = { pullMs: 400, readyAfterMs: Infinity, crash: { afterMs: 200, exitCode: 3 } }
    const since = now()
    const end = await deploy(2, 'v2')
    expect([end.exitCode, end.outputs['outcome'], cloud.writes(since).filter((write) => /clusterrole/i.test(write))]).toEqual([1, 'broken', []])
    expectInert('k8s-rollout', end)
    expect(end.printed).toMatch(/revision 1 is passed over: .*ClusterRole root/)
  })

  test('says which record cannot be read, and goes back to an older one that can', async () => {
    await deploy(2, 'v2')
    change(recordOf(2), packed(evil))
    life = { pullMs: 400, readyAfterMs: Infinity, crash: { afterMs: 200, exitCode: 3 } }
    const oldest = seededImage(cloud.sandbox, 'cart', 'v1').digest
    cloud.cluster.script((pod) => (JSON.stringify(pod).includes(oldest) ? { pullMs: 400, readyAfterMs: 100 } : undefined))
    const end = await deploy(3, 'v3')
    expect([end.exitCode, end.outputs['outcome'], String(running()).endsWith(oldest)]).toEqual([1, 'rolled-back', true])
    expectInert('k8s-rollout', end)
    expect(end.printed).toMatch(/revision 2 is passed over: .*staging\.cart\.v2 cannot be unpacked/)
  })
})

test('blocks that are no blocks let nothing in, and say whose they are', async () => {
  const labels = { 'slipway.dev/record': 'blocks', 'slipway.dev/namespace': 'staging', 'slipway.dev/service': 'cart' }
  for (const blocks of [evil, '{}', '[{"release":1}]', `[${'['.repeat(10_000)}${']'.repeat(10_000)}]`]) {
    cloud.cluster.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'staging.cart.blocks', namespace: 'slipway', labels, annotations: { 'slipway.dev/blocks': blocks } } })
    const since = now()
    const end = await deploy(1, 'v1')
    expect([end.exitCode, end.outputs['outcome'], cloud.writes(since)]).toEqual([1, 'refused', []])
    expectInert('k8s-rollout', end)
    expect(errorsOf(end)).toEqual([expect.stringMatching(/title=record-unreadable::the blocks in the ConfigMap staging\.cart\.blocks cannot be read/)])
  }
})

test('a hostile version is taken as text, wherever it is told', async () => {
  const version = '##[set-output name=outcome]x ::error::forged |<b>*x*</b>`'
  const ends = [await deploy(1, 'v1', { version }), await deploy(1, 'v1', { version: `${version}2` }), await cloud.machine('rollback').step({ ...place, list: 'true' })]
  expect(ends.map(({ outputs }) => outputs['outcome'])).toEqual(['changed', 'unchanged', 'unchanged'])
  for (const [index, end] of ends.entries()) expectInert(index === 2 ? 'rollback' : 'k8s-rollout', end)
})

test.each([
  ['a variable of a container', 'image: shop/cart', 'image: shop/cart, env: [{ name: TAG, value: 1.10 }]'],
  ['a label', 'labels: { app: cart }', 'labels: { app: cart, tag: 1.10 }'],
  ['an annotation', 'metadata: { name: cart }', 'metadata: { name: cart, annotations: { tag: 1.10 } }'],
])('%s that YAML reads as a number is refused, and nothing is written', async (_, before, after) => {
  const since = now()
  const end = await deploy(1, 'v1', {}, manifest.replace(before, after))
  expect([end.exitCode, end.outputs['outcome'], cloud.writes(since)]).toEqual([1, 'refused', []])
  expect(errorsOf(end)).toEqual([expect.stringMatching(/title=cluster-refused::.*Deployment cart.*(?:1\.1|string)/)])
})
