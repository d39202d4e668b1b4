import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parseProject } from '@slipway/project'
import { Problems } from '@slipway/report'
import { projectFileOf, readSettings } from '../src/inputs.ts'
import type { Origin, Settings } from '../src/settings.ts'

const project = readFileSync(new URL('./fixtures/slipway.yml', import.meta.url), 'utf8')
const origin: Origin = { workspace: '/w', url: 'https://example.com/acme/shop', sha: 'abc', branch: 'main', defaultBranch: 'main', run: '1/1', platform: 'linux/amd64', ref: 'refs/heads/main', umask: 0o022 }

function read(values: Record<string, string>, unknown: string[] = [], more: Partial<Origin> = {}, text = project): { settings: Settings | undefined; told: string[] } {
  const problems = new Problems()
  const file = projectFileOf({ values, unknown })
  const settings = readSettings({ values, unknown }, { ...origin, ...more }, file === undefined ? undefined : problems.try(() => parseProject(text, file)), problems)
  return { settings, told: problems.all.map(({ code, what }) => `${code}: ${what}`) }
}

describe('without a project file', () => {
  test('one image is built from repository, context and region', () => {
    const { settings, told } = read({ repository: 'shop/cart', context: 'services/cart', region: 'eu-west-1' })
    expect(told).toEqual([])
    expect(settings).toMatchObject({ region: 'eu-west-1', images: [{ service: 'cart', repository: 'shop/cart', context: 'services/cart', dockerfile: 'Dockerfile', platforms: ['linux/amd64'] }], cache: 'auto', reuse: true, push: true, dryRun: false })
  })
  test('the service may have a name of its own', () => {
    expect(read({ repository: 'shop/cart', region: 'eu-west-1', services: 'basket' }).settings?.images[0]?.service).toBe('basket')
  })
  test('other regions are those that the input names, without the home region', () => {
    expect(read({ repository: 'shop/cart', region: 'eu-west-1', regions: 'us-east-1, eu-west-1' }).settings?.regions).toEqual(['us-east-1'])
    expect(read({ repository: 'shop/cart', region: 'eu-west-1' }).settings?.regions).toEqual([])
    expect(read({ repository: 'shop/cart', region: 'eu-west-1', regions: 'Ireland' }).told).toEqual(['input-invalid: the input "regions" is "Ireland"'])
  })
  test('several services are too many', () => {
    expect(read({ repository: 'shop/cart', region: 'eu-west-1', services: 'a,b' }).told).toEqual(['input-conflict: the input "services" names several, but "repository" one'])
  })
})

describe('with a project file', () => {
  test('service and environment are enough', () => {
    const { settings, told } = read({ services: 'cart', environment: 'staging' })
    expect(told).toEqual([])
    expect(settings).toMatchObject({
      environment: 'staging',
      region: 'eu-west-1',
      account: '111122223333',
      images: [{ service: 'cart', repository: 'shop/cart', context: 'services/cart', buildArgs: { NODE_ENV: 'production' }, secrets: [{ id: 'npm', env: 'NPM_AUTH' }] }],
    })
  })
  test('all leaves out what has no image', () => {
    const { settings } = read({ services: 'all', environment: 'staging' })
    expect(settings?.images.map(({ service }) => service)).toEqual(['cart', 'web'])
    expect(settings?.withoutImage).toEqual(['redis'])
  })
  test('an input beats the file', () => {
    expect(read({ services: 'cart', environment: 'staging', platforms: 'linux/arm64', 'build-args': 'NODE_ENV=test' }).settings?.images[0]).toMatchObject({ platforms: ['linux/arm64'], buildArgs: { NODE_ENV: 'test' } })
  })
  test('but not policy', () => {
    expect(read({ services: 'cart', environment: 'staging', 'expected-account': '999900001111' }).told).toEqual(['input-conflict: the input "expected-account" is "999900001111", but the registry has "111122223333"'])
  })
  test('other regions are those of the registry; the input may name some of them, or the home region for none, and no other', () => {
    const spread = project.replace('region: eu-west-1 }', 'region: eu-west-1, regions: [us-east-1, ap-south-1] }')
    const of = (regions: string) => read({ services: 'cart', environment: 'staging', regions }, [], {}, spread)
    expect(['', 'ap-south-1', 'eu-west-1'].map((regions) => of(regions).settings?.regions)).toEqual([['us-east-1', 'ap-south-1'], ['ap-south-1'], []])
    expect(of('us-east-2').told).toEqual(['input-conflict: the input "regions" names us-east-2, which the registry does not have'])
  })
  test('a context cannot hold for several services', () => {
    expect(read({ services: 'all', environment: 'staging', context: 'x' }).told).toEqual(['input-conflict: the input "context" is given, but several services are built'])
  })
  test('it is the one that the input names, and none where the inputs name a repository', () => {
    const files = [{}, { 'project-file': 'other.yml' }, { repository: 'shop/cart' }].map((values) => projectFileOf({ values, unknown: [] }))
    expect(files).toEqual(['slipway.yml', 'other.yml', undefined])
  })
})

