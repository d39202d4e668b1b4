import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { places, rbacOf, rolesOfTheShop } from '@slipway/demo'
import { GitHubFolder, startGitHub, startSandbox, type Sandbox } from '@slipway/sandbox'
import { createRunner, type Runner } from '@slipway/workflow-runner'
import { baseImages } from './base-images.ts'

const root = join(import.meta.dirname, '../..')
const account = '111122223333'
const [home, other] = ['eu-west-1', 'us-east-1']

/** The shop on GitHub, the workflow runner, and a cloud with its clusters in two regions; prod-us lacks the namespace. */
export interface ProductionWorld {
  readonly sandbox: Sandbox
  readonly runner: Runner
  /** Makes a tag of the newest commit. */
  tag(name: string): void
  /** What was written on any server of this name since a position in the ledger, any at all where none is named. */
  writes(since: number, server?: RegExp): string[]
  close(): Promise<void>
}

/** Pods live a hundred times faster. Nobody may do more than docs/iam and docs/rbac grant. */
export async function startProductionWorld(): Promise<ProductionWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'production-'))
  const shop = join(folder, 'shop')
  cpSync(join(root, 'examples/shop'), shop, { recursive: true })
  for (const part of ['.github', 'actions', 'dist']) cpSync(join(root, part), join(folder, 'slipway', part), { recursive: true })
  writeFileSync(join(shop, 'slipway.yml'), readFileSync(join(shop, 'slipway.yml'), 'utf8').replaceAll('soak: 1s', 'soak: 0s'))
  const git = (...args: string[]): Buffer => execFileSync('git', ['-C', shop, '-c', 'user.name=alice', '-c', 'user.email=alice@acme.example', ...args])
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'The shop')
  const github = new GitHubFolder('acme/shop', shop)
  github.workflows.set('deploy-production.yml', { tags: /^(?:[^/]+\/)?v/, dispatch: true })
  const sandbox = await startSandbox({
    account,
    regions: [home, other],
    roles: rolesOfTheShop(),
    clusters: [
      { name: 'nonprod', region: home, namespaces: ['staging'], rbac: rbacOf(places.filter(({ name }) => name === 'staging')) },
      { name: 'prod-eu', region: home, namespaces: ['shop'], rbac: rbacOf(places.filter(({ cluster }) => cluster === 'prod-eu')) },
      { name: 'prod-us', region: other, namespaces: [], rbac: rbacOf(places.filter(({ cluster }) => cluster === 'prod-us')) },
    ],
    repositories: [home, other].map((region) => ({ region, name: 'shop/web' })),
    speed: 100,
  })
  for (const image of baseImages) sandbox.images.seedImage(image)
  for (const cluster of sandbox.clusters.values()) cluster.script(() => ({ pullMs: 100, log: [] }))
  const api = await startGitHub({ ledger: sandbox.ledger, repositories: [github], tokens: { get: () => ({ kind: 'job', rights: ['contents: write', 'actions: write'] }) } })
  const runner = createRunner({
    repository: { name: 'acme/shop', path: shop },
    repositories: { 'acme/slipway': join(folder, 'slipway') },
    environment: { ...sandbox.environment(), GITHUB_API_URL: api.url },
    environments: { production: { tags: ['v*', '*/v*'] } },
    pathPrefix: sandbox.binFolder,
    secrets: {},
    variables: {},
    idToken: (claims, audience) => sandbox.issueIdToken(claims, audience),
    workFolder: join(folder, 'runs'),
    onEvent: () => undefined,
  })
  return {
    sandbox,
    runner,
    tag(name) {
      git('tag', name)
      github.pushed()
    },
    writes: (since, named = /./) => sandbox.ledger.exchanges.slice(since).flatMap(({ server, operation, write }) => (write && named.test(server) ? [`${server} ${operation}`] : [])),
    async close() {
      await Promise.all([runner.close(), api.close(), sandbox.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
