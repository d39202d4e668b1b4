import { expect, test } from '@jest/globals'
import { makePlan, parseProject, readShared, type Plan } from '@slipway/project'
import { Problems } from '@slipway/report'
import { readCommon } from '../src/common-inputs.ts'
import { releaseRules } from '../src/release-rules.ts'

const target = 'targets: [{ name: eu, region: eu-west-1, cluster: main, namespace: shop }]'
const project = parseProject(`version: 1
services: { cart: {} }
environments:
  production: { tags: ["v*", "*/v*"], branches: [hotfix], release-branch: release/1, ${target} }
  staging: { branches: [main], ${target} }
`, 'slipway.yml')

function planOf(environment: string, ref: string): Plan {
  const plan = makePlan(project, readShared({ values: { services: 'cart', environment } }, new Problems()), { ref, refName: ref.replace(/^refs\/\w+\//, '') })
  if (plan === undefined) throw new Error('there is no plan')
  return plan
}

function rulesOf(environment: string, ref: string, values: Record<string, string> = {}): { rules: ReturnType<typeof releaseRules>; told: string[] } {
  const problems = new Problems()
  const common = readCommon(values, readShared({ values }, problems), { images: false, config: false }, problems)
  return { rules: releaseRules(planOf(environment, ref), common, problems), told: problems.all.map(({ what }) => what) }
}

test('a tag names the version, and what it must be held against', () => {
  expect(rulesOf('production', 'refs/tags/cart/v1.4.0')).toEqual({ rules: { version: '1.4.0', refusesDowngrade: true, tag: { name: 'cart/v1.4.0', version: '1.4.0', service: 'cart', branch: 'release/1' } }, told: [] })
  expect(rulesOf('production', 'refs/tags/v1.4.0', { version: '1.4.0' }).told).toEqual([])
  expect(rulesOf('production', 'refs/tags/v1.4.0', { version: '9.0.0' }).told).toEqual(['the input "version" is 9.0.0, but the tag v1.4.0 is deployed'])
})

test('nothing older follows where tags are deployed, unless that is said', () => {
  expect(rulesOf('production', 'refs/heads/hotfix', { version: 'x' }).rules).toEqual({ version: 'x', refusesDowngrade: true })
  expect(rulesOf('production', 'refs/tags/v1.4.0', { 'allow-downgrade': 'true' }).rules.refusesDowngrade).toBe(false)
  expect(rulesOf('staging', 'refs/heads/main').rules).toEqual({ refusesDowngrade: false })
})
