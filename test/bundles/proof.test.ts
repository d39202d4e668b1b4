import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { decodeImages } from '@slipway/release'
import { startSandbox, type Sandbox } from '@slipway/sandbox'
import { account, region, startTokens, valueAt, type Tokens } from './cluster.ts'
import { Machine, type StepEnd } from './machine.ts'

jest.setTimeout(60_000)
const role = (name: string): string => `role: "arn:aws:iam::${account}:role/${name}"`
const project = `version: 1
registry: { account: "${account}", region: ${region}, ${role('build')} }
services:
  cart:
    image: { repository: shop/cart, context: cart }
    manifests: { paths: [k8s.yaml] }
environments:
  staging:
    rollout: { soak: 0s }
    targets: [{ name: eu, region: ${region}, cluster: nonprod, namespace: staging, ${role('staging')} }]
  production:
    requires: { environment: staging, ${role('read')} }
    rollout: { soak: 0s }
    targets: [{ name: eu, region: ${region}, cluster: prod, namespace: shop, ${role('production')} }]
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

let sandbox: Sandbox
let tokens: Tokens
let machines: Record<'build' | 'rollout' | 'rollback', Machine>
beforeEach(async () => {
  sandbox = await startSandbox({
    account,
    regions: [region],
    clusters: [
      { name: 'nonprod', region, namespaces: ['staging', 'slipway'] },
      { name: 'prod', region, namespaces: ['shop', 'slipway'] },
    ],
    roles: ['build', 'staging', 'read', 'production'].map((name) => ({ name, trust: ['repo:acme/shop:environment:staging'] })),
    repositories: [{ region, name: 'shop/cart' }],
    speed: 40,
  })
  for (const cluster of sandbox.clusters.values()) cluster.script(() => ({ pullMs: 40, readyAfterMs: 150 }))
  tokens = await startTokens(sandbox)
  const environment = { PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}`, ...sandbox.environment(), ...tokens.environment }
  machines = { build: new Machine('ecr-build-push', environment), rollout: new Machine('k8s-rollout', environment), rollback: new Machine('rollback', environment) }
  for (const machine of Object.values(machines)) {
    machine.write('slipway.yml', project)
    machine.write('k8s.yaml', manifest)
    machine.write('cart/Dockerfile', 'FROM scratch\nCOPY server.js /app/\n')
    machine.write('cart/server.js', 'v1')
  }
})
afterEach(async () => {
  for (const machine of Object.values(machines)) machine.close()
  await Promise.all([tokens.close(), sandbox.close()])
})

const build = (environment: string, more: Readonly<Record<string, string>> = {}): Promise<StepEnd> => machines.build.step({ services: 'cart', environment, ...more })
const rollOut = (environment: string, images: string, more: Readonly<Record<string, string>> = {}, run = '42'): Promise<StepEnd> => machines.rollout.step({ services: 'cart', environment, images, ...more }, { GITHUB_RUN_ID: run })
const imagesOf = ({ outputs }: StepEnd): string => outputs['images'] ?? ''
const digestIn = (images: string): string => [...decodeImages(images).values()][0]?.digest ?? ''
const asked = (at: number, ...servers: readonly string[]): string[] => sandbox.ledger.exchanges.slice(at).flatMap(({ server, operation }) => (servers.includes(server) ? [operation] : []))
const codeOf = ({ outputs }: StepEnd): unknown => valueAt(JSON.parse(outputs['result'] ?? '{}'), 'failures', '0', 'code')

/** Builds the image, and has staging prove it. */
async function proven(): Promise<string> {
  const built = imagesOf(await build('staging'))
  expect((await rollOut('staging', built)).outputs['outcome']).toBe('changed')
  return built
}

test('production takes the very digest that staging has proven: no build, no look-up, and of staging only its records', async () => {
  const built = await proven()
  const at = sandbox.ledger.exchanges.length
  const taken = await build('production')
  expect([taken.exitCode, digestIn(imagesOf(taken))]).toEqual([0, digestIn(built)])
  expect(asked(at, 'ecr', 'registry')).toEqual([])
  expect([...new Set(asked(at, 'kubernetes:nonprod').filter((operation) => /configmaps|leases|deployments|pods|secrets/.test(operation)))]).toHaveLength(2) // one LIST, one GET
  expect(sandbox.ledger.exchanges.slice(at).filter(({ write }) => write)).toEqual([])
  expect((await rollOut('production', imagesOf(taken))).outputs['outcome']).toBe('changed')
  expect(JSON.stringify(sandbox.clusters.get('prod')?.objects('Deployment', 'shop'))).toContain(`@${digestIn(built)}`)
})

test('what staging has not proven is refused by the build and by the rollout, before anything is written', async () => {
  await proven()
  const at = sandbox.ledger.exchanges.length
  machines.build.write('cart/server.js', 'v2')
  const refused = await build('production')
  expect([refused.exitCode, refused.outputs['outcome'], codeOf(refused)]).toEqual([1, 'refused', 'not-proven'])
  expect(refused.printed).toContain('Deploy this commit to staging first')
  expect(sandbox.ledger.exchanges.slice(at).filter(({ write }) => write)).toEqual([])
  const built = imagesOf(await build('staging'))
  const before = sandbox.ledger.exchanges.length
  const kept = await rollOut('production', built)
  expect([kept.outputs['outcome'], codeOf(kept)]).toEqual(['refused', 'not-proven'])
  expect(sandbox.ledger.exchanges.slice(before).filter(({ write }) => write)).toEqual([])
  const letIn = await rollOut('production', built, { 'allow-unproven': 'a fire' })
  expect([letIn.outputs['outcome'], letIn.summary.includes('a fire')]).toEqual(['changed', true])
})

test('what was undone in staging is no proof any more', async () => {
  await proven()
  machines.build.write('cart/server.js', 'v2')
  const worse = imagesOf(await build('staging'))
  expect((await rollOut('staging', worse, {}, '43')).outputs['outcome']).toBe('changed')
  expect((await machines.rollback.step({ environment: 'staging', reason: 'prices are wrong' })).outputs['outcome']).toBe('rolled-back')
  const refused = await build('production')
  expect([codeOf(refused), refused.printed.includes('prices are wrong')]).toEqual(['not-proven', true])
})
