import { afterEach, expect, test } from '@jest/globals'
import { registryHost } from '@slipway/access'
import { accountRule, regionRule } from '@slipway/release'
import { account, places } from './bed/up-down.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
afterEach(() => shop.close())

/** The name by which the node pulls an image. */
function pulled(image: string): string {
  const { region } = places.eu
  if (!accountRule.is(account) || !regionRule.is(region)) throw new Error('no account, or no region')
  return `${registryHost(account, region)}/${image}`
}

/** How the service came to the cluster before Slipway, with a field that our manifest does not name. */
const ways: Readonly<Record<string, readonly string[]>> = {
  'client-side apply': ['apply', '--filename', '-'],
  'server-side apply of another': ['apply', '--server-side', '--field-manager', 'platform-team', '--filename', '-'],
}

const manifestBefore = (image: string): string => shop.manifest(pulled(image)).replace('"spec":{"replicas":2', '"spec":{"minReadySeconds":1,"replicas":2')

test.each(Object.entries(ways))('a service that came by %s is refused, planned, taken over, and put back to what ran before', async (_, words) => {
  shop = await openShop('old')
  const before = await shop.build('exec sleep 3600')
  await shop.kubectl(words, manifestBefore(before.image))
  await shop.kubectl(['rollout', 'status', 'deployment', shop.service, '--timeout', '60s'])

  const refused = await shop.rollout(before.image, '1.0.0')
  expect([refused.exitCode, refused.outputs['outcome']]).toEqual([1, 'refused'])
  expect(refused.printed).toMatch(words.includes('--server-side') ? /platform-team/ : /kubectl-client-side-apply/)

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
  expect(await shop.kubectl(['get', 'deployment', shop.service, '--output', 'jsonpath={.spec.minReadySeconds}'])).toBe('')
}, 180_000)
