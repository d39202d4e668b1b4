import * as v from 'valibot'
import { Machine, type Disturbance, type StepEnd } from '../bundles/machine.ts'
import { openBed } from './bed/bed.ts'
import { kubectl } from './bed/kubernetes.ts'
import { account, namespace, places, standing } from './bed/up-down.ts'
import { nextRun } from './runs.ts'
import { startTokens } from './tokens.ts'

/** A service of two replicas on the real node in eu, deployed by the bundles as a runner runs them. */
export interface Shop {
  readonly service: string
  /** A value that its container gets as PASSWORD. */
  readonly secret: string
  /** Its Deployment with an image, as somebody would write it. */
  manifest(image: string): string
  /** Builds an image whose process is this shell script; gives the end of that and the image. */
  build(script: string): Promise<{ build: StepEnd; image: string; digest: string }>
  /** The same, of a Dockerfile, with other inputs. */
  buildOf(dockerfile: string, inputs?: Readonly<Record<string, string>>): Promise<{ build: StepEnd; image: string; digest: string }>
  /** What is rolled out from now on, instead of `manifest`. */
  write(manifest: string): void
  rollout(image: string, version: string, inputs?: Readonly<Record<string, string>>, ...disturbances: readonly Disturbance[]): Promise<StepEnd>
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
  const job = { ...environment, PATH: process.env['PATH'] ?? '', ...tokens.environment }
  const [builder, deployer, rescuer] = [new Machine('ecr-build-push', job), new Machine('k8s-rollout', job), new Machine('rollback', job)] as const
  const place = { cluster, namespace, region, 'registry-account': account, role: `arn:aws:iam::${account}:role/slipway-${namespace}`, services: service, soak: '2s' }
  const ask = (words: readonly string[], input = ''): Promise<string> => kubectl(bed, clusters.eu, ['--namespace', namespace, ...words], { input })
  await ask(['create', 'secret', 'generic', `${service}-db`, `--from-literal=password=${secret}`])
  const manifest = (image: string): string => manifestOf(service, image)
  deployer.write('k8s/deployment.yaml', manifest('shop/cart'))
  const shop: Shop = {
    service,
    secret,
    manifest,
    build: (script) => shop.buildOf(`FROM ${base}\nENV MADE_FOR=${service}\nRUN touch /ready\nCMD ["/bin/sh", "-c", ${JSON.stringify(script)}]\n`),
    async buildOf(dockerfile, inputs = {}) {
      builder.write('cart/Dockerfile', dockerfile)
      const build = await builder.step({ repository: 'shop/cart', region, context: 'cart', role: `arn:aws:iam::${account}:role/slipway-build`, ...inputs }, nextRun())
      if (build.exitCode !== 0) throw new Error(build.printed)
      const digest = build.outputs['digest'] ?? ''
      return { build, digest, image: `shop/cart@${digest}` }
    },
    write(text) {
      deployer.write('k8s/deployment.yaml', text)
    },
    rollout: (image, version, inputs = {}, ...disturbances) => deployer.step({ ...place, manifests: 'k8s', image, version, timeout: '90s', ...inputs }, nextRun(), {}, ...disturbances),
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
