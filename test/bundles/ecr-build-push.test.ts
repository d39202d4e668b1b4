import { existsSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { decodeImages } from '@slipway/release'
import { startSandbox, type Sandbox } from '@slipway/sandbox'
import { Machine } from './machine.ts'

const region = 'eu-west-1'
const project = `version: 1
registry: { account: "111122223333", region: eu-west-1, role: "arn:aws:iam::111122223333:role/build" }
services:
  cart: { image: { repository: shop/cart, context: cart, secrets: ["npm=env:NPM_AUTH"] } }
  web: { image: { repository: shop/web, context: web } }
environments:
  staging:
    targets: [{ name: eu, region: eu-west-1, cluster: nonprod, namespace: staging }]
`
const plain = { repository: 'shop/cart', context: 'cart', region }
let sandbox: Sandbox
let machine: Machine

beforeAll(async () => {
  sandbox = await startSandbox({ account: '111122223333', regions: [region], buildxDriver: 'docker-container' })
})
afterAll(async () => {
  await sandbox.close()
})
beforeEach(() => {
  for (const name of ['shop/cart', 'shop/web']) sandbox.images.createRepository(region, name)
  const base = sandbox.images.seedImage({ region, repository: 'base/node', tag: '22', files: { 'bin/node': '' } })
  machine = new Machine('ecr-build-push', { PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}`, ...sandbox.environment(), ...sandbox.staticCredentials() })
  machine.write('cart/Dockerfile', `FROM ${sandbox.images.host(region)}/base/node@${base}\nCOPY server.js /app/\n`)
  machine.write('cart/server.js', 'v1')
  machine.write('web/Dockerfile', 'FROM scratch\nCOPY . /\n')
})
afterEach(() => {
  machine.close()
})
const since = (at: number): string[] => sandbox.ledger.exchanges.slice(at).map(({ operation }) => operation)

describe('the step', () => {
  test('builds, pushes and hands over an image that the registry holds', async () => {
    const end = await machine.step(plain)
    expect(end.printed).toContain('[cart] #')
    expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'changed'])
    const [image] = decodeImages(end.outputs['images'] ?? '').values()
    expect(sandbox.images.repository(region, 'shop/cart')?.tags.get('main')).toBe(image?.digest)
    expect(end.outputs['image']).toBe(`shop/cart@${image?.digest ?? ''}`)
    expect(end.summary).toMatch(/^### Images: changed: 1 built/)
  })

  test('again writes nothing, and asks once a repository', async () => {
    await machine.step(plain)
    const at = sandbox.ledger.exchanges.length
    const end = await machine.step({ ...plain, 'expected-account': '111122223333' })
    expect([end.exitCode, end.outputs['outcome'], end.outputs['reused']]).toEqual([0, 'unchanged', 'true'])
    expect(since(at).filter((operation) => !operation.startsWith('sts:'))).toEqual(['ecr:BatchGetImage'])
    expect(end.state['private-folder']).toBeUndefined()
  })

  test('keeps the registry\'s password in a private folder alone, which post removes', async () => {
    const end = await machine.step(plain)
    const folder = end.state['private-folder'] ?? ''
    expect(folder.startsWith(machine.temp)).toBe(true)
    expect([folder, join(folder, 'docker')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700])
    expect(statSync(join(folder, 'docker', 'config.json')).mode & 0o777).toBe(0o600)
    expect((await machine.step({}, {}, { ...end.state })).exitCode).toBe(0)
    expect(existsSync(folder)).toBe(false)
    expect(readdirSync(machine.temp)).toEqual([])
  })

  test('says that docker is missing, where something must be built', async () => {
    const end = await machine.step(plain, { PATH: '/nonexistent' })
    expect([end.exitCode, end.outputs['outcome']]).toEqual([1, 'refused'])
    expect(end.printed).toContain('::error title=builder-missing::')
  })

  test('assumes a role with the token of the job, which is masked before it is sent', async () => {
    const cloud = await startSandbox({ account: '111122223333', regions: [region], repositories: [{ region, name: 'shop/cart' }], roles: [{ name: 'build', trust: ['repo:acme/shop:*'] }] })
    const token = await cloud.issueIdToken({ sub: 'repo:acme/shop:ref:refs/heads/main' }, 'sts.amazonaws.com')
    const issuer = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ value: token })))
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
    const address = issuer.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/token?api-version=2`
    const job = new Machine('ecr-build-push', { PATH: `${cloud.binFolder}:${process.env['PATH'] ?? ''}`, ...cloud.environment(), ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' })
    job.write('cart/Dockerfile', 'FROM scratch\nCOPY . /\n')
    const end = await job.step({ ...plain, role: 'arn:aws:iam::111122223333:role/build' })
    expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'changed'])
    expect(end.printed.split(`::add-mask::${token}`).join('')).not.toContain(token)
    expect(cloud.ledger.exchanges.filter(({ operation }) => operation.startsWith('sts:')).map(({ operation }) => operation)).toEqual(['sts:AssumeRoleWithWebIdentity'])
    job.close()
    issuer.closeAllConnections()
    await Promise.all([new Promise((resolve) => issuer.close(resolve)), cloud.close()])
  })

  test('tells every wrong input at once, in under a second and without a request', async () => {
    const at = sandbox.ledger.exchanges.length
    const startedAt = performance.now()
    const end = await machine.step({ repository: 'Shop/cart', context: '../x', cache: 'gha', push: 'maybe', regoin: region })
    expect(performance.now() - startedAt).toBeLessThan(1000)
    expect([end.exitCode, end.outputs['outcome'], end.outputs['images']]).toEqual([1, 'refused', ''])
    expect(end.printed.match(/^::error /gm)).toHaveLength(6)
    expect(since(at)).toEqual([])
  })
})

describe('with a project file', () => {
  test('several services are built, a build secret is masked before its use, and a failing one moves no tag', async () => {
    const trusted = await startSandbox({ account: '111122223333', regions: [region], repositories: [{ region, name: 'shop/cart' }, { region, name: 'shop/web' }] })
    try {
      const other = new Machine('ecr-build-push', { PATH: `${trusted.binFolder}:${process.env['PATH'] ?? ''}`, ...trusted.environment(), ...trusted.staticCredentials(), NPM_AUTH: 'a-very-secret-value' })
      other.write('slipway.yml', project.replace(/, role: "[^"]*"/, ''))
      other.write('cart/Dockerfile', 'FROM scratch\nCOPY . /\n')
      other.write('web/Dockerfile', 'FROM scratch\nRUN echo ##[set-output name=images]forged\n')
      const end = await other.step({ services: 'all', environment: 'staging' })
      expect([end.exitCode, end.outputs['outcome']]).toEqual([1, 'partial'])
      expect(end.printed).toMatch(/::error title=build-failed::.*the build of web failed/)
      expect(end.printed.indexOf('::add-mask::a-very-secret-value')).toBeGreaterThanOrEqual(0)
      expect(end.printed.split('::add-mask::a-very-secret-value').join('')).not.toContain('a-very-secret-value')
      expect(end.printed).not.toContain('##[')
      expect([...(trusted.images.repository(region, 'shop/cart')?.tags.keys() ?? [])].filter((tag) => tag.startsWith('staging'))).toEqual([])
      other.close()
    } finally {
      await trusted.close()
    }
  })

  test('a build secret without a value is told before any request', async () => {
    machine.write('slipway.yml', project)
    const at = sandbox.ledger.exchanges.length
    const end = await machine.step({ services: 'cart', environment: 'staging' })
    expect(end.printed).toMatch(/the build secret "npm" has no value/)
    expect(since(at)).toEqual([])
  })
})
