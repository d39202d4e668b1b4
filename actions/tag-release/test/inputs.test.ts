import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import { declaredInputs, readInputs } from '../src/inputs.ts'
import { refProblem } from '../src/ref-name.ts'
import type { Settings } from '../src/settings.ts'

const project = `version: 1
registry: { account: "111122223333", region: eu-west-1 }
configuration: { path: config }
services:
  cart:
    image: { repository: shop/cart, context: services/cart, dockerfile: Dockerfile }
    manifests: { paths: [services/cart/k8s, ./ingress] }
    config:
      cart-config: { files: [cart/app.properties] }
      cart-env: { env-files: [common.env] }
  job: { secrets: { key: { from: shop/key } } }
environments:
  dev: { targets: [{ name: eu, region: eu-west-1, cluster: nonprod, namespace: dev }] }
  production: { targets: [{ name: eu, region: eu-west-1, cluster: prod, namespace: shop }, { name: us, region: us-east-1, cluster: prod, namespace: shop }] }
`
let workspace: string
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'inputs-'))
  writeFileSync(join(workspace, 'slipway.yml'), project)
  mkdirSync(join(workspace, 'empty'))
})
afterAll(() => {
  rmSync(workspace, { recursive: true })
})

const own = { 'job-token': 'ghs_ofThisJob', start: 'deploy-production.yml' }
const app = { 'job-token': 'ghs_ofThisJob', 'github-token': 'ghs_ofAnApp' }

function read(values: Record<string, string>, folder = workspace): Promise<Settings> {
  const blank = Object.fromEntries(declaredInputs.map((name) => [name, '']))
  return readInputs({ raw: { values: { ...blank, ...values }, unknown: [] }, workspace: folder })
}

async function problemsOf(values: Record<string, string>, folder?: string): Promise<string[]> {
  const error: unknown = await read(values, folder).catch((thrown: unknown) => thrown)
  if (!(error instanceof Failed)) throw new Error('nothing was refused', { cause: error })
  return error.failures.map(({ code, what }) => `${code}: ${what}`)
}

test('nothing but a way to start is needed for the repository\'s next version, and no project file', async () => {
  expect(await read(own, join(workspace, 'empty'))).toEqual({
    paths: [],
    wish: { bump: 'auto' },
    release: 'published',
    notes: '',
    start: { kind: 'dispatch', workflow: 'deploy-production.yml' },
    token: { text: 'ghs_ofThisJob', isJobs: true },
    isWritten: true,
  })
})

test('what belongs to a service says the project file: its image, manifests and configuration with every overlay, each folder once', async () => {
  expect((await read({ ...own, service: 'cart' })).paths).toEqual([
    'services/cart',
    'ingress',
    ...['cart/app.properties', 'common.env'].flatMap((path) => ['dev/eu', 'dev', '', 'production/eu', 'production', 'production/us'].map((over) => ['config', over, path].filter((part) => part !== '').join('/'))),
  ])
  expect((await read({ ...own, service: 'other', paths: 'apps/other/\n./lib' }, join(workspace, 'empty'))).paths).toEqual(['apps/other', 'lib'])
  expect(await problemsOf({ ...own, service: 'crat' })).toEqual(['name-unknown: there is no service "crat"'])
  expect(await problemsOf({ ...own, service: 'job' })).toEqual(['project-file-invalid: nothing in slipway.yml belongs to job'])
  expect(await problemsOf({ ...own, service: 'cart' }, join(workspace, 'empty'))).toEqual(['project-file-missing: the project file slipway.yml cannot be read'])
})

describe('how production starts', () => {
  test('is asked beforehand where the tag would start nothing', async () => {
    const { 'job-token': token } = own
    expect(await problemsOf({ 'job-token': token })).toEqual(['input-missing: the input "start" is missing'])
    expect(await problemsOf({ 'job-token': token, start: 'event' })).toEqual(['input-conflict: the input "start" is "event", but the tag would be made with the job\'s own token'])
    // The same token by another name.
    expect(await problemsOf({ 'job-token': token, 'github-token': token })).toHaveLength(1)
    expect((await read({ 'job-token': token, start: 'none' })).start).toEqual({ kind: 'none' })
  })

  test('is by the tag itself where an App makes it, unless a workflow is named', async () => {
    expect(await read(app)).toMatchObject({ start: { kind: 'event' }, token: { text: 'ghs_ofAnApp', isJobs: false } })
    expect((await read({ ...app, start: '.github/workflows/deploy.yaml' })).start).toEqual({ kind: 'dispatch', workflow: 'deploy.yaml' })
    for (const start of ['deploy', '../deploy.yml', 'a/b.yml', '-x.yml']) expect(await problemsOf({ ...app, start })).toEqual([`input-invalid: the input "start" is "${start}"`])
  })
})

test('every problem is told at once, and no token is quoted', async () => {
  const problems = await problemsOf({ version: 'v1.2.3', bump: 'huge', ref: 'v1..2', service: 'Cart', release: 'false', draft: 'true', start: 'x', 'github-token': 'two words', 'dry-run': 'yes', paths: '../x' })
  expect(problems.map((problem) => problem.replace(/ is .*/, ''))).toEqual([
    'input-invalid: the input "github-token"',
    'input-invalid: the input "dry-run"',
    'input-invalid: the input "service"',
    'input-invalid: the input "version"',
    'input-invalid: the input "bump"',
    'input-invalid: the input "ref"',
    'input-conflict: the inputs "draft" and "release" contradict each other',
    'input-invalid: the input "start"',
    'input-invalid: the input "paths"',
  ])
  expect(problems.join()).not.toContain('two words')
  expect(await problemsOf({ ...own, version: '1.2.3', bump: 'minor' })).toEqual(['input-conflict: the inputs "version" and "bump" contradict each other'])
  expect(await problemsOf({ ...own, paths: 'a' })).toEqual(['input-conflict: the inputs "paths" and "service" contradict each other'])
  expect(await problemsOf({ start: 'none' })).toEqual(['input-missing: the input "github-token" is missing'])
  expect(await problemsOf({ ...own, notes: 'x'.repeat(50_001) })).toHaveLength(1)
})

test.each(['-evil', 'v1..2', 'v1.lock', 'a/.b', 'a//b', '/a', 'a/', 'a b', 'a~1', 'HEAD^', 'a:b', 'a?', 'a*', '[a', 'a\\b', 'a@{1}', '@', 'a.', '1'.repeat(300)])('%j can be no ref', (text) => {
  expect(refProblem(text)).toBeDefined()
})

test.each(['main', 'release/1.4', 'refs/heads/main', 'v1.2.3', 'cart/v1.2.3', '0123456789abcdef0123456789abcdef01234567', 'ünïcode', 'a@b'])('%j can be a ref', (text) => {
  expect(refProblem(text)).toBeUndefined()
})
