import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEcr, registryHost, signIn } from '@slipway/access'
import { rbacOf, rolesOfTheShop } from '@slipway/demo'
import { accountRule, regionRule } from '@slipway/release'
import * as v from 'valibot'
import { installAwsCli } from './aws-cli.ts'
import { startAws, type Aws } from './aws.ts'
import type { Bed } from './bed.ts'
import { startBuildkit } from './buildkit.ts'
import { goTool } from './go-tools.ts'
import { kubectl, startControlPlane, type Cluster } from './kubernetes.ts'
import { startKwok } from './kwok.ts'
import { pushNodeBase } from './node-base.ts'
import { startNode, type Registry as Mirror } from './node.ts'
import { cleanUpNode } from './node-clean-up.ts'
import { endProcesses, processesOf, stopDaemons } from './processes.ts'
import { startRegistry } from './registry.ts'
import { startSignIn } from './sign-in.ts'
import { step } from './steps.ts'

/** The shop's account, as the documents of rights have it. */
export const account = '111122223333'
/** Each region's cluster. */
export const places = {
  eu: { region: 'eu-west-1', cluster: 'prod-eu' },
  us: { region: 'us-east-1', cluster: 'prod-us' },
} as const
export const namespace = 'staging'
/** Of the shop's database, in every environment. */
export const databasePassword = 'the-password-of-the-shops-database'
/** Where the shop's production is, in every cluster. */
const productionNamespace = 'shop'
/** What a role may do in the account, by docs/iam, and the groups that it has in the clusters. */
const roles = rolesOfTheShop()
const services = ['cart', 'catalog', 'web']

const clusterSchema = v.object({ name: v.picklist(['eu', 'us']), endpoint: v.string(), ca: v.string(), adminToken: v.string(), kubeconfig: v.string(), nodeKubeconfig: v.string() })
const standingSchema = v.object({
  /** Of a job: the account, and the builder of its docker. */
  environment: v.record(v.string(), v.string()),
  clusters: v.object({ eu: clusterSchema, us: clusterSchema }),
  /** The base image of samples, with a shell, by digest. */
  base: v.string(),
  /** The digest of the base image of the shop's services, base/node of the account. */
  nodeBase: v.string(),
})

/** What a test uses of a bed that is up. */
export type Standing = v.InferOutput<typeof standingSchema>

/** Brings everything up, unless it is; what is left of a bed that never stood whole is ended before. */
export async function up(bed: Bed): Promise<Standing> {
  if (!isUp(bed) && processesOf(bed).length > 0) await down(bed)
  return step('the bed is up', async () => {
    const sts = `http://127.0.0.1:${await bed.port('aws')}`
    const clusters = { eu: await startRegion(bed, 'eu', sts), us: await startRegion(bed, 'us', sts) }
    const aws = await startAws(bed, {
      account,
      regions: Object.values(places).map(({ region }) => region),
      clusters: ([['eu', clusters.eu], ['us', clusters.us]] as const).map(([name, { endpoint, ca }]) => ({ name: places[name].cluster, region: places[name].region, endpoint, ca })),
      roles: roles.map(({ name, policy }) => ({ name, ...(policy === undefined ? {} : { policy }) })),
      secrets: Object.values(places).flatMap(({ region }) => ['staging', 'production'].map((environment) => ({ name: `shop/${environment}/cart/db`, region, value: JSON.stringify({ username: 'cart', password: databasePassword }) }))),
      repositories: Object.values(places).flatMap(({ region }) => ['base/node', ...services.map((service) => `shop/${service}`)].map((name) => ({ name, region }))),
    })
    const registries = await mirrors(aws)
    const registry = await startRegistry(bed)
    const buildkit = await startBuildkit(bed, { ecr: aws.ecr, registry })
    await startNode(bed, clusters.eu, { registries, proxy: aws.ecr.url })
    await startKwok(bed, clusters.us)
    // Built here, where nobody's patience ends: no test waits so long.
    await Promise.all([goTool(bed, 'act'), installAwsCli(bed)])
    const nodeBase = await pushNodeBase(bed, aws, { region: places.eu.region, password: registries[0]?.password ?? '' })
    const standing: Standing = { environment: { ...aws.environment, ...buildkit.environment }, clusters, base: registry.base, nodeBase }
    writeFileSync(standingFile(bed), JSON.stringify(standing), { mode: 0o600 })
    return standing
  })
}

/** Ends everything that the bed started, in whatever state it is, and what it left on the machine besides its folders. */
export async function down(bed: Bed): Promise<void> {
  await step('the bed is down', async () => {
    await stopDaemons(bed)
    await cleanUpNode(bed)
    await endProcesses(processesOf(bed))
    rmSync(bed.run, { recursive: true, force: true })
    mkdirSync(bed.run)
  })
}

/** Whether a bed was brought up and not taken down. */
export function isUp(bed: Bed): boolean {
  return existsSync(standingFile(bed))
}

/** @throws Error where no bed is up. */
export function standing(bed: Bed): Standing {
  if (!isUp(bed)) throw new Error('the test bed is not up: `npm run test:real` brings it up, or `node test/real/bed/main.ts up`')
  return v.parse(standingSchema, JSON.parse(readFileSync(standingFile(bed), 'utf8')))
}

/** The account's registries, as the node pulls from them; on EKS a helper of the kubelet gets the password. */
async function mirrors({ ecr, environment }: Aws): Promise<Mirror[]> {
  const { signal } = new AbortController()
  const idToken = (): Promise<string> => Promise.reject(new Error('an administrator has keys'))
  return Promise.all(
    Object.entries(ecr.hosts).map(async ([region, host]) => {
      if (!regionRule.is(region)) throw new Error(`${region} must be ${regionRule.rule}`)
      const session = await signIn({ region, sessionName: 'node', idToken, environment: { ...environment, ...ecr.administrator }, signal })
      const { username, password } = await openEcr(session, { region, signal, onRetry: console.log }).authorization()
      return { host, endpoint: `http://${host}`, username, password }
    }),
  )
}

/** The name that a region's registry has in the account, by which nodes pull from it. */
export function registryOf(region: string): string {
  if (!accountRule.is(account) || !regionRule.is(region)) throw new Error(`${account} or ${region} is a name that AWS does not have`)
  return registryHost(account, region)
}

function standingFile(bed: Bed): string {
  return join(bed.run, 'standing.json')
}

/** A region's cluster, whose rights come from docs/rbac alone. */
async function startRegion(bed: Bed, name: 'eu' | 'us', sts: string): Promise<Cluster> {
  const { cluster: known, region } = places[name]
  const tokenWebhook = await startSignIn(bed, { name, cluster: known, sts, accessEntries: Object.fromEntries(roles.flatMap(({ name: role, groups }) => (groups === undefined ? [] : [[role, groups]]))) })
  const cluster = await startControlPlane(bed, { name, tokenWebhook })
  const environments = [{ environment: 'staging', namespace }, { environment: 'production', namespace: productionNamespace }]
  const namespaces = environments.map((place) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: place.namespace } }))
  const rights = rbacOf(environments.map((place) => ({ ...place, name: `${place.environment}/${name}`, target: name, region, cluster: known })))
  await kubectl(bed, cluster, ['apply', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...namespaces, ...rights] }) })
  return cluster
}
