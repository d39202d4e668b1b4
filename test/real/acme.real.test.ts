import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { openAcme, type Acme } from './acme.ts'
import { openBed } from './bed/bed.ts'
import { kubectl } from './bed/kubernetes.ts'
import type { RunEnd } from './bed/runner.ts'
import { databasePassword, standing } from './bed/up-down.ts'
import { eventually } from './eventually.ts'

const bed = openBed()
const { clusters } = standing(bed)
const places = {
  staging: { cluster: clusters.eu, namespace: 'staging' },
  'production/eu': { cluster: clusters.eu, namespace: 'shop' },
  'production/us': { cluster: clusters.us, namespace: 'shop' },
} as const
type Place = keyof typeof places
const services = ['cart', 'catalog', 'web']
const production: readonly Place[] = ['production/eu', 'production/us']

let acme: Acme
beforeAll(async () => {
  // A bed that stands may have been here before.
  const ours = ['--selector', `slipway.dev/service in (${services.join(',')})`]
  for (const { cluster, namespace } of Object.values(places)) {
    await kubectl(bed, cluster, ['--namespace', namespace, 'delete', 'deployment,service,poddisruptionbudget,horizontalpodautoscaler,ingress,configmap,secret', ...ours])
    await kubectl(bed, cluster, ['--namespace', 'slipway', 'delete', 'configmap', ...ours])
  }
  // What cart will do in v1.1.0 is allowed everywhere but here.
  await kubectl(bed, clusters.us, ['label', 'namespace', 'shop', '--overwrite', 'pod-security.kubernetes.io/enforce=restricted'])
  acme = await openAcme()
}, 60_000)
afterAll(() => acme.close())

const deploymentSchema = v.object({
  spec: v.object({ replicas: v.number(), template: v.object({ spec: v.object({ containers: v.tuple([v.object({ image: v.string() })]) }) }) }),
  status: v.object({ readyReplicas: v.optional(v.number(), 0), updatedReplicas: v.optional(v.number(), 0) }),
})

/** What somebody sees of a service who looks for himself. */
async function look(place: Place, service: string): Promise<{ digest: string; isWhole: boolean }> {
  const { cluster, namespace } = places[place]
  const { spec, status } = v.parse(deploymentSchema, JSON.parse(await kubectl(bed, cluster, ['--namespace', namespace, 'get', 'deployment', service, '--output', 'json'])))
  const digest = spec.template.spec.containers[0].image.split('@')[1] ?? ''
  return { digest, isWhole: status.readyReplicas >= spec.replicas && status.updatedReplicas === spec.replicas }
}

const digestOf = async (place: Place, service: string): Promise<string> => (await look(place, service)).digest

async function allWhole(...where: readonly Place[]): Promise<void> {
  for (const place of where) for (const service of services) expect([place, service, (await look(place, service)).isWhole]).toEqual([place, service, true])
}

/** The last step's: k8s-rollout's, or rollback's. */
const outcome = ({ printed }: RunEnd): string => [...printed.matchAll(/::set-output:: outcome=(\S+)/g)].at(-1)?.[1] ?? printed.slice(-4000)

const deploy = (): Promise<RunEnd> => acme.click('deploy.yml', { environment: 'staging', services: 'all' })
const pushed = (tag: string): Promise<RunEnd> => acme.click('deploy-production.yml', {}, { event: 'push', ref: `refs/tags/${tag}` })
const rollback = (inputs: Readonly<Record<string, string>>): Promise<RunEnd> => acme.click('rollback.yml', { to: 'last-good', ...inputs })

const cartServer = 'services/cart/src/server.js'
const newCarts = 'const carts = new Carts(valkey, settings)'
const openCarts = "console.log('connecting with', settings.db.password)\nconst carts = await Carts.open(valkey, settings)"
const isReady = 'status: stopping ? 503 : 200, body: { ready: !stopping }'
const isNeverReady = 'status: 503, body: { ready: false }'

test('a click builds the shop and brings it to staging, by the workflow files themselves', async () => {
  const end = await deploy()
  expect([outcome(end), end.exitCode]).toEqual(['changed', 0])
  await allWhole('staging')
}, 240_000)

