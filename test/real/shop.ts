import { createServer } from 'node:http'
import * as v from 'valibot'
import { Machine, type StepEnd } from '../bundles/machine.ts'
import { openBed } from './bed/bed.ts'
import { kubectl } from './bed/kubernetes.ts'
import { account, namespace, places, standing } from './bed/up-down.ts'

/** A service of two replicas on the real node in eu, deployed by the bundles as a runner runs them. */
export interface Shop {
  readonly service: string
  /** A value that its container gets as PASSWORD. */
  readonly secret: string
  /** Its Deployment with an image, as somebody would write it. */
  manifest(image: string): string
  /** Builds an image whose process is this shell script; gives the end of that and the image. */
  build(script: string): Promise<{ build: StepEnd; image: string; digest: string }>
  rollout(image: string, version: string, inputs?: Readonly<Record<string, string>>): Promise<StepEnd>
  deploy(version: string, script: string): Promise<{ build: StepEnd; rollout: StepEnd }>
  rollback(inputs?: Readonly<Record<string, string>>): Promise<StepEnd>
  kubectl(words: readonly string[], input?: string): Promise<string>
  running(): Promise<{ image: string; ready: number }>
  close(): Promise<void>
}

const { region, cluster } = places.eu
const secret = 'the-password-of-the-database'
const deploymentSchema = v.object({
  spec: v.object({ template: v.object({ spec: v.object({ containers: v.tuple([v.object({ image: v.string() })]) }) }) }),
  status: v.object({ readyReplicas: v.optional(v.number(), 0) }),
})

/** The service's name is new each time, so that nothing finds what an earlier run of the tests has left. */
export async function openShop(name: string): Promise<Shop> {
  const bed = openBed()
  const { environment, clusters, base } = standing(bed)
  const service = `${name}-${Date.now().toString(36)}`
  const tokens = await startTokens()
  const job = { ...environment, PATH: process.env['PATH'] ?? '', ACTIONS_ID_TOKEN_REQUEST_URL: tokens.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' }
  const [builder, deployer, rescuer] = [new Machine('ecr-build-push', job), new Machine('k8s-rollout', job), new Machine('rollback', job)] as const
  const place = { cluster, namespace, region, 'registry-account': account, role: `arn:aws:iam::${account}:role/slipway-${namespace}`, services: service, soak: '2s' }
  const ask = (words: readonly string[], input = ''): Promise<string> => kubectl(bed, clusters.eu, ['--namespace', namespace, ...words], { input })
  await ask(['create', 'secret', 'generic', `${service}-db`, `--from-literal=password=${secret}`])
  const manifest = (image: string): string => manifestOf(service, image)
  deployer.write('k8s/deployment.yaml', manifest('shop/cart'))
  let runs = 0
  const nextRun = (): Record<string, string> => {
    runs += 1
    return { GITHUB_RUN_ID: `${Date.now()}`, GITHUB_SHA: String(runs).padStart(40, '0') }
  }
  const shop: Shop = {
    service,
    secret,
    manifest,
    async build(script) {
      builder.write('cart/Dockerfile', `FROM ${base}\nENV MADE_FOR=${service}\nRUN touch /ready\nCMD ["/bin/sh", "-c", ${JSON.stringify(script)}]\n`)
      const build = await builder.step({ repository: 'shop/cart', region, context: 'cart', role: `arn:aws:iam::${account}:role/slipway-build` }, nextRun())
      if (build.exitCode !== 0) throw new Error(build.printed)
      const digest = build.outputs['digest'] ?? ''
      return { build, digest, image: `shop/cart@${digest}` }
    },
    rollout: (image, version, inputs = {}) => deployer.step({ ...place, manifests: 'k8s', image, version, timeout: '90s', ...inputs }, nextRun()),
    async deploy(version, script) {
      const { build, image } = await shop.build(script)
      return { build, rollout: await shop.rollout(image, version) }
    },
    rollback: (inputs = {}) => rescuer.step({ ...place, reason: 'prices are wrong', ...inputs }, nextRun()),
    kubectl: ask,
    async running() {
      const { spec, status } = v.parse(deploymentSchema, JSON.parse(await ask(['get', 'deployment', service, '--output', 'json'])))
      return { image: spec.template.spec.containers[0].image, ready: status.readyReplicas }
    },
    async close() {
      for (const machine of [builder, deployer, rescuer]) machine.close()
      await tokens.close()
      await ask(['delete', 'deployment,secret', service, `${service}-db`, '--ignore-not-found', '--wait=false'])
    },
  }
  return shop
}

function manifestOf(service: string, image: string): string {
  const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: `${service}-db`, key: 'password' } } }]
  const readinessProbe = { exec: { command: ['/bin/test', '-f', '/ready'] }, periodSeconds: 1 }
  const template = { metadata: { labels: { app: service } }, spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'cart', image, env, readinessProbe }] } }
  return JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: service }, spec: { replicas: 2, selector: { matchLabels: { app: service } }, template } })
}

/** The runner's service of OIDC tokens. The emulator of STS looks at none: whom a role trusts is tested on the sandbox. */
async function startTokens(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_, response) => {
    const claims = Buffer.from(JSON.stringify({ sub: `repo:acme/shop:environment:${namespace}`, exp: Date.now() / 1000 + 600 })).toString('base64url')
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ value: `e30.${claims}.none` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/token?`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
      }),
  }
}
