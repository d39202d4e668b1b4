import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { decodeConfiguration } from '@slipway/release'
import { jsonLeaves } from '@slipway/report'
import { checkOutShop, commandsIn, dataOf, place, region, shownBy, startCloud, type Cloud } from './cluster.ts'
import type { Machine, StepEnd } from './machine.ts'

const database = JSON.stringify({ username: 'cart-of-staging', password: 'p4ss "quoted" \\ word', port: 63790001, replica: { token: 'nested-token-1' }, pin: 'Pin#7' })
const oldDatabase = JSON.stringify({ username: 'cart-of-staging', password: 'the-password-before' })
const certificate = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END KEY-----\n'
const values = [database, oldDatabase, certificate].flatMap((value) => [value, ...value.split('\n'), ...jsonLeaves(value)]).filter((text) => text !== '')

jest.setTimeout(60_000)
let cloud: Cloud
let machine: Machine
beforeEach(async () => {
  cloud = await startCloud()
  cloud.sandbox.secrets.put(region, 'shop/staging/cart/db', oldDatabase)
  cloud.sandbox.secrets.put(region, 'shop/staging/cart/db', database)
  cloud.sandbox.secrets.put(region, 'shop/tls', certificate)
  machine = cloud.machine('k8s-config-sync')
})
afterEach(async () => {
  await cloud.close()
})

const now = (): number => cloud.sandbox.ledger.exchanges.length
const ours = (kind: 'ConfigMap' | 'Secret', declared: string) => cloud.cluster.objects(kind, 'staging').find(({ metadata }) => metadata.labels?.['slipway.dev/config'] === declared)
const plainSecret = { ...place, name: 'cart-db', secrets: 'all=shop/staging/cart/db\npassword=shop/staging/cart/db#password\nold=shop/staging/cart/db#password@AWSPREVIOUS\ntls=shop/tls' }

/** Every secret value is masked before it may be printed, and shows nowhere. */
function expectSecrecy(end: StepEnd): void {
  for (const value of values) expect(shownBy(end)).not.toContain(value)
  const objects = ['ConfigMap', 'Event'].flatMap((kind) => cloud.cluster.objects(kind))
  const names = cloud.cluster.objects('Secret').map(({ metadata }) => metadata)
  const told = jsonLeaves(JSON.stringify([objects, names])).join('\n')
  for (const value of values) expect(told).not.toContain(value)
}

