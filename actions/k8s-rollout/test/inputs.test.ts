import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readProjectFile } from '@slipway/action-host'
import { parseProject } from '@slipway/project'
import { Failed } from '@slipway/report'
import { declaredInputs, readInputs } from '../src/inputs.ts'
import type { Settings } from '../src/settings.ts'

const digest = `sha256:${'a'.repeat(64)}`
const project = `version: 1
registry: { account: "111122223333", region: eu-west-1 }
services:
  cart:
    image: { repository: shop/cart, context: cart }
    manifests: { paths: [cart/k8s], template: true }
    config: { cart-env: { literals: { A: b } } }
    secrets: { cart-db: { from: shop/cart/db } }
  proxy:
    manifests: { paths: [proxy.yaml] }
environments:
  staging:
    branches: [main]
    rollout: { soak: 10s, timeout: 2m }
    variables: { LOG_LEVEL: debug }
    targets:
      - { name: us, region: us-east-1, cluster: nonprod, namespace: staging, role: "arn:aws:iam::111122223333:role/staging" }
  production:
    targets:
      - { name: eu, region: eu-west-1, cluster: prod-eu, namespace: shop }
      - { name: us, region: us-east-1, cluster: prod-us, namespace: shop }
`
const image = { repository: 'shop/cart', regions: ['eu-west-1', 'us-east-1'], digest, platforms: {}, tags: [], sourceKey: 'x', reused: false, reason: '' }
const images = JSON.stringify({ version: 1, images: { cart: image } })
const synced = { kind: 'ConfigMap', name: 'cart-env-0123456789', checksum: 'c', changed: false }
const secret = { ...synced, kind: 'Secret', name: 'cart-db-0123456789' }
const config = JSON.stringify({ version: 1, config: { us: { 'cart-env': synced, 'cart-db': secret } } })
const given = { services: 'cart', environment: 'staging', images, config }
const plain = { services: 'cart', cluster: 'nonprod', region: 'eu-west-1', namespace: 'staging', manifests: 'k8s', 'registry-account': '111122223333', image: `shop/cart@${digest}` }

let workspace: string
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'inputs-'))
  writeFileSync(join(workspace, 'slipway.yml'), project)
  for (const folder of ['cart/k8s', 'k8s']) {
    mkdirSync(join(workspace, folder), { recursive: true })
    writeFileSync(join(workspace, folder, 'deployment.yaml'), '')
  }
})
afterAll(() => {
  rmSync(workspace, { recursive: true })
})

function read(values: Record<string, string>, ref = 'refs/heads/main'): Promise<Settings> {
  const blank = Object.fromEntries(declaredInputs.map((name) => [name, '']))
  return readInputs({ raw: { values: { ...blank, ...values }, unknown: [] }, project: async (file) => parseProject(await readProjectFile(workspace, file), file), workspace, ref, refName: ref.replace('refs/heads/', ''), environment: {} })
}

async function problemsOf(values: Record<string, string>): Promise<string[]> {
  const error: unknown = await read(values).catch((thrown: unknown) => thrown)
  if (!(error instanceof Failed)) throw new Error('nothing was refused', { cause: error })
  return error.failures.map(({ code, what }) => `${code}: ${what}`)
}

test('the project file says where, the handed over outputs say what', async () => {
  const settings = await read({ ...given, version: '1.4.0' })
  expect(settings).toMatchObject({
    targets: [{ name: 'us', cluster: 'nonprod', namespace: 'staging', recordNamespace: 'slipway' }],
    waves: [['us']],
    patience: { soakMs: 10_000, timeoutMs: 120_000 },
    lockPatienceMs: 600_000,
    until: 'deployed',
    version: '1.4.0',
  })
  expect(settings.targets[0]?.services).toEqual([
    {
      service: 'cart',
      paths: ['cart/k8s'],
      layers: ['staging/us', 'staging', ''],
      variables: { LOG_LEVEL: 'debug', SLIPWAY_ENVIRONMENT: 'staging', SLIPWAY_TARGET: 'us', SLIPWAY_REGION: 'us-east-1', SLIPWAY_SERVICE: 'cart', SLIPWAY_VERSION: '1.4.0' },
      // From the target's own region, since the image is there, too.
      image: { repository: 'shop/cart', digest, account: '111122223333', region: 'us-east-1', host: '111122223333.dkr.ecr.us-east-1.amazonaws.com', sourceKey: 'x' },
      configuration: [
        { kind: 'ConfigMap', name: 'cart-env', isFixed: false, synced: { kind: 'ConfigMap', name: 'cart-env-0123456789', checksum: 'c' } },
        { kind: 'Secret', name: 'cart-db', isFixed: false, synced: { kind: 'Secret', name: 'cart-db-0123456789', checksum: 'c' } },
      ],
    },
  ])
})

