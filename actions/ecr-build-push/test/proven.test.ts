import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findProof } from '@slipway/delivery'
import { openCluster, openRecords, type Records } from '@slipway/kubernetes'
import { environmentRule, namespaceRule, regionRule, targetRule, type Digest, type Source } from '@slipway/release'
import { Failed } from '@slipway/report'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock, type Http } from '@slipway/wire'
import type { RequiredProof, Settings } from '../src/settings.ts'
import { digestOf, image, named, World } from './world.ts'

let world: World
let ledger: Ledger
let server: KubernetesServer
let http: Http
let records: Records
beforeEach(async () => {
  world = new World()
  world.write('cart/Dockerfile', 'FROM node:22\nCOPY . .\n')
  world.write('cart/server.js', 'v1')
  world.write('web/Dockerfile', 'FROM scratch\nCOPY . .\n')
  world.registry.create('shop/cart').create('shop/web')
  ledger = new Ledger()
  http = openHttp({ environment: {} })
  server = await startKubernetes({ name: 'nonprod', ledger, namespaces: ['staging', 'slipway'], authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/read', username: 'read', groups: [] }), findImage: () => ({ platforms: ['linux/amd64'], labels: {} }), speed: 1 })
  const cluster = openCluster({ name: 'nonprod', endpoint: server.url, http, clock: systemClock, random: () => 0, token: () => Promise.resolve({ token: 'any', expiresAtMs: Number.MAX_SAFE_INTEGER }) })
  records = openRecords(cluster, 'slipway', 'staging', 'run-1')
  world.findProof = (wishes, { name }) => findProof(wishes, { environment: name, repository: 'acme/shop' }, [{ target: 'eu', records }])
})
afterEach(async () => {
  world.close()
  await Promise.all([server.close(), http.close()])
})

const target = { name: named(targetRule, 'eu'), region: named(regionRule, 'eu-west-1'), cluster: 'nonprod', namespace: named(namespaceRule, 'staging'), recordNamespace: named(namespaceRule, 'slipway'), variables: {} }
const proof: RequiredProof = { required: { name: named(environmentRule, 'staging'), targets: [target] }, regions: [named(regionRule, 'eu-west-1'), named(regionRule, 'us-east-1')] }
const production = (more: Partial<Settings> = {}): Partial<Settings> => ({ images: [image('cart'), image('web')], environment: named(environmentRule, 'production'), proof, ...more })

/** The source keys of the checkout, as a build hands them over. */
async function keys(): Promise<Map<string, string>> {
  const { services } = await world.run({ images: [image('cart'), image('web')] })
  world.registry.requests.length = 0
  world.commands.length = 0
  world.signIns = 0
  world.writes = 0
  return new Map(services.map(({ service, image: built }) => [service, built?.sourceKey ?? '']))
}

/** Records that staging ran a service's image to a verdict. */
async function ran(service: string, sequence: number, digest: Digest, sourceKey: string, more: { verdict?: 'healthy' | 'failed'; source?: Partial<Source> } = {}): Promise<void> {
  const source = { repository: 'acme/shop', commit: `${sequence}`.repeat(40), ref: 'refs/heads/main', run: 'https://github.example/runs/1', actor: 'alice', ...more.source }
  await records.create({ sequence, service, release: 'r', participants: [], revision: { images: { [`shop/${service}`]: digest }, configuration: {}, manifests: [] }, source, startedAt: '2026-11-21T10:00:00Z' }, `f${sequence}`, { sourceKeys: [sourceKey] })
  await records.conclude(service, sequence, more.verdict ?? 'healthy')
}

async function bothProven(): Promise<void> {
  const known = await keys()
  await ran('cart', 1, digestOf('cart'), known.get('cart') ?? '', { source: { configurationCommit: 'a'.repeat(40) } })
  await ran('web', 1, digestOf('web'), known.get('web') ?? '')
  ledger.exchanges.length = 0
}

async function refused(settings: Partial<Settings>): Promise<string[]> {
  const error: unknown = await world.run(settings).catch((thrown: unknown) => thrown)
  return error instanceof Failed ? error.failures.map(({ code, what, why }) => `${code}: ${what}: ${why}`) : []
}

describe('what staging has proven', () => {
  test('is taken with its configuration: no sign-in, no look-up, no docker, and only records are read there', async () => {
    await bothProven()
    const result = await world.run(production())
    expect([result.outcome, result.configurationCommit, result.services.map(({ service, did }) => `${service} ${did}`)]).toEqual(['unchanged', 'a'.repeat(40), ['cart proven', 'web proven']])
    expect(result.services[0]?.image).toMatchObject({ repository: 'shop/cart', regions: ['eu-west-1', 'us-east-1'], digest: digestOf('cart'), reused: true, tags: [], reason: 'proven by revision 1 in eu of staging' })
    expect([world.signIns, world.registry.requests, world.commands, world.writes]).toEqual([0, [], [], 0])
    expect(ledger.exchanges.map(({ operation }) => operation).toSorted()).toEqual(['GET configmaps', 'GET configmaps', 'LIST configmaps'])
  })

  test('is taken in the preflight already', async () => {
    await bothProven()
    const result = await world.run(production({ isPreflight: true }))
    expect([result.outcome, result.services.map(({ did }) => did)]).toEqual(['unchanged', ['proven', 'proven']])
  })

  test('with configuration of different commits is said; that of the newest release counts', async () => {
    const known = await keys()
    await ran('cart', 1, digestOf('cart'), known.get('cart') ?? '', { source: { configurationCommit: 'a'.repeat(40) } })
    await ran('web', 2, digestOf('web'), known.get('web') ?? '', { source: { configurationCommit: 'b'.repeat(40) } })
    expect((await world.run(production())).configurationCommit).toBe('b'.repeat(40))
    expect(world.lines).toContainEqual(expect.stringMatching(/^notice: the images were proven with configuration of different commits; that of the newest release, b+, is taken/))
  })
})

describe('what staging has not proven', () => {
  test('is refused, all services at once, before anybody is signed in to', async () => {
    await keys()
    expect(await refused(production())).toEqual(['cart', 'web'].map((service) => `not-proven: ${service} is not proven in staging: ${service} was never deployed to staging by this repository`))
    expect([world.signIns, world.registry.requests, world.commands]).toEqual([0, [], []])
  })

  test('since one byte of the context has changed is refused with the commit that is proven', async () => {
    await bothProven()
    world.write('cart/server.js', 'v2')
    expect(await refused(production())).toEqual([expect.stringMatching(/^not-proven: cart is not proven in staging: what is proven there is commit 111111111111 of main \(revision 1 in eu\), and cart has another source/)])
  })

  test('since it failed there, or was undone there, is refused', async () => {
    const known = await keys()
    await ran('cart', 1, digestOf('cart'), known.get('cart') ?? '', { verdict: 'failed' })
    await ran('web', 2, digestOf('web'), known.get('web') ?? '')
    await records.changeBlocks('web', () => [{ release: 'r', fingerprint: '', images: { 'shop/web': digestOf('web') }, configuration: {}, reason: 'prices are wrong', actor: 'bob', run: 'https://github.example/runs/9', at: '2026-11-21T11:00:00Z' }])
    expect(await refused(production())).toEqual([expect.stringMatching(/cart.* failed /), expect.stringMatching(/web.*blocked: bob undid the release r .*prices are wrong/)])
  })

  test('though another repository has a service of this name there is refused', async () => {
    const known = await keys()
    await ran('cart', 1, digestOf('cart'), known.get('cart') ?? '', { source: { repository: 'other/shop' } })
    expect(await refused(production({ images: [image('cart')] }))).toEqual([expect.stringMatching(/never deployed to staging by this repository/)])
  })

  test('is looked up and built as usual where a reason lets it in; the rest is taken from there', async () => {
    const known = await keys()
    await ran('web', 1, digestOf('web'), known.get('web') ?? '')
    world.write('cart/server.js', 'v2')
    const result = await world.run(production({ proof: { ...proof, allowUnproven: 'staging is down' } }))
    expect(result.services.map(({ service, did }) => `${service} ${did}`)).toEqual(['web proven', 'cart built'])
    expect(world.lines).toContainEqual(expect.stringMatching(/^warning: cart is not proven in staging: .*It is let in all the same: staging is down$/))
  })
})

test('a preflight without a proof to look for asks nobody, and hands nothing over', async () => {
  const result = await world.run({ images: [image('cart')], isPreflight: true })
  expect([result.outcome, result.services.map(({ did }) => did), world.signIns, world.commands]).toEqual(['planned', ['checked'], 0, []])
})

test('a preflight tells what is wrong with contexts and tags', async () => {
  expect(await refused({ images: [image('cart', { context: 'absent' })], isPreflight: true })).toEqual([expect.stringMatching(/^dockerfile-missing/)])
})
