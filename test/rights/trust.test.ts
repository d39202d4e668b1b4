import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startSandbox, type Sandbox } from '@slipway/sandbox'
import { policyOf, readDocuments } from './documents.ts'
import { account, region } from './world.ts'

const { iam } = readDocuments()
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ account, regions: [region], roles: Object.entries(policyOf).map(([name, file]) => ({ name, trust: { ...iam.get(`trust-${file}`) } })) })
})
afterAll(async () => {
  await sandbox.close()
})

type RoleName = keyof typeof policyOf

/** What STS answers a job that wants to be a role. */
async function assumed(role: string, claims: Readonly<Record<string, string>>, audience = 'sts.amazonaws.com'): Promise<string> {
  const WebIdentityToken = await sandbox.issueIdToken(claims, audience)
  const form = { Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 'slipway-42', WebIdentityToken }
  const answer = await fetch(sandbox.url, { method: 'POST', body: new URLSearchParams(form) })
  return answer.ok ? 'assumed' : (/<Code>(.+)<\/Code>/.exec(await answer.text())?.[1] ?? '')
}

const ours = (workflow: string): string => `acme/slipway/.github/workflows/${workflow}.yml@refs/tags/v1`
const repositories = ['repo:acme/shop', 'repo:acme@1234567/shop@89012345']

const trusted: [RoleName, string, string, string][] = [
  ['slipway-build', 'a branch', 'ref:refs/heads/main', 'deploy'],
  ['slipway-build', 'a branch of a feature', 'ref:refs/heads/feature/a', 'deploy'],
  ['slipway-build', 'a version tag', 'ref:refs/tags/v1.4.0', 'deploy'],
  ['slipway-build', 'a version tag of one service', 'ref:refs/tags/cart/v1.4.0', 'deploy'],
  ['slipway-staging', 'its environment, in a deploy', 'environment:staging', 'deploy'],
  ['slipway-staging', 'its environment, in a rollback', 'environment:staging', 'rollback'],
  ['slipway-staging-read', 'the environment that requires it', 'environment:production', 'deploy'],
  ['slipway-staging-read', 'a version tag', 'ref:refs/tags/v1.4.0', 'deploy'],
  ['slipway-staging-read', 'a version tag of one service', 'ref:refs/tags/cart/v1.4.0', 'deploy'],
  ['slipway-staging-read', 'the default branch, where a release is tagged', 'ref:refs/heads/main', 'tag-release'],
]

test.each(trusted)('%s trusts %s', async (role, _, sub, workflow) => {
  for (const repository of repositories) expect([repository, await assumed(role, { sub: `${repository}:${sub}`, job_workflow_ref: ours(workflow) })]).toEqual([repository, 'assumed'])
})

const strangers: [RoleName, string, string, string][] = [
  ['slipway-build', 'a pull request', 'repo:acme/shop:pull_request', ours('deploy')],
  ['slipway-build', 'a tag that is no version', 'repo:acme/shop:ref:refs/tags/nightly', ours('deploy')],
  ['slipway-build', 'an environment, whose jobs deploy', 'repo:acme/shop:environment:staging', ours('deploy')],
  ['slipway-build', 'a workflow of the shop', 'repo:acme/shop:ref:refs/heads/main', 'acme/shop/.github/workflows/deploy.yml@refs/heads/main'],
  ['slipway-build', 'a workflow that only rolls back', 'repo:acme/shop:ref:refs/heads/main', ours('rollback')],
  ['slipway-build', 'a fork', 'repo:mallory/shop:ref:refs/heads/main', ours('deploy')],
  ['slipway-build', 'another repository', 'repo:acme/shop-tools:ref:refs/heads/main', ours('deploy')],
  ['slipway-staging', 'a branch without the environment', 'repo:acme/shop:ref:refs/heads/main', ours('deploy')],
  ['slipway-staging', 'another environment', 'repo:acme/shop:environment:dev', ours('deploy')],
  ['slipway-staging', 'an environment whose name begins alike', 'repo:acme/shop:environment:staging-2', ours('deploy')],
  ['slipway-staging', 'a pull request', 'repo:acme/shop:pull_request', ours('deploy')],
  ['slipway-staging', 'a fork', 'repo:mallory/shop:environment:staging', ours('deploy')],
  ['slipway-staging', 'a fork in the form with ids', 'repo:mallory@7/shop@8:environment:staging', ours('deploy')],
  ['slipway-staging', 'a repository made anew under the old name', 'repo:acme@1234567/shop@99999999:environment:staging', ours('deploy')],
  ['slipway-staging', 'an organisation made anew under the old name', 'repo:acme@9999999/shop@89012345:environment:staging', ours('deploy')],
  ['slipway-staging', 'a workflow of the shop', 'repo:acme/shop:environment:staging', 'acme/shop/.github/workflows/evil.yml@refs/heads/main'],
  ['slipway-staging', 'a workflow of a fork of Slipway', 'repo:acme/shop:environment:staging', 'mallory/slipway/.github/workflows/deploy.yml@refs/heads/main'],
  ['slipway-staging', 'another workflow of Slipway', 'repo:acme/shop:environment:staging', ours('tag-release')],
  ['slipway-staging-read', 'another environment', 'repo:acme/shop:environment:dev', ours('deploy')],
  ['slipway-staging-read', 'another branch', 'repo:acme/shop:ref:refs/heads/feature', ours('tag-release')],
  ['slipway-staging-read', 'a workflow of the shop', 'repo:acme/shop:ref:refs/tags/v1.4.0', 'acme/shop/.github/workflows/evil.yml@refs/heads/main'],
  ['slipway-staging-read', 'a fork', 'repo:mallory/shop:ref:refs/tags/v1.4.0', ours('deploy')],
]

test.each(strangers)('%s turns away %s', async (role, _, sub, workflow) => {
  expect(await assumed(role, { sub, job_workflow_ref: workflow })).toBe('AccessDenied')
})

test('no role is had with a token for somebody else, or by a job that says no workflow', async () => {
  const claims = { sub: 'repo:acme/shop:environment:staging', job_workflow_ref: ours('deploy') }
  expect(await assumed('slipway-staging', claims, 'vault.acme.example')).toBe('InvalidIdentityToken')
  expect(await assumed('slipway-staging', { sub: claims.sub })).toBe('AccessDenied')
  expect(await assumed('slipway-production', claims)).toBe('AccessDenied')
})
