import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { decodeReleases } from '@slipway/release'
import { GitHubRepository, startGitHub, type RunningServer } from '@slipway/sandbox'
import { account, region, seededImage, startCloud, type Cloud } from './cluster.ts'
import type { Machine, StepEnd } from './machine.ts'

jest.setTimeout(60_000)
let cloud: Cloud
let github: RunningServer
let shop: GitHubRepository
let policy: string
beforeEach(async () => {
  cloud = await startCloud(() => ({ pullMs: 40, readyAfterMs: 150 }))
  shop = new GitHubRepository('acme/shop')
  shop.files = (path, ref) => (path === 'slipway.yml' && ref === 'main' ? policy : undefined)
  github = await startGitHub({ ledger: cloud.sandbox.ledger, repositories: [shop], tokens: new Map([['job', { kind: 'job', rights: ['contents: read'] }]]) })
})
afterEach(async () => {
  await Promise.all([cloud.close(), github.close()])
})

const now = (): number => cloud.sandbox.ledger.exchanges.length
const asked = (since: number): string[] => cloud.sandbox.ledger.exchanges.slice(since).map(({ server, operation }) => `${server} ${operation}`)
const file = (environments: string): string => `version: 1
registry: { account: "${account}", region: ${region} }
services:
  cart:
    image: { repository: shop/cart }
    manifests: { paths: [k8s.yaml] }
    config: { cart-env: { literals: { A: b } } }
environments:
${environments}`
const environment = (name: string, rules: string, namespace = 'staging'): string => `  ${name}: { ${rules}, targets: [{ name: eu, region: ${region}, cluster: nonprod, namespace: ${namespace} }], rollout: { soak: 1s } }\n`
const onRef = (kind: 'heads' | 'tags', name: string, more: Record<string, string> = {}): Record<string, string> => ({ GITHUB_REF: `refs/${kind}/${name}`, GITHUB_REF_NAME: name, GITHUB_API_URL: github.url, ...more })

describe('on a feature branch', () => {
  const inputs = { services: 'cart', environment: 'staging', 'github-token': 'job' }
  let machine: Machine
  beforeEach(() => {
    machine = cloud.machine('k8s-config-sync')
    machine.write('slipway.yml', file(environment('staging', 'branches: [feature]', 'slipway')))
  })

  test('what goes where says the default branch; the commit says what', async () => {
    policy = file(environment('staging', 'branches: [main, feature]')).replace('A: b', 'A: of-main')
    const since = now()
    const end = await machine.step(inputs, onRef('heads', 'feature'))
    expect([end.exitCode, end.outputs['outcome'], asked(since)[0]]).toEqual([0, 'changed', 'github GET contents/slipway.yml'])
    expect(cloud.cluster.objects('ConfigMap', 'staging').map((object) => object['data'])).toEqual([{ A: 'b' }])
    expect(end.printed).toMatch(/::notice.*slipway\.yml of refs\/heads\/feature says something else of the environment staging than the default branch main does/)
  })

  test('a branch that the default branch does not admit is refused, whatever its own file says; nobody else was asked', async () => {
    policy = file(environment('staging', 'branches: [main]'))
    const since = now()
    const end = await machine.step(inputs, onRef('heads', 'feature'))
    expect([end.exitCode, end.outputs['outcome'], asked(since)]).toEqual([1, 'refused', ['github GET contents/slipway.yml']])
    expect(end.printed).toMatch(/::error title=input-conflict::the branch "feature" may not be deployed to staging/)
  })
})

describe('on a tag', () => {
  const commits = new Map<string, string>()
  beforeEach(() => {
    policy = file(environment('production', 'tags: ["v*", "*/v*"]'))
    for (const version of ['v1.3.0', 'v1.4.0', 'v1.5.0']) {
      const commit = shop.commit(version, ['cart/index.js'])
      commits.set(version, commit)
      shop.tag(version, commit, version === 'v1.4.0')
    }
  })

  async function rollOut(tag: string, more: Record<string, string> = {}, commit = commits.get(tag) ?? ''): Promise<StepEnd> {
    const machine = cloud.machine('k8s-rollout')
    machine.write('slipway.yml', file(environment('production', 'tags: ["v*"]')).replace(/^.*config:.*\n/m, ''))
    machine.write('k8s.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  selector: { matchLabels: { app: cart } }\n  template:\n    metadata: { labels: { app: cart } }\n    spec: { containers: [{ name: cart, image: shop/cart }] }\n')
    const { images } = seededImage(cloud.sandbox, 'cart', tag)
    return machine.step({ services: 'all', environment: 'production', images, 'github-token': 'job', ...more }, onRef('tags', tag, { GITHUB_SHA: commit }))
  }
  const running = (end: StepEnd): unknown => [...decodeReleases(end.outputs['releases'] ?? '').values()].flatMap((services) => [...services.values()].map(({ version }) => version)).join()

  test('the tag names the version; an older one follows only where that is said', async () => {
    const first = await rollOut('v1.4.0')
    expect([first.exitCode, first.outputs['outcome'], running(first)]).toEqual([0, 'changed', '1.4.0'])
    expect(running(await rollOut('v1.5.0'))).toBe('1.5.0')
    const since = now()
    const older = await rollOut('v1.3.0')
    expect([older.exitCode, older.outputs['outcome'], cloud.writes(since)]).toEqual([1, 'refused', []])
    expect(older.printed).toMatch(/::error title=downgrade::.*cart runs 1\.5\.0 in eu, and 1\.3\.0 is older/)
    const wanted = await rollOut('v1.3.0', { 'allow-downgrade': 'true' })
    expect([wanted.exitCode, running(wanted)]).toEqual([0, '1.3.0'])
  })

  test('one that was moved while the run waited, and one that is on no release branch, are refused before any sign-in', async () => {
    const side = shop.commit('side', ['a'], { branch: 'side', parents: [commits.get('v1.4.0') ?? ''] })
    shop.tag('v1.4.1', side)
    const since = now()
    const moved = await rollOut('v1.4.0', {}, commits.get('v1.3.0'))
    expect([moved.exitCode, moved.printed]).toEqual([1, expect.stringMatching(/::error title=tag-moved::the tag v1\.4\.0 is not at the commit that this run deploys/)])
    const aside = await rollOut('v1.4.1', {}, side)
    expect([aside.exitCode, aside.printed]).toEqual([1, expect.stringMatching(/::error title=not-released::/)])
    expect(asked(since).filter((one) => !one.startsWith('github '))).toEqual([])
    expect(cloud.cluster.objects('Deployment', 'staging')).toEqual([])
  })

  test('an image is not built for one that was moved either', async () => {
    const machine = cloud.machine('ecr-build-push')
    machine.write('slipway.yml', file(environment('production', 'tags: ["v*"]')))
    machine.write('Dockerfile', 'FROM scratch\nCOPY k8s.yaml /\n')
    machine.write('k8s.yaml', 'x')
    const since = now()
    const end = await machine.step({ services: 'all', environment: 'production', 'github-token': 'job' }, onRef('tags', 'v1.4.0', { GITHUB_SHA: commits.get('v1.3.0') ?? '' }))
    expect([end.exitCode, end.printed]).toEqual([1, expect.stringMatching(/::error title=tag-moved::/)])
    expect(asked(since).filter((one) => !one.startsWith('github '))).toEqual([])
  })
})
