import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { startAws } from './aws.ts'
import type { Bed } from './bed.ts'
import { kubectl, startControlPlane, type Cluster } from './kubernetes.ts'
import { cleanUpNode } from './node-clean-up.ts'
import { endProcesses, processesOf, stopDaemons } from './processes.ts'
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
const roles = { 'slipway-staging': ['slipway-deploy', `slipway-deploy-${namespace}`], 'slipway-staging-read': ['slipway-read'] }

const clusterSchema = v.object({ name: v.picklist(['eu', 'us']), endpoint: v.string(), ca: v.string(), adminToken: v.string(), kubeconfig: v.string(), nodeKubeconfig: v.string() })
const standingSchema = v.object({ environment: v.record(v.string(), v.string()), clusters: v.object({ eu: clusterSchema, us: clusterSchema }) })

/** What a test uses of a bed that is up. */
export type Standing = v.InferOutput<typeof standingSchema>

/** Brings everything up that is not. */
export async function up(bed: Bed): Promise<Standing> {
  return step('the bed is up', async () => {
    const sts = `http://127.0.0.1:${await bed.port('aws')}`
    const clusters = { eu: await startRegion(bed, 'eu', sts), us: await startRegion(bed, 'us', sts) }
    const { environment } = await startAws(bed, {
      account,
      regions: Object.values(places).map(({ region }) => region),
      clusters: ([['eu', clusters.eu], ['us', clusters.us]] as const).map(([name, { endpoint, ca }]) => ({ name: places[name].cluster, region: places[name].region, endpoint, ca })),
      roles: Object.keys(roles).map((name) => ({ name })),
      secrets: [],
      repositories: Object.values(places).map(({ region }) => ({ name: 'shop/cart', region })),
    })
    const standing: Standing = { environment: { ...environment }, clusters }
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

function standingFile(bed: Bed): string {
  return join(bed.run, 'standing.json')
}

/** A region's cluster, whose rights come from docs/rbac alone. */
async function startRegion(bed: Bed, name: 'eu' | 'us', sts: string): Promise<Cluster> {
  const tokenWebhook = await startSignIn(bed, { name, cluster: places[name].cluster, sts, accessEntries: roles })
  const cluster = await startControlPlane(bed, { name, tokenWebhook })
  const documents = join(import.meta.dirname, '..', '..', '..', 'docs', 'rbac')
  await kubectl(bed, cluster, ['apply', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }) })
  for (const file of ['records.yaml', 'deploy.yaml', 'read.yaml']) await kubectl(bed, cluster, ['apply', '-f', join(documents, file)])
  return cluster
}
