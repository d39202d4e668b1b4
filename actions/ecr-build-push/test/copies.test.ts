import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import { summaryOf } from '../src/summary.ts'
import { digestOf, image, World, type MemoryRegistry } from './world.ts'

let world: World
let us: MemoryRegistry
beforeEach(() => {
  world = new World()
  world.write('cart/Dockerfile', 'FROM scratch\nCOPY . .\n')
  world.write('web/Dockerfile', 'FROM scratch\nCOPY . .\n')
  world.registry.create('shop/cart').create('shop/web')
  us = world.region('us-east-1', 'shop/cart', 'shop/web')
})
afterEach(() => {
  world.close()
})
const cart = { images: [image('cart')] }
const both = { images: [image('cart'), image('web')] }
const sha = '0123456789abcdef0123456789abcdef01234567'

describe('an image that was built', () => {
  test('is copied to the other regions with the tags that it has at home, and handed over with all its regions', async () => {
    world.region('ap-south-1', 'shop/cart')
    const result = await world.run(cart)
    expect(result.outcome).toBe('changed')
    expect(result.services[0]?.image).toMatchObject({ regions: ['eu-west-1', 'us-east-1', 'ap-south-1'] })
    for (const there of world.elsewhere.values()) expect(there.repositories.get('shop/cart')?.tags).toEqual(world.registry.repositories.get('shop/cart')?.tags)
    expect(summaryOf(result)).toContain('us-east-1: copied<br>ap-south-1: copied')
    expect(world.lines.find((line) => line.includes('is now in us-east-1: 2 layers sent (3.0 MB), 0 mounted there'))).toBeDefined()
  })
  test('is copied before any tag is put in the other region', async () => {
    await world.run(cart)
    expect(us.requests.map((request) => request.replace(/content-\w+/, 'content'))).toEqual(['BatchGetImage shop/cart', 'GetAuthorizationToken', 'Copy shop/cart', 'PutImage shop/cart:content', 'PutImage shop/cart:staging-main', `PutImage shop/cart:staging-main-${sha}`])
  })
})

describe('the same run again', () => {
  test('asks once a repository and region, and writes nothing', async () => {
    await world.run(both)
    world.registry.requests.length = 0
    us.requests.length = 0
    const result = await world.run(both)
    expect(result.outcome).toBe('unchanged')
    expect(result.services[0]?.image?.regions).toEqual(['eu-west-1', 'us-east-1'])
    for (const registry of [world.registry, us]) expect(registry.requests.sort()).toEqual(['BatchGetImage shop/cart', 'BatchGetImage shop/web'])
    expect(summaryOf(result)).toContain('us-east-1: has it')
  })
  test('brings a region that is new what the home region has, and its tags', async () => {
    await world.run(cart)
    world.dockerMissing = true
    const late = world.region('ap-south-1', 'shop/cart')
    const result = await world.run(cart)
    expect([result.outcome, [...(result.services[0]?.copies ?? [])]]).toEqual(['changed', [['us-east-1', 'standing'], ['ap-south-1', 'copied']]])
    expect(Object.keys(late.tagsOf('shop/cart')).sort()).toEqual(['staging-main', `staging-main-${sha}`])
  })
  test('of a moving tag moves it in every region', async () => {
    await world.run(cart)
    world.write('cart/server.js', 'v2')
    await world.run(cart, { sha: 'f'.repeat(40) })
    expect(us.tagsOf('shop/cart')['staging-main']).toBe(world.registry.tagsOf('shop/cart')['staging-main'])
  })
  test('copies again what another digest stands for there', async () => {
    const first = await world.run(cart)
    const [content = ''] = [...(us.repositories.get('shop/cart')?.tags.keys() ?? [])]
    us.push('shop/cart', content, '{"other":true}')
    expect((await world.run(cart)).services[0]?.copies?.values().next().value).toBe('copied')
    expect(us.repositories.get('shop/cart')?.tags.get(content)).toBe(first.services[0]?.image?.digest)
  })
})

describe('a missing repository in another region', () => {
  beforeEach(() => {
    us.repositories.delete('shop/web')
  })
  test('is told before anything is built or pushed anywhere', async () => {
    world.registry.repositories.delete('shop/cart')
    const error: unknown = await world.run(both).catch((thrown: unknown) => thrown)
    expect(error instanceof Failed && error.failures.map(({ what }) => what).sort()).toEqual(['the ECR repository shop/cart does not exist in eu-west-1', 'the ECR repository shop/web does not exist in us-east-1'])
    expect([world.commands, world.writes]).toEqual([[], 0])
  })
  test('is created where it may be, also when nothing is built', async () => {
    expect((await world.run({ ...both, createRepository: true })).outcome).toBe('changed')
    expect(us.tagsOf('shop/web')['staging-main']).toBe(world.registry.tagsOf('shop/web')['staging-main'])
    world.region('ap-south-1')
    world.dockerMissing = true
    expect((await world.run({ ...both, createRepository: true })).outcome).toBe('changed')
    expect(world.lines).toContain('created the repository shop/cart in ap-south-1')
  })
  test('that could not be created ends the run before any build', async () => {
    us.refuses = /^CreateRepository/
    expect((await world.run({ ...both, createRepository: true })).outcome).toBe('refused')
    expect(world.commands.filter((words) => words[1] === 'build')).toEqual([])
  })
})

