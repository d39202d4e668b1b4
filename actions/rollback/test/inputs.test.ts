import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readProjectFile } from '@slipway/action-host'
import { parseProject } from '@slipway/project'
import { Failed } from '@slipway/report'
import { declaredInputs, readInputs } from '../src/inputs.ts'
import type { Settings } from '../src/settings.ts'

const project = `version: 1
registry: { account: "111122223333", region: eu-west-1, regions: [us-east-1] }
services:
  cart: { manifests: { paths: [cart/k8s] } }
  web: { manifests: { paths: [web/k8s] } }
environments:
  staging:
    branches: [release]
    rollout: { soak: 10s, timeout: 2m }
    targets:
      - { name: us, region: us-east-1, cluster: nonprod, namespace: staging, role: "arn:aws:iam::111122223333:role/staging" }
  production:
    targets:
      - { name: eu, region: eu-west-1, cluster: prod-eu, namespace: shop }
      - { name: us, region: us-east-1, cluster: prod-us, namespace: shop }
`
const given = { environment: 'staging', reason: 'prices are wrong' }
const plain = { cluster: 'nonprod', region: 'eu-west-1', namespace: 'staging', reason: 'prices are wrong' }

let workspace: string
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'inputs-'))
  writeFileSync(join(workspace, 'slipway.yml'), project)
})
afterAll(() => {
  rmSync(workspace, { recursive: true })
})

function read(values: Record<string, string>): Promise<Settings> {
  const blank = Object.fromEntries(declaredInputs.map((name) => [name, '']))
  return readInputs({ raw: { values: { ...blank, ...values }, unknown: [] }, project: async (file) => parseProject(await readProjectFile(workspace, file), file), environment: {} })
}

async function problemsOf(values: Record<string, string>): Promise<string[]> {
  const error: unknown = await read(values).catch((thrown: unknown) => thrown)
  if (!(error instanceof Failed)) throw new Error('nothing was refused', { cause: error })
  return error.failures.map(({ code, what }) => `${code}: ${what}`)
}

test('an environment and a reason are enough: the newest release, to the last good, with its block', async () => {
  const settings = await read(given)
  expect(settings).toEqual({
    targets: [{ target: expect.objectContaining({ name: 'us', cluster: 'nonprod', namespace: 'staging', recordNamespace: 'slipway' }), registries: [{ account: '111122223333', region: 'us-east-1' }, { account: '111122223333', region: 'eu-west-1' }] }],
    leftOut: [],
    patience: { soakMs: 10_000, timeoutMs: 120_000 },
    wish: { kind: 'undo', to: 'last-good', secrets: 'current', reason: 'prices are wrong', block: true, until: 'deployed' },
  })
  // The word "all" says the same as nothing.
  expect(await read({ ...given, services: 'all' })).toEqual(settings)
})

test('a version, a revision of one service, or a release can be named', async () => {
  expect((await read({ ...given, of: 'acme/shop#42.1', to: '1.4.0' })).wish).toMatchObject({ of: 'acme/shop#42.1', to: { version: '1.4.0' } })
  expect(await read({ ...given, services: 'cart', to: '17' })).toMatchObject({ services: ['cart'], wish: { to: { sequence: 17 } } })
  expect(await problemsOf({ ...given, to: '17' })).toEqual(['input-conflict: the input "to" is the number of a revision, 17, but "services" names none'])
  expect(await problemsOf({ ...given, services: 'cart, web', to: '17' })).toEqual(['input-conflict: the input "to" is the number of a revision, 17, but "services" names 2'])
  expect(await problemsOf({ ...given, services: 'cart', to: '0' })).toEqual(['input-invalid: the input "to" is "0"'])
})

test('plain inputs need no other file, and no service', async () => {
  expect(await read({ ...plain, soak: '1s' })).toMatchObject({ targets: [{ target: { name: 'default', cluster: 'nonprod', namespace: 'staging' }, registries: [{ region: 'eu-west-1' }] }], patience: { soakMs: 1000 } })
  expect(await read({ ...plain, services: 'cart', 'expected-account': '111122223333' })).toMatchObject({ services: ['cart'], targets: [{ registries: [{ account: '111122223333', region: 'eu-west-1' }] }] })
})

