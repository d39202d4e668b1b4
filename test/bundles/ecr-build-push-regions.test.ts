import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { decodeImages } from '@slipway/release'
import { startSandbox, type Sandbox } from '@slipway/sandbox'
import { Machine } from './machine.ts'

const home = 'eu-west-1'
const other = 'us-east-1'
const inputs = { repository: 'shop/cart', context: 'cart', region: home, regions: other, cache: 'none' }
let sandbox: Sandbox
let machine: Machine

beforeAll(async () => {
  sandbox = await startSandbox({ account: '111122223333', regions: [home, other], buildxDriver: 'docker-container' })
})
afterAll(async () => {
  await sandbox.close()
})
beforeEach(() => {
  for (const region of [home, other]) sandbox.images.createRepository(region, 'shop/cart')
  machine = new Machine('ecr-build-push', { PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}`, ...sandbox.environment(), ...sandbox.staticCredentials() })
  machine.write('cart/Dockerfile', 'FROM scratch\nCOPY . /\n')
  machine.write('cart/server.js', 'v1')
})
afterEach(() => {
  machine.close()
})

test('what is built is copied to the other region through its registry, with its tags and no password in the log; again it is one request a region', async () => {
  const end = await machine.step({ ...inputs, platforms: 'linux/amd64,linux/arm64' })
  expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'changed'])
  const [here, there] = [home, other].map((region) => sandbox.images.repository(region, 'shop/cart'))
  expect(there?.tags).toEqual(here?.tags)
  expect([there?.manifests.size, [...(there?.blobs.keys() ?? [])].sort()]).toEqual([3, [...(here?.blobs.keys() ?? [])].sort()])
  expect([...decodeImages(end.outputs['images'] ?? '').values()][0]?.regions).toEqual([home, other])
  expect(end.summary).toContain('us-east-1: copied')
  for (const [, password = ''] of end.printed.matchAll(/::add-mask::(\S+)/g)) expect(end.printed.split(`::add-mask::${password}`).join('')).not.toContain(password)

  const at = sandbox.ledger.exchanges.length
  const again = await machine.step({ ...inputs, platforms: 'linux/amd64,linux/arm64' })
  expect([again.exitCode, again.outputs['outcome']]).toEqual([0, 'unchanged'])
  expect(sandbox.ledger.exchanges.slice(at).map(({ operation }) => operation).filter((operation) => !operation.startsWith('sts:'))).toEqual(['ecr:BatchGetImage', 'ecr:BatchGetImage'])
})

test('each region\'s password is asked for once, before anything is written', async () => {
  const at = sandbox.ledger.exchanges.length
  expect((await machine.step(inputs)).exitCode).toBe(0)
  const exchanges = sandbox.ledger.exchanges.slice(at)
  const asked = exchanges.flatMap(({ operation }, index) => (operation === 'ecr:GetAuthorizationToken' ? [index] : []))
  expect(asked).toHaveLength(2)
  expect(asked.at(-1)).toBeLessThan(exchanges.findIndex(({ write }) => write))
})

test('a region that lets nobody in ends the run before anything is written', async () => {
  sandbox.ledger.script({ server: 'ecr', operation: /GetAuthorizationToken/, after: 1, times: 1, effect: { status: 400, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{"__type":"AccessDeniedException","message":"not authorized to perform: ecr:GetAuthorizationToken"}' } })
  const at = sandbox.ledger.exchanges.length
  const end = await machine.step(inputs)
  expect([end.exitCode, end.outputs['outcome']]).toEqual([1, 'refused'])
  expect(end.printed).toMatch(/::error title=access-denied::ECR in \S+ refused ecr:GetAuthorizationToken for the registry/)
  expect(sandbox.ledger.exchanges.slice(at).filter(({ write }) => write)).toEqual([])
})

test('a region that refuses the copy leaves the run partial, and the next run finishes it', async () => {
  sandbox.ledger.script({ server: 'registry', operation: /POST upload/, after: 2, times: 1, effect: { status: 403, body: '{"errors":[{"code":"DENIED","message":"not authorized to perform: ecr:InitiateLayerUpload"}]}' } })
  const end = await machine.step(inputs)
  expect([end.exitCode, end.outputs['outcome'], [...decodeImages(end.outputs['images'] ?? '').values()][0]?.regions]).toEqual([1, 'partial', [home]])
  expect(end.printed).toMatch(/::error title=access-denied::.*could not be copied from ECR in eu-west-1 to ECR in us-east-1.*ecr:InitiateLayerUpload/)
  expect(sandbox.images.repository(other, 'shop/cart')?.tags.size).toBe(0)
  const next = await machine.step(inputs)
  expect([next.exitCode, next.outputs['outcome'], next.outputs['reused']]).toEqual([0, 'changed', 'true'])
  expect(sandbox.images.repository(other, 'shop/cart')?.tags).toEqual(sandbox.images.repository(home, 'shop/cart')?.tags)
})
