import { expect, test } from '@jest/globals'
import { accountRule, digestRule, namespaceRule, regionRule, repositoryRule, serviceRule, tagRule } from '../src/index.ts'

test.each([
  ['digest', digestRule, [`sha256:${'0'.repeat(64)}`], ['latest', 'sha256:abc', `sha256:${'A'.repeat(64)}`]],
  ['tag', tagRule, ['a', '_x', 'v1.2.3', 'x'.repeat(128)], ['', '-a', '.a', 'a/b', 'x'.repeat(129)]],
  ['region', regionRule, ['eu-west-1', 'us-gov-east-1', 'ap-southeast-12'], ['eu', 'EU-WEST-1', 'eu-west', '--server=http://evil']],
  ['account', accountRule, ['111122223333'], ['11112222333', '1111222233334']],
  ['repository', repositoryRule, ['ab', 'shop/cart', 'a-b.c_d/e'], ['a', 'Shop/cart', '/shop', 'shop//cart', 'shop/', '-o']],
  ['service', serviceRule, ['cart', 'a1-b'], ['', 'Cart', '-cart', 'cart-', '../etc', 'x'.repeat(54)]],
  ['namespace', namespaceRule, ['staging'], ['kube_system', 'a\n::x']],
] as const)('a %s is told from what is none', (_, rule, good, bad) => {
  expect(good.filter((text) => !rule.is(text))).toEqual([])
  expect(bad.filter((text) => rule.is(text))).toEqual([])
})