test('a reason is needed where something is blocked, and only there', async () => {
  expect(await problemsOf({ environment: 'staging' })).toEqual(['input-missing: the input "reason" is missing'])
  for (const more of [{ block: 'false' }, { 'dry-run': 'true' }, { phase: 'preflight' }, { list: 'true' }, { unblock: '1.4.0' }]) await read({ environment: 'staging', ...more })
  expect(await problemsOf({ ...given, reason: 'x'.repeat(501) })).toHaveLength(1)
})

describe('inputs that would have no effect', () => {
  test('beside "list" are refused, each one', async () => {
    expect((await read({ ...given, list: 'true', to: 'last-good', secrets: 'current', block: 'true' })).wish).toEqual({ kind: 'list' })
    expect(await problemsOf({ ...given, list: 'true', of: '1.4.0', to: '1.3.0', secrets: 'recorded', block: 'false', unblock: '1.4.0' })).toEqual([
      'input-conflict: the inputs "list" and "of" are both given',
      'input-conflict: the inputs "list" and "to" are both given',
      'input-conflict: the inputs "list" and "secrets" are both given',
      'input-conflict: the inputs "list" and "block" are both given',
      'input-conflict: the inputs "list" and "unblock" are both given',
      'input-conflict: the inputs "unblock" and "of" are both given',
      'input-conflict: the inputs "unblock" and "to" are both given',
      'input-conflict: the inputs "unblock" and "secrets" are both given',
      'input-conflict: the inputs "unblock" and "block" are both given',
    ])
  })

  test('beside "unblock" are refused; a dry run only says what would be lifted', async () => {
    expect(await problemsOf({ ...given, unblock: '1.4.0', to: '1.3.0' })).toEqual(['input-conflict: the inputs "unblock" and "to" are both given'])
    expect((await read({ ...given, unblock: '1.4.0' })).wish).toEqual({ kind: 'unblock', release: '1.4.0', isWritten: true })
    expect((await read({ ...given, unblock: '1.4.0', 'dry-run': 'true' })).wish).toEqual({ kind: 'unblock', release: '1.4.0', isWritten: false })
  })
})

test('all targets of an environment are meant, unless some are named; each may pull from its own region and from home', async () => {
  const targetsOf = async (more: Record<string, string>) => {
    const { targets, leftOut } = await read({ ...given, environment: 'production', ...more })
    return { targets: targets.map(({ target, registries }) => [target.name, ...registries.map(({ region }) => region)]), leftOut }
  }
  expect(await targetsOf({})).toEqual({ targets: [['eu', 'eu-west-1'], ['us', 'us-east-1', 'eu-west-1']], leftOut: [] })
  expect(await targetsOf({ targets: 'us' })).toEqual({ targets: [['us', 'us-east-1', 'eu-west-1']], leftOut: ['eu'] })
})

test('policy can be narrowed, and not replaced', async () => {
  expect((await read({ ...given, soak: '30s', 'crash-threshold': '5' })).patience).toEqual({ soakMs: 30_000, timeoutMs: 120_000, crashThreshold: 5 })
  expect(await problemsOf({ ...given, soak: '1s', 'registry-account': '444455556666' })).toEqual([
    'input-conflict: the input "registry-account" is 444455556666, but the registry has 111122223333',
    'input-conflict: the input "soak" is 1.0 s, but staging has a soak of 10.0 s',
  ])
  expect(await problemsOf({ ...given, role: 'arn:aws:iam::111122223333:role/other' })).toEqual([expect.stringContaining('the input "role" is')])
})

test('all wrong inputs are told at once', async () => {
  const wrong = { cluster: 'x_!', namespace: 'A', region: 'mars', services: 'Cart', 'registry-account': '12', of: '-x', to: '-1', reason: 'a\nb', block: 'no', unblock: '-u', secrets: 'old', list: 'yes', timeout: '0', soak: '-1', 'crash-threshold': '0', role: 'me', 'expected-account': '1', phase: 'deploi', 'dry-run': 'x' }
  const told = await problemsOf(wrong)
  expect(Object.keys(wrong).filter((name) => !told.some((line) => line.includes(`"${name}"`)))).toEqual([])
  expect(await problemsOf({ ...given, services: 'crat', namespace: 'x' })).toEqual(['input-conflict: the input "namespace" is given without "cluster"', 'name-unknown: there is no service "crat"'])
  expect(await problemsOf({ reason: 'x' })).toEqual(['input-missing: the input "environment" is missing'])
})
