import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { decodeConfiguration } from '@slipway/release'
import type { Resource } from '@slipway/sandbox'
import { outputsOf, summaryOf } from '../src/summary.ts'
import { makeWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

const own = (kind: string): Resource[] => world.clusters.nonprod.objects(kind, 'staging').filter(({ metadata }) => metadata.labels?.['slipway.dev/managed-by'] === 'k8s-config-sync')
const dataOf = (kind: string, declared: string): unknown => own(kind).find(({ metadata }) => metadata.labels?.['slipway.dev/config'] === declared)?.['data']
const decoded = (data: unknown): unknown => Object.fromEntries(entriesOf(data).map(([key, value]) => [key, Buffer.from(String(value), 'base64').toString()]))

test('the first sync makes every object in every target, from its own layers', async () => {
  const result = await world.sync()
  expect(result).toMatchObject({ outcome: 'changed', failures: [] })
  expect(dataOf('ConfigMap', 'cart-config')).toEqual({
    'app.properties': 'level=debug\nprice=${amount}\n',
    'limits.json': '{ "limits": 3 }\n',
    'routes.json': '{\n  "routes": ["/cart"], "level":   "info"\n}\n',
  })
  expect(dataOf('ConfigMap', 'cart-env')).toEqual({ LEVEL: 'trace', QUOTED: '"a b" ', EMPTY: '', NAME: 'cart', MODE: '1.10' })
  expect(decoded(dataOf('Secret', 'cart-db'))).toEqual({ username: 'cart-user', password: 'hunter2-hunter2', port: '5432' })
  expect(decoded(dataOf('Secret', 'cart-keys'))).toEqual({ token: 'token-token', next: 'next-token-as-text' })
  const names = own('ConfigMap').map(({ metadata, immutable }) => [metadata.labels?.['slipway.dev/service'], immutable, /-[0-9a-f]{10}$/.test(metadata.name)])
  expect(names).toEqual([['cart', true, true], ['cart', true, true]])
  const { config, changed } = outputsOf(result)
  const targets = [...decodeConfiguration(config ?? '')]
  expect(changed).toBe('true')
  expect(targets.map(([target, objects]) => [target, [...objects.keys()]])).toEqual(['eu', 'us'].map((target) => [target, ['cart-config', 'cart-env', 'cart-db', 'cart-keys']]))
  const levels = targets.map(([, objects]) => objects.get('cart-env')?.name)
  expect(levels[0]).not.toBe(levels[1])
})

test('the same again is one LIST a kind and target, no write, and says unchanged', async () => {
  const first = await world.sync()
  world.counted()
  const second = await world.sync()
  expect(second.outcome).toBe('unchanged')
  const { writes, operations } = world.counted()
  expect(writes).toBe(0)
  expect(operations).toEqual(['LIST configmaps', 'LIST configmaps', 'LIST secrets', 'LIST secrets'])
  expect(outputsOf(second)['changed']).toBe('false')
  const named = (result: typeof first): unknown => result.targets.map(({ objects }) => objects.map(({ name, checksum }) => [name, checksum]))
  expect(named(second)).toEqual(named(first))
})

test('a change is told by key, and what did not change is left alone', async () => {
  await world.sync()
  world.counted()
  world.write('config/cart/cart.env', 'TITLE=cart\n')
  world.write('config/common.env', 'LEVEL=info\nQUOTED=other\nEMPTY=\n')
  const result = await world.sync({ targets: 'eu' })
  expect(result.targets[0]?.objects.map(({ declaredName, did, difference }) => [declaredName, did, difference])).toEqual([
    ['cart-config', 'unchanged', undefined],
    ['cart-env', 'created', { added: ['TITLE'], changed: ['QUOTED'], removed: ['NAME'] }],
    ['cart-db', 'unchanged', undefined],
    ['cart-keys', 'unchanged', undefined],
  ])
  expect(world.counted().writes).toBe(1)
  expect(world.lines.slice(-7).join('\n')).toMatch(/ConfigMap cart-env: created \(cart-env-\w{10}\)\n\[eu\] {3}\+ TITLE\n\[eu\] {3}~ QUOTED\n\[eu\] {3}- NAME/)
  expect(summaryOf(result)).toContain('added: <code>TITLE</code>; changed: <code>QUOTED</code>; removed: <code>NAME</code>')
})

test('a secret has a new name with a new version, though its value be the same, and no value is ever told', async () => {
  const first = await world.sync({ targets: 'eu' })
  const value = '{"username":"cart-user","password":"changed-password","port":5432}'
  world.secrets.set('shop/staging/db', { versionId: 'db-2', value })
  const second = await world.sync({ targets: 'eu' })
  expect(second.targets[0]?.objects.map(({ did }) => did)).toEqual(['unchanged', 'unchanged', 'created', 'unchanged'])
  expect(second.targets[0]?.objects[2]?.difference).toEqual({ added: [], changed: ['password'], removed: [] })
  expect(second.targets[0]?.objects[2]?.name).not.toBe(first.targets[0]?.objects[2]?.name)
  expect(world.masked).toEqual(expect.arrayContaining([value, 'changed-password', 'hunter2-hunter2', 'token-token', 'next-token-as-text']))
  const said = [...world.lines, summaryOf(second), JSON.stringify(outputsOf(second)), JSON.stringify(second)].join('\n')
  for (const secret of ['hunter2', 'changed-password', 'token-token', 'next-token']) expect(said).not.toContain(secret)
})

test('all secrets of a target are read in one go, each once', async () => {
  await world.sync({ targets: 'eu' })
  expect(world.readings).toEqual([3])
})

test.each([
  [{ 'dry-run': 'true' }, 'planned'],
  [{ phase: 'preflight' }, 'planned'],
])('with %j everything is tried and nothing written', async (inputs, outcome) => {
  const result = await world.sync(inputs)
  expect(result.outcome).toBe(outcome)
  expect(world.counted().writes).toBe(0)
  expect(own('ConfigMap')).toEqual([])
  expect(outputsOf(result)['changed']).toBe('true')
  expect(result.targets[0]?.objects.every(({ did }) => did === 'would-create')).toBe(true)
})

test('every missing or broken file is told before anybody signs in', async () => {
  world.write('config/cart/app.properties', 'level=${LEVLE}\n')
  world.write('config/cart/cart.env', 'NAME\n')
  world.write('slipway.yml', shopWith('files: ["cart/*.json", cart/app.properties, cart/none.txt]'))
  expect(await world.refusals({ targets: 'eu' })).toEqual(
    expect.arrayContaining([
      'variable-undefined: the variable LEVLE has no value',
      'file-missing: there is no file "cart/none.txt" in the configuration',
      'file-invalid: a line of the env-file has no "="',
    ]),
  )
  expect(world.ledger.exchanges).toEqual([])
  expect(world.readings).toEqual([])
})

test('every secret that is missing or unfit is told, and nothing is written', async () => {
  world.secrets.delete('shop/token@AWSPENDING')
  world.secrets.set('shop/token', { versionId: '1', value: '{"other":"x"}' })
  world.secrets.set('shop/staging/db', { versionId: '1', value: 'hunter2-plain' })
  const told = await world.refusals({ targets: 'eu' })
  expect(told).toEqual([
    'secret-missing: the secret cannot be taken whole (secret shop/staging/db)',
    'secret-missing: the secret has no JSON key "value" (secret shop/token)',
    'secret-missing: there is no secret shop/token',
  ])
  expect(told.join()).not.toContain('hunter2')
  expect(world.ledger.exchanges).toEqual([])
})

test('one target that cannot take it means no write in any', async () => {
  world.clusters['nonprod-us'].remove('Namespace', undefined, 'staging')
  expect(await world.refusals()).toEqual(['namespace-missing: the namespace staging of the target us does not exist'])
  expect(world.counted().writes).toBe(0)
})

test('a right that is missing is told by its name before anything is tried', async () => {
  world.clusters.nonprod.deny({ verb: 'create', resource: 'secrets' })
  expect(await world.refusals({ targets: 'eu' })).toEqual(['access-denied: the role may not create secrets in the namespace staging'])
  world.clusters.nonprod.deny({ verb: 'list', resource: 'configmaps' })
  expect(await world.refusals({ targets: 'eu' })).toEqual(['access-denied: the role may not list configmaps'])
  expect(world.counted().writes).toBe(0)
})

test('a cluster that is not there is told beside the problems of other targets', async () => {
  world.write('slipway.yml', shopWith('files: ["cart/*.json"]').replaceAll('nonprod-us', 'gone').replaceAll('cluster: nonprod,', 'cluster: lost,'))
  expect(await world.refusals()).toEqual(['cluster-missing: there is no cluster lost', 'cluster-missing: there is no cluster gone'])
})

test('an object that fails while others are written makes the outcome partial, and is handed to nobody', async () => {
  world.ledger.script({ server: 'kubernetes:nonprod', operation: /^PATCH secrets/, after: 2, times: 1, effect: { status: 422, body: '{"kind":"Status","status":"Failure","message":"no","reason":"Invalid"}' } })
  const result = await world.sync({ targets: 'eu' })
  expect({ outcome: result.outcome, failures: result.failures.map(({ code }) => code) }).toEqual({ outcome: 'partial', failures: ['cluster-refused'] })
  const [objects] = decodeConfiguration(outputsOf(result)['config'] ?? '').values()
  expect(objects?.size).toBe(3)
})

test('a reply that is lost is asked for again, and the object is there once', async () => {
  world.ledger.script({ server: 'kubernetes:nonprod', operation: /^PATCH configmaps/, after: 2, times: 1, effect: 'reset-after-handling' })
  const result = await world.sync({ targets: 'eu' })
  expect({ outcome: result.outcome, objects: own('ConfigMap').length }).toEqual({ outcome: 'changed', objects: 2 })
})

test('other labels are put on an object that exists, and its content stays', async () => {
  await world.sync({ targets: 'eu' })
  const result = await world.sync({ targets: 'eu', labels: 'team=shop' })
  expect(result.targets[0]?.objects.map(({ did, changed }) => [did, changed])).toEqual(Array(4).fill(['relabelled', false]))
  expect(own('ConfigMap').map(({ metadata }) => metadata.labels?.['team'])).toEqual(['shop', 'shop'])
})

test('plain inputs make one object, named "default" for the next action', async () => {
  const inputs = { services: '', environment: '', cluster: 'nonprod', namespace: 'shop', region: 'eu-west-1', name: 'plain', 'config-path': 'config', files: 'cart/*.json', literals: 'A=b' }
  const result = await world.sync(inputs)
  expect(result.outcome).toBe('changed')
  expect([...decodeConfiguration(outputsOf(result)['config'] ?? '')].map(([target, objects]) => [target, [...objects.keys()]])).toEqual([['default', ['plain']]])
  const [object] = world.clusters.nonprod.objects('ConfigMap', 'shop').filter(({ metadata }) => metadata.name.startsWith('plain-'))
  expect(entriesOf(object?.['data']).map(([key]) => key).sort()).toEqual(['A', 'limits.json', 'routes.json'])
  expect((await world.sync(inputs)).outcome).toBe('unchanged')
})

function entriesOf(data: unknown): [string, unknown][] {
  return typeof data === 'object' && data !== null ? Object.entries(data) : []
}

function shopWith(files: string): string {
  return `version: 1
configuration: { path: config }
services:
  cart:
    config:
      cart-config: { ${files}, template: true }
      cart-env: { env-files: [common.env, cart/cart.env] }
environments:
  staging:
    targets:
      - { name: eu, region: eu-west-1, cluster: nonprod, namespace: staging }
      - { name: us, region: us-east-1, cluster: nonprod-us, namespace: staging }
`
}
