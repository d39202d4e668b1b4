import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { clusterPorts } from '@slipway/access'
import { findProof } from '@slipway/delivery'
import { openCluster, openRecords, type Cluster, type Records } from '@slipway/kubernetes'
import { parseProject } from '@slipway/project'
import { digestRule, encodeImages, regionRule, repositoryRule, serviceRule, type Digest, type NameRule } from '@slipway/release'
import { Failed } from '@slipway/report'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Http } from '@slipway/wire'
import { declaredInputs, readInputs } from '../src/inputs.ts'
import { run, type RolloutResult } from '../src/run.ts'

const project = `version: 1
registry: { account: "111122223333", region: eu-west-1 }
services:
  cart: { image: { repository: shop/cart, context: services/cart }, manifests: { paths: [k8s.yaml] } }
environments:
  staging:
    targets: [{ name: eu, region: eu-west-1, cluster: nonprod, namespace: staging }]
  production:
    requires: { environment: staging, role: "arn:aws:iam::111122223333:role/read" }
    rollout: { soak: 0s }
    targets: [{ name: eu, region: eu-west-1, cluster: prod, namespace: shop }]
`
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: shop/cart }] }
`

let staging: KubernetesServer
let production: KubernetesServer
let ledgers: { staging: Ledger; production: Ledger }
let http: Http
let workspace: string
let proven: Records
let warned: string[]
beforeEach(async () => {
  ledgers = { staging: new Ledger(), production: new Ledger() }
  http = openHttp({ environment: {} })
  warned = []
  workspace = mkdtempSync(join(tmpdir(), 'rollout-'))
  writeFileSync(join(workspace, 'k8s.yaml'), manifest)
  const start = (name: string, namespace: string, ledger: Ledger): Promise<KubernetesServer> =>
    startKubernetes({ name, ledger, namespaces: [namespace, 'slipway'], authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/any', username: 'any', groups: [] }), findImage: () => ({ platforms: ['linux/amd64'], labels: {} }), speed: 100 })
  staging = await start('nonprod', 'staging', ledgers.staging)
  production = await start('prod', 'shop', ledgers.production)
  proven = openRecords(client(staging), 'slipway', 'staging', 'run-1')
})
afterEach(async () => {
  await Promise.all([staging.close(), production.close(), http.close()])
  rmSync(workspace, { recursive: true })
})

function client({ url }: KubernetesServer): Cluster {
  return openCluster({ name: 'cluster', endpoint: url, http, clock: systemClock, random: () => 0, token: () => Promise.resolve({ token: 'any', expiresAtMs: Number.MAX_SAFE_INTEGER }) })
}

function named<Name extends string>(rule: NameRule<Name>, text: string): Name {
  if (rule.is(text)) return text
  throw new Error(text)
}

const digest = (letter: string): Digest => named(digestRule, `sha256:${letter.repeat(64)}`)

/** Records that staging ran an image of a source to its verdict. */
async function ran(image: string, sourceKey: string, verdict: 'healthy' | 'failed' = 'healthy'): Promise<void> {
  const source = { repository: 'acme/shop', commit: '1'.repeat(40), ref: 'refs/heads/main', run: 'https://github.example/runs/1', actor: 'alice' }
  await proven.create({ sequence: 1, service: 'cart', release: 'r', participants: [], revision: { images: { 'shop/cart': digest(image) }, configuration: {}, manifests: [] }, source, startedAt: '2026-11-21T10:00:00Z' }, 'f', { sourceKeys: [sourceKey] })
  await proven.conclude('cart', 1, verdict)
  ledgers.staging.exchanges.length = 0
}

/** Rolls an image of the source `key` out to production. */
async function rollOut(image: string, more: Record<string, string> = {}, file = project): Promise<RolloutResult> {
  const built = { repository: named(repositoryRule, 'shop/cart'), regions: [named(regionRule, 'eu-west-1')], digest: digest(image), platforms: {}, tags: [], sourceKey: 'key', reused: true, reason: 'r' }
  const images = encodeImages(new Map([[named(serviceRule, 'cart'), built]]))
  const blank = Object.fromEntries(declaredInputs.map((name) => [name, '']))
  const values = { ...blank, services: 'cart', environment: 'production', images, ...more }
  const settings = await readInputs({ raw: { values, unknown: [] }, project: (name) => Promise.resolve(parseProject(file, name)), workspace, ref: 'refs/heads/main', refName: 'main', environment: {} })
  const source = { repository: 'acme/shop', commit: 'c', ref: 'refs/heads/main', run: 'https://github.example/runs/2', actor: 'alice' }
  const use = { name: 'prod', cluster: client(production), images: { has: () => Promise.resolve(true) }, namespace: 'shop', recordNamespace: 'slipway', holder: { identity: 'run-2', url: 'https://github.example/runs/2' }, clock: systemClock, lockPatienceMs: 1000 }
  return run(settings, { workspace, release: 'acme/shop#2.1', source }, {
    findProof: (wishes, { name }) => findProof(wishes, { environment: name, repository: 'acme/shop' }, [{ target: 'eu', records: proven }]),
    open: () => Promise.resolve({ ports: clusterPorts(use), close: () => Promise.resolve() }),
    wrote: () => undefined,
    clock: systemClock,
    work: new AbortController().signal,
    narrator: { say: () => undefined, warn: (text) => void warned.push(text) },
  })
}

async function refused(image: string, more: Record<string, string> = {}, file = project): Promise<string[]> {
  const error: unknown = await rollOut(image, more, file).catch((thrown: unknown) => thrown)
  return error instanceof Failed ? error.failures.map(({ code, what, why }) => `${code}: ${what}: ${why}`) : []
}

test('the digest that the required environment has proven is rolled out; of that environment only records are read', async () => {
  await ran('a', 'key')
  const { outcome } = await rollOut('a')
  expect([outcome, ledgers.staging.exchanges.map(({ operation }) => operation).filter((operation) => !operation.startsWith('GET api'))]).toEqual(['changed', ['LIST configmaps', 'GET configmaps']])
})

test.each([
  { what: 'another digest of this source', image: 'b', sourceKey: 'key', verdict: 'healthy', why: /what is to be deployed is sha256:b+, and revision 1 in eu has proven sha256:a+ of this source/ },
  { what: 'a digest of another source', image: 'a', sourceKey: 'other', verdict: 'healthy', why: /what is proven there is commit 111111111111 of main/ },
  { what: 'what failed there', image: 'a', sourceKey: 'key', verdict: 'failed', why: /is of this source, and failed/ },
] as const)('$what is refused before anybody asks the target for anything', async ({ image, sourceKey, verdict, why }) => {
  await ran('a', sourceKey, verdict)
  expect(await refused(image)).toEqual([expect.stringMatching(why)])
  expect(ledgers.production.exchanges).toEqual([])
})

test('what is blocked there is refused', async () => {
  await ran('a', 'key')
  await proven.changeBlocks('cart', () => [{ release: 'r', fingerprint: 'f', images: {}, configuration: {}, reason: 'prices are wrong', actor: 'bob', run: 'https://github.example/runs/9', at: '2026-11-21T11:00:00Z' }])
  expect(await refused('a')).toEqual([expect.stringMatching(/^not-proven: cart is not proven in staging: .*blocked: bob undid/)])
})

test('what a reason lets in is warned of, and the reason is kept in its record', async () => {
  const { outcome, wanted } = await rollOut('a', { 'allow-unproven': 'staging is down' })
  expect([outcome, wanted.get('eu')?.[0]?.unproven, warned]).toEqual(['changed', 'staging is down', [expect.stringMatching(/^cart is not proven in staging: .*It is let in all the same: staging is down$/)]])
  const [record] = production.objects('ConfigMap', 'slipway')
  expect(JSON.parse(record?.metadata.annotations?.['slipway.dev/source'] ?? '{}')).toMatchObject({ unproven: 'staging is down' })
})

test('a reason that is given though the proof is there is kept nowhere', async () => {
  await ran('a', 'key')
  await rollOut('a', { 'allow-unproven': 'staging is down' })
  const [record] = production.objects('ConfigMap', 'slipway')
  expect(record?.metadata.annotations?.['slipway.dev/source']).not.toContain('unproven')
})

test('a reason where no proof is asked for is a mistake', async () => {
  await expect(rollOut('a', { environment: 'staging', 'allow-unproven': 'x' })).rejects.toThrow(/the input "allow-unproven" is given, but no proof is required/)
})

const registry = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
const unpinned = project.replace('image: { repository: shop/cart, context: services/cart }, ', '')
const both = unpinned.replace('services:', 'services:\n  web: { image: { repository: shop/cart, context: services/web }, manifests: { paths: [k8s.yaml] } }')

function writeContainers(init: string, ...images: string[]): void {
  const containers = images.map((image, index) => `{ name: c${String(index)}, image: "${image}" }`).join(', ')
  writeFileSync(join(workspace, 'k8s.yaml'), manifest.replace('containers: [{ name: cart, image: shop/cart }]', `initContainers: [{ name: init, image: "${init}" }], containers: [${containers}]`))
}

test('an image of our own registry beside the proven one is refused, each container at once, before anybody asks the target', async () => {
  await ran('a', 'key')
  writeContainers('shop/cart', `${registry}/shop/web:latest`, `${registry.replace('eu-west-1', 'us-east-1')}/shop/cron@${digest('b')}`, 'quay.io/envoy/envoy:1')
  expect(await refused('a')).toEqual([
    `not-proven: the container c0 of Deployment cart names the image ${registry}/shop/web:latest: only what staging has proven may run in production, and this image was not handed over by digest`,
    expect.stringMatching(/the container c1 of Deployment cart names the image .*us-east-1.*shop\/cron@/),
  ])
  expect(ledgers.production.exchanges).toEqual([])
})

test.each([
  { what: 'with the host', image: `${registry}/shop/cart:feature-x`, file: unpinned },
  { what: 'without a host, where another service declares the repository', image: 'shop/cart:feature-x', file: both },
])('a service without `image:` that names our own $what is refused', async ({ image, file }) => {
  writeFileSync(join(workspace, 'k8s.yaml'), manifest.replace('image: shop/cart', `image: "${image}"`))
  expect(await refused('a', { images: '' }, file)).toEqual([expect.stringContaining(`not-proven: the container cart of Deployment cart names the image ${image}: `)])
  expect(ledgers.production.exchanges).toEqual([])
})

test('a reason lets in what the manifest names, and is kept', async () => {
  await ran('a', 'key')
  writeContainers('shop/cart', `${registry}/shop/web:latest`)
  const { wanted } = await rollOut('a', { 'allow-unproven': 'staging is down', phase: 'preflight' })
  expect([wanted.get('eu')?.[0]?.unproven, warned]).toEqual(['staging is down', [expect.stringMatching(/shop\/web:latest: .*It is let in all the same: staging is down$/)]])
})

test('third-party sidecars pass, and so does in a preflight what is yet to be pinned', async () => {
  await ran('a', 'key')
  writeContainers('quay.io/envoy/envoy:1', 'shop/cart')
  expect((await rollOut('a', { images: '', phase: 'preflight' })).outcome).not.toBe('refused')
  expect((await rollOut('a', { phase: 'preflight' })).outcome).not.toBe('refused')
})
