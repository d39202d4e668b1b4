import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { decodeImages, tagRule } from '@slipway/release'
import { startSandbox, type Sandbox } from '@slipway/sandbox'
import { actions, attempts, errorsOf, expectInert, expectRefused, plain, startWall, type Wall } from './bench.ts'
import { seededImage } from './cluster.ts'
import type { Machine } from './machine.ts'

jest.setTimeout(60_000)
const region = 'eu-west-1'
const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  selector: { matchLabels: { app: cart } }\n  template:\n    metadata: { labels: { app: cart } }\n    spec: { containers: [{ name: cart, image: shop/cart }] }\n'

function checkOut(machine: Machine): void {
  machine.write('cart/Dockerfile', 'FROM scratch\nCOPY . /\n')
  machine.write('k8s/deployment.yaml', deployment)
}

test('no action works for a run that a stranger may have started', async () => {
  const wall: Wall = await startWall()
  const from = (name: string | null): string => JSON.stringify({ pull_request: { head: { repo: name === null ? null : { full_name: name } } }, workflow_run: { head_repository: { full_name: name } } })
  const started: readonly (readonly [event: string, payload: string])[] = [
    ['pull_request', from('mallory/shop')],
    ['pull_request', from(null)],
    ['pull_request', 'no JSON'],
    ['pull_request_review', from('mallory/shop')],
    ['pull_request_target', from('acme/shop')],
    ['workflow_run', from('mallory/shop')],
  ]
  const table = actions.flatMap((action) =>
    started.map(([event, payload], index) => ({
      action,
      event,
      inputs: { ...plain[action], role: 'arn:aws:iam::111122223333:role/deploy' },
      environment: { GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: `../work/event-${index}.json` },
      prepare: (machine: Machine) => {
        checkOut(machine)
        machine.write(`event-${index}.json`, payload)
      },
    })),
  )
  for (const { attempt: { action }, end } of await attempts(wall, table)) {
    expectRefused(action, end)
    expect(errorsOf(end)).toEqual([expect.stringMatching(/title=event-refused::this run was started by .* Start builds and deploys by push, tag or "Run workflow" in this repository/)])
  }
  await wall.close()
  expect([wall.knocks(), wall.tokens()]).toEqual([0, 0])
})

describe('in a cloud', () => {
  let sandbox: Sandbox
  let environment: Record<string, string>
  beforeAll(async () => {
    sandbox = await startSandbox({ account: '111122223333', regions: [region], clusters: [{ name: 'nonprod', region, namespaces: ['staging', 'slipway'] }], repositories: [{ region, name: 'shop/cart' }] })
    environment = { PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}`, ...sandbox.environment(), ...sandbox.staticCredentials() }
  })
  afterAll(async () => {
    await sandbox.close()
  })
  afterEach(() => {
    sandbox.images.repository(region, 'shop/cart')?.tags.clear()
  })

  test.each([
    { what: 'another account than the expected one', wrong: { 'expected-account': '999988887777' }, told: /title=wrong-account::.*111122223333.*999988887777 is expected/ },
    { what: 'a cluster that does not exist', wrong: { cluster: 'prod' }, told: /title=cluster-missing::.*prod/ },
  ])('credentials of, or inputs for, $what write nothing, and reach no cluster', async ({ wrong, told }) => {
    const at = sandbox.ledger.exchanges.length
    const { digest } = seededImage(sandbox, 'cart')
    const some = actions.filter((action) => action !== 'tag-release' && ('expected-account' in wrong || plain[action]?.['cluster'] !== undefined))
    const table = some.map((action) => ({ action, inputs: { ...plain[action], ...(action === 'k8s-rollout' ? { image: `shop/cart@${digest}` } : {}), ...wrong }, prepare: checkOut }))
    for (const { attempt: { action }, end } of await attempts({ environment: () => environment }, table)) {
      expectRefused(action, end)
      expect(errorsOf(end)).toEqual([expect.stringMatching(told)])
    }
    const exchanges = sandbox.ledger.exchanges.slice(at)
    expect(exchanges.filter(({ write, server }) => write || server.startsWith('kubernetes'))).toEqual([])
  })

  test('branches and tags of every name give legal tags, each its own, and forge nothing', async () => {
    const long = 'x'.repeat(300)
    const refs = ['heads/-evil', 'heads/evil', 'heads/v1..2', 'heads/v1.2', 'heads/v1.lock', `heads/${long}`, `heads/${long}y`, 'heads/\u{1F680}', 'heads/\u{1F6F8}', 'heads/::error::forged', 'heads/a\u00a0##[set-output name=image]x', 'heads/$(id)', 'heads/v1.4.0', 'tags/v1.4.0', 'pull/7/merge', 'heads/pull-7']
    const table = refs.map((ref) => ({
      action: 'ecr-build-push',
      ref,
      inputs: plain['ecr-build-push'] ?? {},
      environment: { GITHUB_REF: `refs/${ref}`, GITHUB_REF_NAME: ref.replace(/^[a-z]+\//, ''), GITHUB_HEAD_REF: '::error::forged\n##[add-mask]x' },
      prepare: checkOut,
    }))
    const tagsOf = new Map<string, readonly string[]>()
    const [first, ...others] = table
    for (const { attempt, end } of [...(first ? await attempts({ environment: () => environment }, [first]) : []), ...(await attempts({ environment: () => environment }, others))]) {
      expect([attempt.ref, end.exitCode, end.outputs['outcome']]).toEqual([attempt.ref, 0, 'changed'])
      expectInert(attempt.action, end)
      tagsOf.set(attempt.ref, [...decodeImages(end.outputs['images'] ?? '').values()].flatMap(({ tags }) => tags))
    }
    const all = [...tagsOf.values()].flat()
    expect(all.filter((tag) => !tagRule.is(tag))).toEqual([])
    expect(new Set(all).size).toBe(all.length)
    expect(tagsOf.get('tags/v1.4.0')).toEqual(['v1.4.0'])
    expect([...(sandbox.images.repository(region, 'shop/cart')?.tags.keys() ?? [])]).toEqual(expect.arrayContaining(all))
  })

  test('git tags that name no version put no tag, and one too long for a tag is told', async () => {
    const of = (tag: string) => ({ action: 'ecr-build-push', tag, inputs: plain['ecr-build-push'] ?? {}, environment: { GITHUB_REF: `refs/tags/${tag}`, GITHUB_REF_NAME: tag }, prepare: checkOut })
    const [tooLong, ...none] = await attempts({ environment: () => environment }, [of(`v1.2.${'3'.repeat(300)}`), ...['-evil', 'v1..2', 'v1.lock', '01.2.3', 'v1', '\u{1F680}', '::error::forged'].map(of)])
    if (tooLong) {
      expectRefused('ecr-build-push', tooLong.end)
      expect(errorsOf(tooLong.end)).toEqual([expect.stringMatching(/title=tag-invalid::.*v1\.2\.333.*1 to 128/)])
    }
    for (const { attempt, end } of none) {
      expect([attempt.tag, end.exitCode]).toEqual([attempt.tag, 0])
      expectInert('ecr-build-push', end)
      expect(end.printed).toContain('names no version')
    }
    expect([...(sandbox.images.repository(region, 'shop/cart')?.tags.keys() ?? [])].filter((tag) => !/^(?:content|cache)-/.test(tag))).toEqual([])
  })
})
