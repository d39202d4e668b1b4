import { afterEach, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { places, registryOf } from './bed/up-down.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
afterEach(() => shop.close())

/** The name by which the node pulls an image. */
function pulled(image: string): string {
  return `${registryOf(places.eu.region)}/${image}`
}

interface Way {
  readonly words: readonly string[]
  /** What the refusal says of the owner. */
  readonly owner: RegExp
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

/** How the service came to the cluster before Slipway. */
const ways: Readonly<Record<string, Way>> = {
  'client-side apply': { words: ['apply', '--filename', '-'], owner: /kubectl-client-side-apply \(Update/ },
  'server-side apply of another': { words: ['apply', '--server-side', '--field-manager', 'platform-team', '--filename', '-'], owner: /platform-team \(Apply/ },
  Helm: {
    words: ['create', '--field-manager', 'helm', '--filename', '-'],
    owner: /helm \(Update.*it is of the Helm release cart in staging/,
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'cart', 'meta.helm.sh/release-namespace': 'staging' },
  },
}

/** With a field that our manifest does not name. */
function manifestBefore(image: string, { labels, annotations }: Way): string {
  const { metadata, spec, ...manifest } = v.parse(v.looseObject({ metadata: v.looseObject({}), spec: v.looseObject({}) }), JSON.parse(shop.manifest(pulled(image))))
  return JSON.stringify({ ...manifest, metadata: { ...metadata, labels, annotations }, spec: { ...spec, minReadySeconds: 1 } })
}

test.each(Object.entries(ways))('a service that came by %s is refused, planned, taken over, and put back to what ran before', async (_, way) => {
  shop = await openShop('old')
  const before = await shop.build('exec sleep 3600')
  await shop.kubectl(way.words, manifestBefore(before.image, way))
  await shop.kubectl(['rollout', 'status', 'deployment', shop.service, '--timeout', '60s'])

  const refused = await shop.rollout(before.image, '1.0.0')
  expect([refused.exitCode, refused.outputs['outcome']]).toEqual([1, 'refused'])
  expect(refused.printed).toMatch(way.owner)

  const planned = await shop.rollout(before.image, '1.0.0', { adopt: 'plan' })
  expect(planned.exitCode === 0 ? planned.outputs['outcome'] : planned.printed).toBe('planned')
  expect(planned.summary).toContain('minReadySeconds')
  expect(await shop.kubectl(['get', 'deployment', shop.service, '--output', 'jsonpath={.metadata.labels.slipway\\.dev/service}'])).toBe('')

  const bad = await shop.build('exit 3')
  const broken = await shop.rollout(bad.image, '1.0.0', { adopt: 'take' })
  expect([broken.exitCode, broken.outputs['outcome']]).toEqual([1, 'rolled-back'])
  expect(await shop.running()).toEqual({ image: pulled(before.image), ready: 2 })
  expect(await shop.kubectl(['get', 'deployment', shop.service, '--output', 'jsonpath={.spec.minReadySeconds}'])).toBe('1')

  const next = await shop.build('echo next; exec sleep 3600')
  const taken = await shop.rollout(next.image, '1.0.1', { adopt: 'take' })
  expect(taken.exitCode === 0 ? taken.outputs['outcome'] : taken.printed).toBe('changed')
  expect(await shop.running()).toEqual({ image: pulled(next.image), ready: 2 })
  expect(await shop.kubectl(['get', 'deployment', shop.service, '--output', 'jsonpath={.spec.minReadySeconds}{.metadata.annotations.meta\\.helm\\.sh/release-name}'])).toBe('')
}, 180_000)