describe('a region that lets nobody in', () => {
  const shut = (registry: MemoryRegistry, region: string) => {
    registry.authorization = () => Promise.reject(new Failed({ code: 'access-denied', what: `ECR in ${region} refused it`, why: 'it is not allowed', next: 'allow it' }))
  }
  beforeEach(() => {
    shut(us, 'us-east-1')
  })
  test('is told with every other, before anything is created or built anywhere', async () => {
    world.registry.repositories.delete('shop/cart')
    shut(world.region('ap-south-1', 'shop/cart'), 'ap-south-1')
    const error: unknown = await world.run({ ...cart, createRepository: true }).catch((thrown: unknown) => thrown)
    expect(error instanceof Failed && error.failures.map(({ code, what }) => [code, what])).toEqual([['access-denied', 'ECR in us-east-1 refused it'], ['access-denied', 'ECR in ap-south-1 refused it']])
    expect([world.commands.filter((words) => words[1] === 'build'), world.writes]).toEqual([[], 0])
  })
  test('is not asked where nothing is pushed', async () => {
    expect((await world.run({ ...cart, push: false })).outcome).toBe('planned')
  })
  test('is not asked ahead where nothing is built', async () => {
    us.authorization = world.registry.authorization
    await world.run(cart)
    shut(us, 'us-east-1')
    expect((await world.run(cart)).outcome).toBe('unchanged')
  })
})

test('a version that names another image in one region is told before anything is written in any', async () => {
  us.push('shop/cart', 'v1.4.0', '{"other":true}')
  const error: unknown = await world.runOnTag('v1.4.0', cart).catch((thrown: unknown) => thrown)
  expect(error instanceof Failed && error.failures).toMatchObject([{ code: 'tag-immutable', where: 'service cart, us-east-1', what: `the tag v1.4.0 of shop/cart names ${digestOf('{"other":true}')} already` }])
  expect([world.commands, world.writes]).toEqual([[], 0])
})

describe('a region that fails', () => {
  test('leaves the run partial: the others have the image, and it is handed over for them', async () => {
    world.region('ap-south-1', 'shop/cart')
    us.refuses = /^Copy/
    const result = await world.run(cart)
    expect(result.outcome).toBe('partial')
    expect(result.services[0]).toMatchObject({ did: 'built', image: { regions: ['eu-west-1', 'ap-south-1'] } })
    expect([...(result.services[0]?.copies ?? [])]).toEqual([['us-east-1', 'failed'], ['ap-south-1', 'copied']])
    expect(summaryOf(result)).toMatch(/^### Images: partial: 1 built, 1 not in every region/)
    expect(summaryOf(result)).toContain('us-east-1: **failed**')
  })
  test('moves no tag there where one of its copies is missing', async () => {
    us.refuses = /^Copy shop\/web/
    await world.run(both)
    expect([us.tagsOf('shop/cart'), us.tagsOf('shop/web')]).toEqual([{}, {}])
    expect(Object.keys(world.registry.tagsOf('shop/web'))).toHaveLength(2)
  })
  test('is finished by the next run, which copies what is missing and puts every tag', async () => {
    us.refuses = /^Copy shop\/web/
    await world.run(both)
    us.refuses = /^$/
    us.requests.length = 0
    expect((await world.run(both)).outcome).toBe('changed')
    expect(us.requests.filter((request) => request.startsWith('Copy'))).toEqual(['Copy shop/web'])
    for (const name of ['shop/cart', 'shop/web']) expect(us.tagsOf(name)).toEqual(world.registry.tagsOf(name))
  })
  test('tells what refuses every image alike once, and is refused where nothing was written', async () => {
    await world.run(both)
    world.region('ap-south-1', 'shop/cart', 'shop/web').refuses = /^Copy/
    const result = await world.run(both)
    expect([result.outcome, result.failures.length]).toEqual(['refused', 1])
  })
  test('in the middle of a copy has been written to', async () => {
    await world.run(cart)
    const late = world.region('ap-south-1', 'shop/cart')
    late.takeCopy = (_name, _digest, _from, wrote) => {
      wrote()
      return Promise.reject(new Failed({ code: 'copy-failed', what: 'it could not be copied', why: 'a layer is gone', next: 'run it again' }))
    }
    expect((await world.run(cart)).outcome).toBe('partial')
  })
})

test('an immutable repository in another region keeps its tag, with a notice that names the region', async () => {
  us.create('shop/cart', true)
  us.push('shop/cart', 'staging-main', '{"old":true}')
  expect((await world.run(cart)).outcome).toBe('changed')
  expect(world.lines.find((line) => line.startsWith('notice: cart: the repository shop/cart is immutable in us-east-1, so the tag staging-main stays'))).toBeDefined()
})

test('after a failed build nothing is copied or tagged', async () => {
  world.builder = (repository) => (repository === 'shop/web' ? { exitCode: 1, lines: [] } : { exitCode: 0, lines: [] })
  await world.run(both)
  expect(us.requests).toEqual(['BatchGetImage shop/cart', 'BatchGetImage shop/web', 'GetAuthorizationToken'])
})

describe('a dry run', () => {
  test('says what would be copied where, and writes nothing', async () => {
    await world.run(cart)
    world.region('ap-south-1', 'shop/cart')
    world.lines.length = 0
    us.requests.length = 0
    const result = await world.run({ ...both, images: [image('cart')], dryRun: true })
    expect(result).toMatchObject({ outcome: 'planned', services: [{ image: { regions: ['eu-west-1', 'us-east-1'] } }] })
    expect(world.lines.join('\n')).toMatch(/^cart: sha256:\w+ is reused, and would be given .*; it would be copied to ap-south-1$/)
    expect(us.requests).toEqual(['BatchGetImage shop/cart'])
  })
  test('of what stands everywhere is unchanged', async () => {
    await world.run(cart)
    expect((await world.run({ ...cart, dryRun: true })).outcome).toBe('unchanged')
  })
  test('names the region of a repository that would be created', async () => {
    us.repositories.clear()
    await world.run({ ...cart, dryRun: true, createRepository: true })
    expect(world.lines).toContain('the repository shop/cart would be created in us-east-1')
  })
})
