import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { findProof } from '@slipway/delivery'
import { parseProject, type RequiredEnvironment } from '@slipway/project'
import { environmentRule, type ProofWish } from '@slipway/release'
import type { GitHubRepository } from '@slipway/sandbox'
import type { Requirement } from '../src/settings.ts'
import { tagsOf, World, type Ended, type Wanted } from './world.ts'

const project = (more = ''): string => `version: 1
registry: { account: "111122223333", region: eu-west-1 }
services:
  cart: { image: { repository: shop/cart, context: cart }, manifests: { paths: [k8s] } }
  web: { image: { repository: shop/web, context: web }, manifests: { paths: [k8s] } }
  batch: { manifests: { paths: [k8s] } }
environments:
  staging: { targets: [{ name: eu, region: eu-west-1, cluster: nonprod, namespace: staging }] }
  production: { requires: { environment: staging, role: "arn:aws:iam::111122223333:role/read" }, targets: [{ name: eu, region: eu-west-1, cluster: prod, namespace: shop }] }
${more}`

const world = new World()
let shop: GitHubRepository
let workspace: string
let asked: { wishes: readonly ProofWish[]; required: RequiredEnvironment }[]
beforeAll(() => world.open())
afterAll(() => world.close())
beforeEach(() => {
  shop = world.repository()
  asked = []
  workspace = mkdtempSync(join(tmpdir(), 'tag-'))
  for (const name of ['cart', 'web']) {
    mkdirSync(join(workspace, name))
    writeFileSync(join(workspace, name, 'Dockerfile'), 'FROM scratch\nCOPY . .\n')
  }
})
afterEach(() => {
  rmSync(workspace, { recursive: true })
})

function requirement(role?: string): Requirement {
  const environment = 'staging'
  if (!environmentRule.is(environment)) throw new Error(environment)
  return { environment, projectFile: 'slipway.yml', ...(role === undefined ? {} : { role }) }
}

/** A release of a commit that is checked out, where staging has records of nothing, or proves whatever is asked. */
function release(proves: boolean, more: Wanted = {}, { role, text = project(), checkedOut }: { role?: string; text?: string; checkedOut?: string } = {}): Promise<Ended> {
  const commit = shop.commit('feat: x', ['cart/a'])
  return world.release({
    ...more,
    requires: requirement(role),
    proof: {
      checkout: { workspace, platform: 'linux/amd64', umask: 0o022 },
      checkedOut: () => Promise.resolve(checkedOut ?? commit),
      project: () => Promise.resolve(parseProject(text, 'slipway.yml')),
      async findProof(wishes, required) {
        asked.push({ wishes, required })
        return proves ? { proven: new Map(), unproven: new Map() } : findProof(wishes, { environment: required.name, repository: 'acme/shop' }, [])
      },
    },
  })
}

test('a commit that is proven is tagged; each image of the project is asked for, with the role that requires them', async () => {
  const { outcome } = await release(true)
  expect([outcome, Object.keys(tagsOf(shop))]).toEqual(['changed', ['v1.0.0']])
  expect(asked.map(({ wishes, required }) => [wishes.map(({ service }) => service), required.targets.map(({ role }) => role)])).toEqual([[['cart', 'web'], ['arn:aws:iam::111122223333:role/read']]])
})

test('a version of one service needs the proof of that service alone, and one without an image needs none', async () => {
  await release(true, { service: 'cart', paths: ['cart'] })
  await release(true, { service: 'batch', paths: ['cart'] })
  expect(asked.map(({ wishes }) => wishes.map(({ service }) => service))).toEqual([['cart'], []])
})

test('a commit that is not proven is refused for every service at once, and nothing is tagged', async () => {
  const { outcome, failures, told } = await release(false)
  expect([outcome, failures, tagsOf(shop)]).toEqual(['refused', ['not-proven', 'not-proven'], {}])
  expect(told).toMatch(/cart is not proven in staging.*was never deployed/)
})

test.each<{ what: string; options: Parameters<typeof release>[2]; told: RegExp }>([
  { what: 'another commit is checked out', options: { checkedOut: 'b'.repeat(40) }, told: /is to be released, but bbbbbbb is checked out/ },
  { what: 'another role is given', options: { role: 'arn:aws:iam::111122223333:role/other' }, told: /the input "role" is .*role\/other.*, but the records of staging are read with arn:aws:iam::111122223333:role\/read/ },
  { what: 'no role is known', options: { text: project().replace(/requires: .*?}, /, '') }, told: /nothing says with which role the records of staging are read/ },
  { what: 'the environment is not there', options: { text: project().replace('staging:', 'uat:').replace('environment: staging', 'environment: uat') }, told: /there is no environment "staging"/ },
  { what: 'a context is not there', options: { text: project().replace('context: web', 'context: absent') }, told: /the build context "absent" does not exist/ },
])('where $what it is refused before anybody is asked', async ({ options, told }) => {
  const end = await release(true, {}, options)
  expect([end.outcome, asked, tagsOf(shop)]).toEqual(['refused', [], {}])
  expect(end.told).toMatch(told)
})
