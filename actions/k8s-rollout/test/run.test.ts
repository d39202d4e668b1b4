import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { clusterPorts } from '@slipway/access'
import { readProjectFile } from '@slipway/action-host'
import type { DeliveryResult, TargetPorts } from '@slipway/delivery'
import { openCluster } from '@slipway/kubernetes'
import { parseProject } from '@slipway/project'
import { Failed } from '@slipway/report'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Http } from '@slipway/wire'
import { readInputs } from '../src/inputs.ts'
import { run } from '../src/run.ts'

const digest = `sha256:${'a'.repeat(64)}`
const inputs = { services: 'cart', cluster: 'nonprod', region: 'eu-west-1', namespace: 'staging', manifests: 'k8s.yaml', 'registry-account': '111122223333', image: `shop/cart@${digest}`, soak: '0s' }
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: shop/cart }] }
`

let ledger: Ledger
let server: KubernetesServer
let http: Http
let workspace: string
let stop: AbortController
let wrote: number
beforeEach(async () => {
  ledger = new Ledger()
  stop = new AbortController()
  wrote = 0
  http = openHttp({ environment: {} })
  workspace = mkdtempSync(join(tmpdir(), 'rollout-'))
  writeFileSync(join(workspace, 'k8s.yaml'), manifest)
  server = await startKubernetes({
    name: 'nonprod',
    ledger,
    namespaces: ['staging', 'slipway'],
    authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/deploy', username: 'deploy', groups: [] }),
    findImage: () => ({ platforms: ['linux/amd64'], labels: {} }),
    speed: 100,
  })
})
afterEach(async () => {
  await Promise.all([server.close(), http.close()])
  rmSync(workspace, { recursive: true })
})

async function rollOut(change: (ports: TargetPorts) => TargetPorts = (ports) => ports, more: Record<string, string> = {}): Promise<DeliveryResult> {
  const settings = await readInputs({ raw: { values: { ...inputs, ...more }, unknown: [] }, project: async (file) => parseProject(await readProjectFile(workspace, file), file), workspace, ref: 'refs/heads/main', refName: 'main', environment: {} })
  const token = () => Promise.resolve({ token: 'any', expiresAtMs: Number.MAX_SAFE_INTEGER })
  const cluster = openCluster({ name: 'nonprod', endpoint: server.url, http, clock: systemClock, random: () => 0, token, signal: stop.signal })
  const use = { name: 'nonprod', cluster, images: { has: () => Promise.resolve(true) }, namespace: 'staging', recordNamespace: 'slipway', holder: { identity: 'run-1', url: 'https://github.example/runs/1' }, clock: systemClock, lockPatienceMs: 1000 }
  const source = { repository: 'acme/shop', commit: 'c', ref: 'refs/heads/main', run: 'https://github.example/runs/1', actor: 'alice' }
  const { outcome, targets } = await run(settings, { workspace, release: 'acme/shop#1.1', source }, {
    findProof: () => Promise.reject(new Error('a proof was asked for')),
    open: () => Promise.resolve({ ports: change(clusterPorts(use)), close: () => Promise.resolve() }),
    wrote: () => {
      wrote += 1
    },
    clock: systemClock,
    work: stop.signal,
    narrator: { say: () => undefined, warn: () => undefined },
  })
  return { outcome, services: targets.flatMap(({ services }) => services) }
}

function stopAt(operation: RegExp): void {
  ledger.onRequest = (_, asked) => {
    if (operation.test(asked)) stop.abort(new Failed({ code: 'cancelled', what: 'the run was told to stop', why: 'it was cancelled', next: 'start it again' }))
  }
}

test('a run that is stopped while its record is on the way is not called refused, since the record may be there', async () => {
  ledger.script({ server: 'kubernetes:nonprod', operation: /^POST configmaps/, effect: 'hang' })
  stopAt(/^POST configmaps/)
  const { outcome, services } = await rollOut()
  expect([outcome, services.map(({ status }) => status), wrote]).toEqual(['partial', ['cancelled'], 1])
})

test('a run that is stopped before its record is refused, the lock being given back', async () => {
  stopAt(/^POST leases/)
  const { outcome, services } = await rollOut()
  expect([outcome, services.map(({ status }) => status), wrote]).toEqual(['refused', ['cancelled'], 0])
})

test('a record that the server refuses is no write', async () => {
  ledger.script({ server: 'kubernetes:nonprod', operation: /^POST configmaps/, effect: { status: 403, body: '{"kind":"Status","status":"Failure","reason":"Forbidden","message":"no"}' } })
  const { outcome } = await rollOut()
  expect([outcome, wrote]).toEqual(['refused', 0])
})

test('a mistake of ours behind a write is known to have one before it', async () => {
  await expect(rollOut((ports) => ({ ...ports, objects: { ...ports.objects, apply: (object, options) => (options.dryRun ? ports.objects.apply(object, options) : Promise.reject(new TypeError('a mistake'))) } }))).rejects.toThrow('a mistake')
  expect(wrote).toBeGreaterThan(0)
})

test('the commit of the configuration repository that was handed over is recorded', async () => {
  const commit = 'c'.repeat(40)
  await rollOut(undefined, { config: JSON.stringify({ version: 1, commit, config: { default: {} } }) })
  const [record] = server.objects('ConfigMap', 'slipway')
  expect(JSON.parse(record?.metadata.annotations?.['slipway.dev/source'] ?? '{}')).toMatchObject({ commit: 'c', configurationCommit: commit })
})
