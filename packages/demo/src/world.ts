import { GitHubFolder, startGitHub, startSandbox, type KubernetesServer, type LifeScript, type Sandbox } from '@slipway/sandbox'
import { createRunner, type RunEvent, type Runner } from '@slipway/workflow-runner'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseImages } from './base-images.ts'
import { environments, places, type Clusters } from './places.ts'
import { rbacOf, rolesOfTheShop } from './rights.ts'
import { livesBySettings } from './settings-life.ts'
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
  readonly clusters: Clusters
  /** The cluster of all environments before production. */
  readonly cluster: KubernetesServer
  /** The shop on disk; GitHub has what is committed. */
  readonly repository: ShopRepository
  readonly github: GitHubFolder
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
  const { account, region, regions } = shop
  const passwords = new Map(environments.map((environment) => [environment, randomBytes(18).toString('base64url')]))
  const listeners = new Set([(event: RunEvent) => { options.onEvent(event) }])
  const folder = await mkdtemp(join(tmpdir(), 'slipway-demo-'))
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0).toReversed()) await each()
  }
  try {
    const onDisk = await makeShopRepository(options.shop, join(folder, 'shop'))
    const github = new GitHubFolder(shop.repository, onDisk.path)
    github.workflows.set(shop.productionWorkflow, { tags: /^([^/]+\/)?v/, dispatch: true })
    const repository: ShopRepository = {
      ...onDisk,
      async change(change) {
        const commit = await onDisk.change(change)
        github.pushed()
        return commit
      },
    }
    const slipway = await asItStands(options.slipway, join(folder, 'slipway'))
    const sandbox = await startSandbox({
      account,
      regions,
      roles: rolesOfTheShop(),
      clusters: [...Map.groupBy(places, ({ cluster }) => cluster)].map(([name, own]) => ({ name, region: own[0]?.region ?? region, namespaces: own.map(({ namespace }) => namespace), rbac: rbacOf(own) })),
      secrets: places.map((place) => ({ name: `shop/${place.environment}/cart/db`, region: place.region, value: JSON.stringify({ username: databaseUser, password: passwords.get(place.environment) }) })),
      repositories: regions.flatMap((each) => shop.services.map((service) => ({ region: each, name: imageRepository(service) }))),
      speed,
    })
    closers.push(() => sandbox.close())
    for (const image of baseImages) sandbox.images.seedImage({ ...image, region })
    const { clusters } = sandbox
    const cluster = clusters.get(shop.cluster)
    if (!cluster) throw new Error(`the sandbox did not start the cluster ${shop.cluster}`)
    const bySettings = await livesBySettings(repository.path)
    for (const each of clusters.values()) {
      each.script(life)
      each.script(bySettings(each))
    }
    // The one token that the runner gives a run has the rights of the job that asks for most.
    const api = await startGitHub({ ledger: sandbox.ledger, repositories: [github], tokens: { get: () => ({ kind: 'job', rights: ['contents: write', 'actions: write'] }) } })
    closers.push(() => api.close())
    const runner = createRunner({
      repository: { name: shop.repository, path: repository.path },
      repositories: { [shop.slipway]: slipway },
      environment: { ...sandbox.environment(), GITHUB_API_URL: api.url },
      environments: { production: { tags: ['v*', '*/v*'] }, 'production-rollback': { branches: ['main'] } },
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
    return { sandbox, clusters, cluster, repository, github, runner, passwords, listen, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What a job checks out of Slipway, copied: whoever builds anew meanwhile does not change the story. */
async function asItStands(slipway: string, target: string): Promise<string> {
  const parts = ['.github', 'actions', 'dist'].filter((name) => existsSync(join(slipway, name)))
  // A runner needs no action's sources; every job checks the rest out.
  const filter = (path: string): boolean => !/[/\\]actions[/\\][^/\\]+[/\\](src|test)$/.test(path)
  await Promise.all(parts.map((name) => cp(join(slipway, name), join(target, name), { recursive: true, filter })))
  return target
}
