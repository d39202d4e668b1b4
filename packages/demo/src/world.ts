import { startSandbox, type KubernetesServer, type LifeScript, type Sandbox } from '@slipway/sandbox'
import { createRunner, type RunEvent, type Runner } from '@slipway/workflow-runner'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseImages } from './base-images.ts'
import { buildRole, deployRole, rbacOf } from './rights.ts'
import { makeShopRepository, type ShopRepository } from './shop-repository.ts'
import { imageRepository, shop } from './shop.ts'

/** Where the demo's parts come from. */
export interface WorldOptions {
  /** Slipway's own checkout. */
  readonly slipway: string
  /** The folder that becomes the shop's repository. */
  readonly shop: string
  onEvent(event: RunEvent): void
}

/** A cloud, a repository and a runner, ready for the first click. */
export interface World {
  readonly sandbox: Sandbox
  readonly cluster: KubernetesServer
  readonly repository: ShopRepository
  readonly runner: Runner
  /** The passwords in Secrets Manager, by environment: what must never be seen. */
  readonly passwords: ReadonlyMap<string, string>
  /** Tells what happens in the runs from now on; gives what ends it. */
  readonly listen: (listener: (event: RunEvent) => void) => () => void
  /** Ends every server and removes every file. */
  close(): Promise<void>
}

/** Pods live this many times faster than real ones. */
export const speed = 10

/** The user of the shop's database. Too short to be a mask of GitHub's: where it is hidden, an action did it. */
export const databaseUser = 'basket'

/** How long things take in a pod's real life, before it is sped up. */
const life: LifeScript = () => ({ pullMs: 4000, log: ['listening on :8080'] })

/** Starts everything on loopback, with all files in one temporary folder. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { account, region, environments } = shop
  const places = environments.map((environment) => ({ environment, region, cluster: shop.cluster, namespace: environment }))
  const passwords = new Map(environments.map((environment) => [environment, randomBytes(18).toString('base64url')]))
  const listeners = new Set([(event: RunEvent) => { options.onEvent(event) }])
  const folder = await mkdtemp(join(tmpdir(), 'slipway-demo-'))
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0).toReversed()) await each()
  }
  try {
    const repository = await makeShopRepository(options.shop, join(folder, 'shop'))
    const slipway = await asItStands(options.slipway, join(folder, 'slipway'))
    const sandbox = await startSandbox({
      account,
      regions: [region],
      // What the documents of docs/iam and docs/rbac do not grant is denied.
      roles: [buildRole(), ...places.map((place) => deployRole(place.environment, [place]))],
      clusters: [{ name: shop.cluster, region, namespaces: environments, rbac: rbacOf(places) }],
      secrets: [...passwords].map(([environment, password]) => ({ name: `shop/${environment}/cart/db`, region, value: JSON.stringify({ username: databaseUser, password }) })),
      repositories: shop.services.map((service) => ({ region, name: imageRepository(service) })),
      speed,
    })
    closers.push(() => sandbox.close())
    for (const image of baseImages) sandbox.images.seedImage({ ...image, region })
    const cluster = sandbox.clusters.get(shop.cluster)
    if (!cluster) throw new Error(`the sandbox did not start the cluster ${shop.cluster}`)
    cluster.script(life)
    const runner = createRunner({
      repository: { name: shop.repository, path: repository.path },
      repositories: { [shop.slipway]: slipway },
      environment: sandbox.environment(),
      pathPrefix: sandbox.binFolder,
      secrets: {},
      variables: {},
      idToken: (claims, audience) => sandbox.issueIdToken(claims, audience),
      workFolder: join(folder, 'runs'),
      onEvent(event) {
        for (const listener of listeners) listener(event)
      },
    })
    closers.push(() => runner.close())
    const listen: World['listen'] = (listener) => {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    }
    return { sandbox, cluster, repository, runner, passwords, listen, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What a job checks out of Slipway, copied: whoever builds anew meanwhile does not change the story. */
async function asItStands(slipway: string, target: string): Promise<string> {
  const parts = ['.github', 'actions', 'dist'].filter((name) => existsSync(join(slipway, name)))
  await Promise.all(parts.map((name) => cp(join(slipway, name), join(target, name), { recursive: true })))
  return target
}