test('an image is pulled from its home region where the target has no copy', async () => {
  const home = JSON.stringify({ version: 1, images: { cart: { ...image, regions: ['eu-west-1'] } } })
  expect((await read({ ...given, images: home })).targets[0]?.services[0]?.image).toMatchObject({ region: 'eu-west-1', host: '111122223333.dkr.ecr.eu-west-1.amazonaws.com' })
})

test('outputs that were dropped on their way are told as such, both at once', async () => {
  expect(await problemsOf({ ...given, images: '', config: '' })).toEqual(['handover-invalid: the input "images" is empty', 'handover-invalid: the input "config" is empty'])
})

test('before the build nothing needs to be handed over; a service without image or configuration never does', async () => {
  expect((await read({ services: 'all', environment: 'staging', phase: 'preflight' })).until).toBe('preflight')
  expect((await read({ services: 'proxy', environment: 'staging' })).targets[0]?.services[0]).toEqual({ service: 'proxy', paths: ['proxy.yaml'], layers: ['staging/us', 'staging', ''], configuration: [] })
})

test('what was handed over for other services or targets is no answer', async () => {
  const other = JSON.stringify({ version: 1, images: { web: image } })
  const elsewhere = JSON.stringify({ version: 1, config: { eu: { 'cart-env': synced } } })
  expect(await problemsOf({ ...given, images: other, config: elsewhere })).toEqual([
    'handover-invalid: the input "images" holds no image of cart',
    'handover-invalid: the input "config" holds no ConfigMap cart-env for the target us',
    'handover-invalid: the input "config" holds no Secret cart-db for the target us',
  ])
})

test('an object that was handed over in another mode than the project file says is refused', async () => {
  const inPlace = { ...secret, name: 'cart-db', kept: 'cart-db-0123456789', source: 's' }
  const fixed = JSON.stringify({ version: 1, config: { us: { 'cart-env': synced, 'cart-db': inPlace } } })
  expect(await problemsOf({ ...given, config: fixed })).toEqual(['handover-invalid: the input "config" holds the Secret cart-db for the target us in another mode'])
  writeFileSync(join(workspace, 'fixed.yml'), project.replace('cart-db: { from', 'cart-db: { mode: in-place, from'))
  const settings = await read({ ...given, 'project-file': 'fixed.yml', config: fixed })
  expect(settings.targets[0]?.services[0]?.configuration[1]).toEqual({ kind: 'Secret', name: 'cart-db', isFixed: true, synced: { kind: 'Secret', name: 'cart-db', checksum: 'c', kept: 'cart-db-0123456789', source: 's' } })
  expect(await problemsOf({ ...given, 'project-file': 'fixed.yml' })).toEqual(['handover-invalid: the input "config" holds the Secret cart-db for the target us in another mode'])
})

test('policy can be narrowed, and not replaced', async () => {
  expect((await read({ ...given, soak: '30s', timeout: '10m' })).patience).toEqual({ soakMs: 30_000, timeoutMs: 600_000 })
  expect(await problemsOf({ ...given, soak: '1s', 'registry-account': '444455556666' })).toEqual([
    'input-conflict: the input "registry-account" is 444455556666, but the registry has 111122223333',
    'input-conflict: the input "soak" is 1.0 s, but staging has a soak of 10.0 s',
  ])
  await expect(read(given, 'refs/heads/feature')).rejects.toThrow(/the branch "?feature"? may not be deployed to staging/)
})