function expectMasks(end: StepEnd, ...masked: readonly string[]): void {
  const masks = [...end.printed.matchAll(/^::add-mask::(.*)$/gm)].map(([, mask = '']) => mask.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%'))
  for (const value of masked) expect(masks).toContain(value.trim())
  expect(masks.filter((mask) => mask.length < 8)).toEqual([])
}

describe('plain inputs', () => {
  const config = { ...place, name: 'cart-env', files: 'cart/*.json', 'env-files': 'cart/cart.env', literals: 'MODE=fast' }
  beforeEach(() => {
    machine.write('cart/routes.json', '{"/": "cart"}\n')
    machine.write('cart/cart.env', 'LEVEL=info\nMODE=slow\n')
  })

  test('make one ConfigMap of files, env-files and literals, and again write nothing', async () => {
    const first = await machine.step(config)
    expect([first.exitCode, first.outputs['outcome'], first.outputs['changed']]).toEqual([0, 'changed', 'true'])
    const object = ours('ConfigMap', 'cart-env')
    expect(dataOf(object)).toEqual({ 'routes.json': '{"/": "cart"}\n', LEVEL: 'info', MODE: 'fast' })
    expect(object).toMatchObject({ immutable: true, metadata: { name: expect.stringMatching(/^cart-env-[0-9a-f]{10}$/) } })
    const at = now()
    const second = await machine.step(config)
    expect([second.exitCode, second.outputs['outcome'], second.outputs['changed']]).toEqual([0, 'unchanged', 'false'])
    expect(cloud.writes(at)).toEqual([])
    expect(cloud.sandbox.ledger.exchanges.length).toBeGreaterThan(at)
  })

  test('make one Secret of whole secrets, JSON keys and stages, whose values show nowhere', async () => {
    const end = await machine.step(plainSecret)
    expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'changed'])
    expect(dataOf(ours('Secret', 'cart-db'))).toEqual({ all: database, password: 'p4ss "quoted" \\ word', old: 'the-password-before', tls: certificate })
    expectMasks(end, database, 'cart-of-staging', 'p4ss "quoted" \\ word', '63790001', 'nested-token-1', 'the-password-before', 'MIIEvQIBADANBgkqhkiG9w0')
    expectSecrecy(end)
    const at = now()
    const again = await machine.step(plainSecret)
    expect([again.outputs['outcome'], cloud.writes(at)]).toEqual(['unchanged', []])
    expectSecrecy(again)
  })

  test('a rotated secret makes another object, told by its keys alone', async () => {
    await machine.step(plainSecret)
    cloud.sandbox.secrets.put(region, 'shop/tls', 'another-private-key')
    const end = await machine.step(plainSecret)
    expect(end.outputs['outcome']).toBe('changed')
    expect(end.printed).toMatch(/ ~ tls$/m)
    expect(shownBy(end)).not.toContain('another-private-key')
    expectSecrecy(end)
    expect(cloud.cluster.objects('Secret', 'staging')).toHaveLength(2)
  })

  test('a dry run says which keys would change, and writes nothing', async () => {
    await machine.step(config)
    machine.write('cart/cart.env', 'LEVEL=a-telling-value\nMORE=1\n')
    const at = now()
    const end = await machine.step({ ...config, 'dry-run': 'true' })
    expect([end.exitCode, end.outputs['outcome'], cloud.writes(at)]).toEqual([0, 'planned', []])
    for (const line of [/~ LEVEL$/m, /\+ MORE$/m]) expect(end.printed).toMatch(line)
    expect(end.summary).toContain('Nothing was written.')
    expect(shownBy(end)).not.toContain('a-telling-value')
    const secret = await machine.step({ ...plainSecret, 'dry-run': 'true' })
    expect([secret.outputs['outcome'], cloud.writes(at)]).toEqual(['planned', []])
    expectSecrecy(secret)
  })

  test('missing secrets are named with their JSON key and stage, all at once', async () => {
    const at = now()
    const end = await machine.step({ ...place, name: 'cart-db', secrets: 'a=shop/nowhere\nb=shop/staging/cart/db#pasword\nc=shop/tls@AWSPENDING\nd=shop/tls#key' })
    expect([end.exitCode, end.outputs['outcome'], end.outputs['config'], cloud.writes(at)]).toEqual([1, 'refused', '', []])
    const told = end.printed.split('\n').filter((line) => line.startsWith('::error'))
    expect(told).toHaveLength(4)
    for (const named of [/shop\/nowhere/, /"pasword".*shop\/staging\/cart\/db/, /shop\/tls.*AWSPENDING|AWSPENDING.*shop\/tls/, /"key".*shop\/tls/]) expect(told.filter((line) => named.test(line))).toHaveLength(1)
    expectSecrecy(end)
  })

  test('an API server that repeats values in its refusal does not get them printed', async () => {
    const said = values.map((value) => `${value} ${Buffer.from(value).toString('base64')}`).join('\n::error::')
    const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Invalid', code: 422, message: `Secret "cart-db" is invalid: ${said}`, details: { causes: [{ reason: 'FieldValueInvalid', field: 'data', message: said }] } })
    cloud.sandbox.ledger.script({ server: 'kubernetes:nonprod', operation: /^PATCH secrets/, effect: { status: 422, headers: { 'content-type': 'application/json' }, body } })
    const end = await machine.step(plainSecret)
    expect([end.exitCode, end.outputs['outcome']]).toEqual([1, 'refused'])
    expect(commandsIn(end.printed).filter((command) => command !== 'add-mask')).toEqual(['error'])
    expectSecrecy(end)
    // The last characters of a base64 text depend on what follows.
    for (const value of values.filter((text) => text.length >= 8)) if (value !== oldDatabase) expect(shownBy(end)).not.toContain(Buffer.from(value).toString('base64').replace(/.{4}$/, ''))
  })
})