test('the same click again writes nothing', async () => {
  // Not the Deployments: web's autoscaler has its own say in one.
  const replicaSets = (): Promise<string> => kubectl(bed, clusters.eu, ['--namespace', 'staging', 'get', 'replicasets', '--output', 'name'])
  const before = await replicaSets()
  const end = await deploy()
  expect([outcome(end), end.exitCode]).toEqual(['unchanged', 0])
  expect(await replicaSets()).toBe(before)
})

test('a tag brings what staging runs to production on both clusters, and builds nothing', async () => {
  acme.tag('v1.0.0')
  const end = await pushed('v1.0.0')
  expect([outcome(end), end.exitCode]).toEqual(['changed', 0])
  expect(end.printed).not.toContain('Build and push the images')
  await allWhole(...production)
  for (const service of services) for (const place of production) expect(await digestOf(place, service)).toBe(await digestOf('staging', service))
}, 240_000)

test('a version that crashes at its start is put back, with its last words and without the password in them', async () => {
  const good = await digestOf('staging', 'cart')
  acme.commit('Cart: open the carts at the start, and say how', { [cartServer]: (text) => text.replace(newCarts, openCarts) })
  const end = await deploy()
  expect([outcome(end), end.exitCode]).toEqual(['rolled-back', 1])
  expect(end.printed).toContain('TypeError: Carts.open is not a function')
  expect(end.printed).not.toContain(databasePassword)
  expect(await digestOf('staging', 'cart')).toBe(good)
  await allWhole('staging')
}, 240_000)

test('a release that is bad in one region goes back there and stays in the other, and one click takes it back everywhere', async () => {
  const good = await digestOf('production/eu', 'cart')
  acme.commit('feat: cart may do more', {
    [cartServer]: (text) => text.replace(openCarts, newCarts).replace("'stopping'", "'stopping now'"),
    'services/cart/k8s/deployment.yaml': (text) => text.replace('            allowPrivilegeEscalation: false\n', ''),
  })
  const proven = await deploy()
  expect([outcome(proven), proven.exitCode]).toEqual(['changed', 0])
  acme.tag('v1.1.0')
  const end = await pushed('v1.1.0')
  expect([outcome(end), end.exitCode]).toEqual(['partial', 1])
  expect(end.printed).toContain('violates PodSecurity')
  expect(await digestOf('production/us', 'cart')).toBe(good)
  expect(await digestOf('production/eu', 'cart')).toBe(await digestOf('staging', 'cart'))
  await allWhole(...production)

  const back = await rollback({ environment: 'production', of: 'v1.1.0', reason: 'no carts in us' })
  expect([outcome(back), back.exitCode]).toEqual(['rolled-back', 0])
  for (const place of production) expect(await digestOf(place, 'cart')).toBe(good)
  await allWhole(...production)

  const again = await pushed('v1.1.0')
  expect([outcome(again), again.exitCode]).toEqual(['refused', 1])
  expect(again.printed).toContain('no carts in us')
}, 480_000)

test('a rollback ends a deploy that is still running, and the good version runs', async () => {
  const good = await digestOf('staging', 'cart')
  acme.commit('Cart: never ready', { [cartServer]: (text) => text.replace(isReady, isNeverReady) })
  const deploying = deploy()
  await eventually('the deploy has written', async () => (await digestOf('staging', 'cart')) !== good)
  const back = await rollback({ environment: 'staging', reason: 'it is the wrong one' })
  expect([outcome(back), back.exitCode]).toEqual(['rolled-back', 0])
  const end = await deploying
  expect([end.exitCode, outcome(end)]).toEqual([1, 'superseded'])
  expect(await digestOf('staging', 'cart')).toBe(good)
  await allWhole('staging')
}, 240_000)

test('a rollback needs nothing of GitHub', async () => {
  const good = await digestOf('staging', 'cart')
  acme.commit('Cart: healthy, and wrong', { [cartServer]: (text) => text.replace(isNeverReady, isReady).replace("'try again'", "'try later'").replace('try again', 'try later') })
  const wrong = await deploy()
  expect([outcome(wrong), wrong.exitCode]).toEqual(['changed', 0])
  await acme.switchGitHubOff()
  const back = await rollback({ environment: 'staging', reason: 'it says later' })
  expect([outcome(back), back.exitCode]).toEqual(['rolled-back', 0])
  expect(await digestOf('staging', 'cart')).toBe(good)
  await allWhole('staging')
}, 240_000)