describe('an environment with several targets', () => {
  const production = { services: 'cart', environment: 'production', images }
  const both = { 'cart-env': synced, 'cart-db': secret }

  test('gives each its own folders, variables, registry and configuration, one after the other', async () => {
    const own = { ...both, 'cart-env': { ...synced, name: 'cart-env-of-eu' } }
    const { targets, waves } = await read({ ...production, config: JSON.stringify({ version: 1, config: { eu: own, us: both } }) })
    expect(waves).toEqual([['eu'], ['us']])
    expect(targets.map(({ name, services: [cart] }) => [name, cart?.layers[0], cart?.variables?.['SLIPWAY_REGION'], cart?.image?.host, cart?.configuration[0]?.synced?.name])).toEqual([
      ['eu', 'production/eu', 'eu-west-1', '111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'cart-env-of-eu'],
      ['us', 'production/us', 'us-east-1', '111122223333.dkr.ecr.us-east-1.amazonaws.com', 'cart-env-0123456789'],
    ])
  })

  test('is narrowed to those that are named, and its waves with it', async () => {
    const { targets, waves } = await read({ services: 'proxy', environment: 'production', targets: 'us' })
    expect([targets.map(({ cluster }) => cluster), waves]).toEqual([['prod-us'], [['us']]])
  })

  test('is told what is wrong in every one of them once, and what is wrong in one with its name', async () => {
    const nobody = JSON.stringify({ version: 1, images: { web: image } })
    expect(await problemsOf({ ...production, images: nobody, config: JSON.stringify({ version: 1, config: { us: both } }) })).toEqual([
      'handover-invalid: the input "images" holds no image of cart',
      'handover-invalid: the input "config" holds no ConfigMap cart-env for the target eu',
      'handover-invalid: the input "config" holds no Secret cart-db for the target eu',
    ])
  })
})

test('plain inputs need no other file', async () => {
  expect(await read({ ...plain, timeout: '90', soak: '5s', 'lock-timeout': '1m' })).toMatchObject({
    targets: [
      {
        ...{ name: 'default', cluster: 'nonprod', namespace: 'staging', region: 'eu-west-1' },
        services: [{ service: 'cart', paths: ['k8s'], layers: [''], configuration: [], image: { repository: 'shop/cart', digest, host: '111122223333.dkr.ecr.eu-west-1.amazonaws.com' } }],
      },
    ],
    waves: [['default']],
    patience: { soakMs: 5000, timeoutMs: 90_000 },
    lockPatienceMs: 60_000,
  })
  const ownConfig = JSON.stringify({ version: 1, config: { default: { 'cart-env': synced } } })
  expect((await read({ ...plain, image: '', images, config: ownConfig })).targets[0]?.services[0]?.configuration).toEqual([{ kind: 'ConfigMap', name: 'cart-env', isFixed: false, synced: { kind: 'ConfigMap', name: 'cart-env-0123456789', checksum: 'c' } }])
})

test('all wrong inputs are told at once', async () => {
  expect(
    await problemsOf({ services: 'cart, web', cluster: 'x_!', namespace: 'A', region: 'mars', manifests: '/etc\n../x\n-f', image: 'shop/cart:latest', soak: '1d', timeout: '-1', 'lock-timeout': 'NaN', 'dry-run': 'yes', phase: 'deploi', version: 'a\nb' }),
  ).toHaveLength(14)
  expect(await problemsOf({ ...plain, services: '', image: '', 'registry-account': '', manifests: '' })).toEqual([
    'input-missing: the input "services" is missing',
    'input-missing: the input "manifests" is missing',
    'input-missing: neither "images" nor "image" is given, or the one given is empty',
  ])
  expect(await problemsOf({ ...plain, image: '' })).toEqual(['input-missing: neither "images" nor "image" is given, or the one given is empty'])
  expect(await problemsOf({ ...plain, image: 'shop/cart:latest' })).toEqual(['input-invalid: the input "image" is "shop/cart:latest"'])
  expect(await problemsOf({ ...plain, images })).toEqual(['input-conflict: the inputs "image" and "images" are both given'])
  expect(await problemsOf({ ...plain, config })).toEqual(['handover-invalid: the input "config" is of another target'])
  expect(await problemsOf({ ...given, namespace: 'x', manifests: 'y' })).toEqual([
    'input-conflict: the input "namespace" is given without "cluster"',
    'input-conflict: the input "manifests" is given without "cluster"',
  ])
})

test('what is wrong in inputs, project file and checkout is told at once', async () => {
  const wrong = { timeout: 'x', soak: 'y', 'lock-timeout': 'z', 'on-failure': 'w', 'registry-account': '1', images: '{' }
  const told = ['handover-invalid: the input "images" is not what ecr-build-push writes', 'input-invalid: the input "registry-account" is "1"', 'input-invalid: the input "soak" is "y"', 'input-invalid: the input "timeout" is "x"', 'input-invalid: the input "lock-timeout" is "z"', 'input-invalid: the input "on-failure" is "w"']
  writeFileSync(join(workspace, 'broken.yml'), project.replace('version: 1', 'version: 2'))
  expect(await problemsOf({ 'project-file': 'broken.yml', ...wrong })).toEqual(['project-file-invalid: version is "2"', 'input-missing: the input "services" is missing', 'input-missing: the input "environment" is missing', ...told])
  expect(await problemsOf({ 'project-file': 'none.yml', services: 'cart', environment: 'staging', ...wrong })).toEqual(['project-file-missing: the project file none.yml cannot be read', ...told])
  expect(await problemsOf({ ...given, services: 'proxy', timeout: 'x' })).toEqual(['input-invalid: the input "timeout" is "x"', 'file-missing: there are no manifests at "proxy.yaml"'])
  expect(await problemsOf({ ...plain, manifests: 'none', soak: '-1' })).toEqual(['input-invalid: the input "soak" is "-1"', 'file-missing: there are no manifests at "none"'])
  expect(await problemsOf({ ...plain, manifests: 'none', cluster: 'x_!', images, config })).toEqual([
    'input-invalid: the input "cluster" is "x_!"',
    'input-conflict: the inputs "image" and "images" are both given',
    'handover-invalid: the input "config" is of another target',
    'file-missing: there are no manifests at "none"',
  ])
})

const wrongEach: Readonly<Record<string, readonly string[]>> = {
  'project-file': ['../x', '-x'],
  services: ['-x', 'cart, -x', 'all, cart'],
  environment: ['-x', 'St!'],
  targets: ['-x', 'U S'],
  region: ['-x', 'mars'],
  'registry-account': ['-x', '12'],
  images: ['-x', '{}'],
  config: ['-x', '{}'],
  version: ['-x', 'a\nb'],
  timeout: ['-x', '1d'],
  soak: ['-x', '1d'],
  'crash-threshold': ['-x', '0'],
  'on-failure': ['-x', 'undo'],
  'lock-timeout': ['-x', '1d'],
  role: ['-x', 'deploy'],
  'expected-account': ['-x', '12'],
  phase: ['-x', 'all'],
  'dry-run': ['-x', 'yes'],
}
const wrongPlain = { ...wrongEach, services: ['-x', 'cart, web', 'all', 'all, cart', 'Cart!'], cluster: ['-x', 'a b'], namespace: ['-x', 'A'], manifests: ['-x', '../x'], image: ['-x', 'cart:1'] }
const otherwise: Readonly<Record<string, Readonly<Record<string, string>>>> = { images: { image: '' }, environment: { cluster: plain.cluster }, targets: { cluster: plain.cluster } }

test.each(declaredInputs)('%s is told once where it is wrong or blank', async (input) => {
  for (const wrong of wrongEach[input] ?? []) expect([wrong, await problemsOf({ ...given, [input]: wrong })]).toEqual([wrong, [expect.stringContaining(`"${input}"`)]])
  const inPlain = ['project-file', 'environment', 'targets'].includes(input) ? [] : Object.entries(wrongPlain).flatMap(([name, values]) => (name === input ? values : []))
  for (const wrong of inPlain) expect([wrong, await problemsOf({ ...plain, ...otherwise[input], [input]: wrong })]).toEqual([wrong, [expect.stringContaining(`"${input}"`)]])
  for (const all of [given, plain]) {
    const error: unknown = await read({ ...all, [input]: ' ' }).catch((thrown: unknown) => thrown)
    if (error instanceof Failed && input !== 'cluster') expect(error.failures.map(({ what }) => what)).toEqual([expect.stringContaining(`"${input}"`)])
  }
})

test('adopt is `no` unless it is said; `plan` writes nothing; another word is refused', async () => {
  expect(await read(given)).not.toHaveProperty('adopt')
  expect(await read({ ...given, adopt: 'plan' })).toMatchObject({ adopt: 'plan', until: 'plan' })
  expect(await read({ ...given, adopt: 'take' })).toMatchObject({ adopt: 'take', until: 'deployed' })
  expect(await problemsOf({ ...given, adopt: 'force' })).toEqual([expect.stringContaining('adopt')])
})