describe('the example shop', () => {
  const shop = { services: 'all', environment: 'staging' }
  beforeEach(() => {
    checkOutShop(machine)
  })

  test('gets its ConfigMaps and its Secret by services and environment alone, and nothing the second time', async () => {
    const end = await machine.step(shop)
    expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'changed'])
    const handed = decodeConfiguration(end.outputs['config'] ?? '')
    const objects = [...handed.values()].flatMap((target) => [...target])
    expect(objects.map(([name, { kind }]) => `${kind} ${name}`).sort()).toEqual(['ConfigMap cart-env', 'ConfigMap cart-limits', 'ConfigMap catalog-config', 'ConfigMap web-env', 'Secret cart-db'])
    for (const [declared, { kind, name }] of objects) expect(ours(kind, declared)?.metadata.name).toBe(name)
    expect(dataOf(ours('Secret', 'cart-db'))).toMatchObject({ username: 'cart-of-staging', port: '63790001', pin: 'Pin#7' })
    expect(dataOf(ours('ConfigMap', 'cart-env'))['DB_HOST']).toBe('cart-db.staging.shop.internal')
    expectSecrecy(end)
    const at = now()
    const again = await machine.step(shop)
    expect([again.exitCode, again.outputs['outcome'], cloud.writes(at)]).toEqual([0, 'unchanged', []])
  })

  test('a database user that is called like an object does not blank the outputs, and is noted', async () => {
    cloud.sandbox.secrets.put(region, 'shop/staging/cart/db', JSON.stringify({ username: 'cart-limits', password: 'a-password-of-its-own' }))
    const end = await machine.step(shop)
    expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'changed'])
    expectMasks(end, 'a-password-of-its-own')
    expect(end.printed).not.toMatch(/^::add-mask::cart-limits$/m)
    expect(end.printed).toMatch(/^::notice::a secret holds a value that is, or is a part of, the name "cart-limits"/m)
  })

  test('every problem of several objects is told at once, and nothing is written', async () => {
    machine.write('config/common.env', 'LOG_LEVEL=${LOG_LEVLE}\nno assignment\n')
    machine.write('config/staging/catalog/catalog.properties', 'media=${NOWHERE}\n')
    const at = now()
    const end = await machine.step(shop)
    expect([end.exitCode, end.outputs['outcome'], cloud.writes(at)]).toEqual([1, 'refused', []])
    for (const told of [/^::error .*file=config\/common\.env,line=1.*LOG_LEVLE/m, /^::error .*file=config\/common\.env,line=2/m, /^::error .*file=config\/staging\/catalog\/catalog\.properties,line=1.*NOWHERE/m]) expect(end.printed).toMatch(told)
  })

  test('a Secret that cannot be made keeps every ConfigMap from being written', async () => {
    cloud.sandbox.secrets.markDeleted(region, 'shop/staging/cart/db')
    const at = now()
    const end = await machine.step(shop)
    expect([end.exitCode, end.outputs['outcome'], cloud.writes(at)]).toEqual([1, 'refused', []])
    expect(end.printed).toMatch(/^::error title=[a-z-]+::.*shop\/staging\/cart\/db/m)
  })

  test('a run that is told to stop while it writes says so, and hands over what stands', async () => {
    const written = /^PATCH (?:configmaps|secrets)/
    // Five dry runs and a write are answered.
    cloud.sandbox.ledger.script({ server: 'kubernetes:nonprod', operation: written, after: 6, times: 99, effect: 'hang' })
    let asked = 0
    const stop = new Set<() => void>()
    cloud.sandbox.ledger.onRequest = (_, operation) => {
      asked += written.test(operation) ? 1 : 0
      if (asked === 10) for (const each of stop) each()
    }
    const end = await machine.step(shop, {}, {}, { after: /::add-mask::/, then: (kill) => stop.add(() => { kill('SIGINT') }) })
    expect([end.exitCode, end.outputs['outcome'], cloud.cluster.objects('ConfigMap', 'staging').length + cloud.cluster.objects('Secret').length]).toEqual([1, 'partial', 1])
    expect(end.printed).toMatch(/^::error title=cancelled::/m)
    expect([...decodeConfiguration(end.outputs['config'] ?? '').values()].map(({ size }) => size)).toEqual([1])
  })
})

describe('hostile text prints as text', () => {
  const evil = '\u001b[31m::set-output name=config::forged%0A::error::x'

  test('in names of files and lines of env-files', async () => {
    machine.write(`cfg/${evil.replaceAll('/', '')}\n::error::y ##[error]z.env`, 'A=1')
    machine.write('cfg/bad.env', `${evil}\n  ##[set-output name=config]forged\r::warning::w\n::error::bare\nB=`)
    const end = await machine.step({ ...place, name: 'evil', files: 'cfg/*', 'env-files': 'cfg/bad.env' })
    expect([end.exitCode, end.outputs['outcome'], end.outputs['config']]).toEqual([1, 'refused', ''])
    const commands = commandsIn(end.printed)
    expect(commands.length).toBeGreaterThan(1)
    expect(new Set(commands)).toEqual(new Set(['error']))
    expect(end.printed).not.toMatch(/^::error(?! title=(?:config|file|template|project)-[a-z]+[,:])/m)
    expect(end.printed + end.summary).not.toContain('\u001b')
  })

  test('in a ConfigMap of somebody else', async () => {
    const inputs = { ...place, name: 'cart-env', literals: 'MODE=fast' }
    const planned = decodeConfiguration((await machine.step({ ...inputs, 'dry-run': 'true' })).outputs['config'] ?? '')
    const name = [...planned.values()].flatMap((objects) => [...objects.values()])[0]?.name ?? ''
    cloud.cluster.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'staging', annotations: { note: evil } }, data: { MODE: 'other' } }, `evil\n::error::forged ##[error]z ${evil} | <b>*x*</b>`)
    const at = now()
    const end = await machine.step(inputs)
    expect([end.exitCode, end.outputs['outcome'], cloud.writes(at)]).toEqual([1, 'refused', []])
    expect(commandsIn(end.printed)).toEqual(['error'])
    expect(end.printed).toMatch(/^::error title=ownership-conflict::/m)
    expect(end.summary).not.toMatch(/\u001b|<b>|\*x\*/)
  })
})