test('everything that is wrong is told at once', () => {
  const { told } = read({ repository: 'Shop//cart', context: '../../etc', platforms: 'amd64', secrets: 'npm=hunter2', 'build-args': 'NPM_TOKEN=x', cache: 'gha', reuse: 'yes', push: '1', tags: 'content-x, {brunch}' }, ['contxt'])
  expect(told).toEqual([
    'input-unknown: there is no input "contxt"',
    'build-argument-secret: the build argument NPM_TOKEN looks like a secret',
    expect.stringMatching(/^input-invalid: the input "repository"/),
    expect.stringMatching(/^input-invalid: the input "context"/),
    expect.stringMatching(/^input-invalid: the platform "amd64"/),
    'input-invalid: the build secret "npm…" says not where its value is',
    'tag-invalid: the tag "content-x" gives "content-x"',
    'tag-invalid: the tag "{brunch}" names {brunch}',
    expect.stringMatching(/^input-invalid: the input "cache"/),
    expect.stringMatching(/^input-invalid: the input "reuse"/),
    expect.stringMatching(/^input-invalid: the input "push"/),
    'input-missing: the input "region" is missing',
  ])
})

test('a build argument that looks like a secret is refused without its value', () => {
  const { told } = read({ repository: 'shop/cart', region: 'eu-west-1', 'build-args': 'NPM_TOKEN=hunter2hunter2\nURL=https://me:hunter2@example.com\nTOKEN_URL=https://example.com' })
  expect(told).toEqual(['build-argument-secret: the build argument NPM_TOKEN looks like a secret', 'build-argument-secret: the build argument URL looks like a secret'])
  expect(told.join()).not.toContain('hunter2')
})

test.each(['npm: hunter2hunter2', 'npm hunter2hunter2', 'npm=hunter2hunter2', 'hunter2hunter2'])('of the build secret %j nothing is told but its name', (secrets) => {
  const { told } = read({ repository: 'shop/cart', region: 'eu-west-1', secrets })
  expect(told).toEqual([expect.stringMatching(/^input-invalid: the build secret "(?:npm)?…" says not where its value is$/)])
})

test('a region that is none is told once, not also as missing', () => {
  expect(read({ repository: 'shop/cart', region: 'xx' }).told).toEqual([expect.stringMatching(/^input-invalid: the input "region" is "xx"/)])
})

test.each([
  ['linux/amd6', 'write linux/amd64, if that is what you meant'],
  ['arm64', 'write linux/arm64, if that is what you meant'],
  ['vax', 'write for example linux/amd64 or linux/arm64'],
])('the platform %s is none: %s', (platforms, next) => {
  const problems = new Problems()
  readSettings({ values: { repository: 'shop/cart', region: 'eu-west-1', platforms }, unknown: [] }, origin, undefined, problems)
  expect(problems.all.map((one) => one.next)).toEqual([next])
})

test('a pull request passes no policy of branches, whatever its number looks like', () => {
  const policy = project.replace('[main]', '["**"]')
  expect(read({ services: 'cart', environment: 'staging' }, [], {}, policy).told).toEqual([])
  const pull = { ref: 'refs/pull/7/merge', branch: 'pull:7' }
  expect(read({ services: 'cart', environment: 'staging' }, [], pull, policy).told).toEqual(['input-conflict: the ref "refs/pull/7/merge" may not be deployed to staging'])
  expect(read({ services: 'cart', environment: 'staging' }, [], pull, project.replace('    branches: [main]\n', '')).told).toEqual([])
})

test('the phase preflight ends before the registry', () => {
  expect(read({ repository: 'shop/cart', region: 'eu-west-1', phase: 'preflight' }).settings).toMatchObject({ isPreflight: true, dryRun: false })
})
