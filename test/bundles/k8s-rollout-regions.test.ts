import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { decodeReleases, digestRule, encodeImages, regionRule, repositoryRule, serviceRule } from '@slipway/release'
import { startSandbox, type KubernetesServer, type Sandbox } from '@slipway/sandbox'
import { account, commandsIn, startTokens, valueAt, type Tokens } from './cluster.ts'
import { Machine, type StepEnd } from './machine.ts'

jest.setTimeout(60_000)
const places = { eu: 'eu-west-1', us: 'us-east-1' }
const inputs = { services: 'cart', environment: 'production', soak: '1s' }
const project = `version: 1
registry: { account: "${account}", region: eu-west-1 }
services:
  cart:
    image: { repository: shop/cart }
    manifests: { paths: [k8s.yaml], template: true }
environments:
  production:
    branches: [main]
    rollout: { soak: 1s }
    targets:
${Object.entries(places).map(([name, region]) => `      - { name: ${name}, region: ${region}, cluster: prod-${name}, namespace: shop, role: "arn:aws:iam::${account}:role/deploy-${name}" }`).join('\n')}
`
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: shop/cart, env: [{ name: REGION, value: "\${SLIPWAY_REGION}" }] }] }
`

let sandbox: Sandbox
let tokens: Tokens
let machine: Machine
beforeEach(async () => {
  sandbox = await startSandbox({
    account,
    regions: Object.values(places),
    clusters: Object.entries(places).map(([name, region]) => ({ name: `prod-${name}`, region, namespaces: ['shop', 'slipway'] })),
    roles: Object.keys(places).map((name) => ({ name: `deploy-${name}`, trust: ['repo:acme/shop:environment:staging'] })),
    speed: 40,
  })
  for (const name of ['eu', 'us'] as const) clusterOf(name).script(() => ({ pullMs: 40, readyAfterMs: 150 }))
  tokens = await startTokens(sandbox)
  machine = new Machine('k8s-rollout', { PATH: process.env['PATH'] ?? '', ...sandbox.environment(), ...tokens.environment })
  machine.write('slipway.yml', project)
  machine.write('k8s.yaml', manifest)
})
afterEach(async () => {
  machine.close()
  await Promise.all([tokens.close(), sandbox.close()])
})

function clusterOf(name: keyof typeof places): KubernetesServer {
  const cluster = sandbox.clusters.get(`prod-${name}`)
  if (cluster === undefined) throw new Error(`there is no cluster of ${name}`)
  return cluster
}

/** The output `images` of one that is in these regions. */
function pushed(content: string, ...regions: readonly string[]): { readonly digest: string; readonly images: string } {
  const [service, repository]: readonly [string, string] = ['cart', 'shop/cart']
  const [digest = ''] = regions.map((region) => sandbox.images.seedImage({ region, repository, files: { server: content } }))
  if (!serviceRule.is(service) || !repositoryRule.is(repository) || !digestRule.is(digest)) throw new Error('cart cannot be handed over')
  const image = { repository, regions: Object.values(places).filter((region) => regionRule.is(region)), digest, platforms: { 'linux/amd64': digest }, tags: [], sourceKey: 'key', reused: false, reason: 'new' }
  return { digest, images: encodeImages(new Map([[service, image]])) }
}

const statuses = (end: StepEnd): string[] => [...decodeReleases(end.outputs['releases'] ?? '')].flatMap(([target, services]) => [...services].map(([service, { status }]) => `${target}/${service} ${status}`))
const running = (name: keyof typeof places): string[] => clusterOf(name).objects('Deployment', 'shop').map((object) => String(valueAt(object, 'spec', 'template', 'spec', 'containers', '0', 'image')))

test('two regions are signed in to with one token, and get the image of their own registry and their own values', async () => {
  const { digest, images } = pushed('v1', ...Object.values(places))
  const end = await machine.step({ ...inputs, images })
  expect([end.exitCode, end.outputs['outcome'], statuses(end), tokens.given()]).toEqual([0, 'changed', ['eu/cart healthy', 'us/cart healthy'], 1])
  for (const name of ['eu', 'us'] as const) {
    expect(running(name)).toEqual([`${account}.dkr.ecr.${places[name]}.amazonaws.com/shop/cart@${digest}`])
    expect(JSON.stringify(clusterOf(name).objects('Deployment', 'shop'))).toContain(`"value":"${places[name]}"`)
    expect(end.printed).toMatch(new RegExp(`^\\[${name}/cart\\] healthy: revision 1`, 'm'))
  }
  expect(end.summary.split('\n')[0]).toMatch(/^### Rollout: changed, 1 service in eu and us, /)
  const at = sandbox.ledger.exchanges.length
  const again = await machine.step({ ...inputs, images })
  expect([again.exitCode, again.outputs['outcome'], sandbox.ledger.exchanges.slice(at).filter(({ write }) => write)]).toEqual([0, 'unchanged', []])
})

test('a version that is bad in the second region only is put back there, stays in the first, and the run is partial', async () => {
  const first = pushed('v1', ...Object.values(places))
  await machine.step({ ...inputs, images: first.images })
  const second = pushed('v2', ...Object.values(places))
  clusterOf('us').script((pod) => (JSON.stringify(pod).includes(second.digest) ? { pullMs: 40, crash: { afterMs: 50, exitCode: 3 } } : { pullMs: 40, readyAfterMs: 150 }))
  const end = await machine.step({ ...inputs, images: second.images })
  expect([end.exitCode, end.outputs['outcome'], end.outputs['failure-code'], statuses(end)]).toEqual([1, 'partial', 'container-crashed', ['eu/cart healthy', 'us/cart rolled-back']])
  expect([running('eu'), running('us')]).toEqual([[expect.stringContaining(second.digest)], [expect.stringContaining(first.digest)]])
  expect(end.summary).toMatch(/^### Rollout: partial: healthy in eu, rolled back in us; 1 service, /)
  expect(commandsIn(end.printed).filter((command) => command === 'error')).toHaveLength(1)
})

test('a digest that is not in the second region\'s registry means no write in any', async () => {
  const { images } = pushed('v1', places.eu)
  sandbox.images.createRepository(places.us, 'shop/cart')
  const at = sandbox.ledger.exchanges.length
  const end = await machine.step({ ...inputs, images })
  expect([end.exitCode, end.outputs['outcome'], sandbox.ledger.exchanges.slice(at).filter(({ write }) => write)]).toEqual([1, 'refused', []])
  expect(end.printed).toMatch(/^::error title=image-missing::target us: shop\/cart@sha256:/m)
})
