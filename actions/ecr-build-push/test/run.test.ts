import { readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import { digestOf, image, World } from './world.ts'

let world: World
beforeEach(() => {
  world = new World()
  world.write('cart/Dockerfile', 'FROM scratch\nCOPY . .\n')
  world.write('cart/server.js', 'v1')
  world.write('web/Dockerfile', 'FROM node:22\nCOPY . .\n')
  world.registry.create('shop/cart').create('shop/web')
})
afterEach(() => {
  world.close()
})
const both = { images: [image('cart'), image('web')] }
const sha = '0123456789abcdef0123456789abcdef01234567'

describe('the first run', () => {
  test('builds every image, pushes it by its content and puts the tags', async () => {
    const result = await world.run(both)
    expect(result.outcome).toBe('changed')
    expect(result.services.map(({ service, did }) => [service, did])).toEqual([['cart', 'built'], ['web', 'built']])
    expect(Object.keys(world.registry.tagsOf('shop/cart')).sort()).toEqual(['staging-main', `staging-main-${sha}`])
    expect(result.services[0]?.image).toMatchObject({ repository: 'shop/cart', regions: ['eu-west-1'], reused: false, tags: ['staging-main', `staging-main-${sha}`] })
    expect(world.lines).toContain('[cart] #5 [2/3] COPY . .')
  })
  test('creates a missing repository where it may', async () => {
    world.registry.repositories.delete('shop/cart')
    expect((await world.run({ images: [image('cart')], createRepository: true })).outcome).toBe('changed')
    expect(world.registry.requests).toContain('CreateRepository shop/cart')
  })
  test('says of a missing repository that it is missing, before anything is built', async () => {
    world.registry.repositories.clear()
    const error: unknown = await world.run(both).catch((thrown: unknown) => thrown)
    expect(error instanceof Failed && error.failures.map(({ code }) => code)).toEqual(['repository-missing', 'repository-missing'])
    expect(world.commands).toEqual([])
  })
  test('has no docker: that is told with what to do', async () => {
    world.dockerMissing = true
    await expect(world.run(both)).rejects.toThrow(/there is no docker with buildx here: the command "docker" is not on the PATH/)
  })
})

describe('the same run again', () => {
  test('asks once a repository and writes nothing, without docker', async () => {
    await world.run(both)
    world.registry.requests.length = 0
    world.dockerMissing = true
    const result = await world.run(both)
    expect(result.outcome).toBe('unchanged')
    expect(result.services.map(({ did }) => did)).toEqual(['reused', 'reused'])
    expect(world.registry.requests.sort()).toEqual(['BatchGetImage shop/cart', 'BatchGetImage shop/web', 'HEAD node:22'])
  })
  test('on another branch puts its moving tag alone', async () => {
    await world.run({ images: [image('cart')] })
    world.registry.requests.length = 0
    const result = await world.run({ images: [image('cart')] }, { branch: 'feature', sha: 'f'.repeat(40) })
    expect(result.services[0]?.did).toBe('tagged')
    expect(world.registry.requests).toEqual(['BatchGetImage shop/cart', 'PutImage shop/cart:staging-feature'])
  })
  test('builds again when a base image has changed', async () => {
    await world.run(both)
    world.bases.set('node:22', digestOf('a security fix'))
    expect((await world.run(both)).services.map(({ did }) => did)).toEqual(['reused', 'built'])
  })
  test('builds again when reuse is off', async () => {
    await world.run({ images: [image('cart')] })
    expect((await world.run({ images: [image('cart')], reuse: false }, { run: '2/1' })).services[0]).toMatchObject({ did: 'built', reason: 'nothing may be reused' })
  })
})

test('a base that cannot be found out costs the reuse, not the run', async () => {
  world.bases.set('node:22', new Failed({ code: 'base-unresolved', what: 'which image node:22 is at the moment cannot be found out', why: 'the registry refuses to show it', next: 'sign in' }))
  expect((await world.run({ images: [image('web')] })).services[0]?.did).toBe('built')
  expect(world.lines.find((line) => line.startsWith('warning: web: it is built at every run'))).toMatch(/the registry refuses to show it/)
})

describe('what cannot be right', () => {
  test('is told for every service at once, and before any request', async () => {
    const error: unknown = await world.run({ images: [image('cart', { target: 'tests' }), image('web', { dockerfile: 'Dokcerfile' }), image('api')], tags: ['content-x'] }).catch((thrown: unknown) => thrown)
    expect(error instanceof Failed && error.failures.map(({ code }) => code).sort()).toEqual(['dockerfile-invalid', 'dockerfile-missing', 'dockerfile-missing', 'tag-invalid'])
    expect(world.signIns).toBe(0)
  })
  test('is a tag that two services of one repository share', async () => {
    const shared = { repository: image('cart').repository }
    await expect(world.run({ images: [image('cart'), image('web', shared)] })).rejects.toThrow(/cart and web would both have the tag staging-main/)
  })
  test('is a context outside the workspace', async () => {
    symlinkSync('/usr', `${world.workspace}/away`)
    await expect(world.run({ images: [image('cart', { context: 'away' })] })).rejects.toThrow(/leads out of the workspace/)
  })
})

describe('a failed build', () => {
  beforeEach(() => {
    world.builder = (repository) => (repository === 'shop/web' ? { exitCode: 1, lines: ['#9 ERROR: exit code: 1', 'ERROR: failed to build: ::error::boo'] } : { exitCode: 0, lines: [] })
  })
  test('moves no tag, and names what was pushed', async () => {
    const result = await world.run(both)
    expect(result.outcome).toBe('partial')
    expect(result.failures).toMatchObject([{ code: 'build-failed', where: 'service web' }])
    expect(world.registry.tagsOf('shop/cart')).toEqual({})
  })
  test('is refused where nothing was pushed', async () => {
    expect((await world.run({ images: [image('web')] })).outcome).toBe('refused')
  })
  test('costs the others nothing: the next run reuses them', async () => {
    await world.run(both)
    world.builder = () => ({ exitCode: 0, lines: [] })
    expect((await world.run(both)).services.map(({ did }) => did)).toEqual(['tagged', 'built'])
  })
})

describe('what was written is told, whatever failed after it', () => {
  test('a tag that is refused after a push leaves the run partial', async () => {
    world.registry.refuses = /^PutImage shop\/cart/
    const result = await world.run({ images: [image('cart')] })
    expect([result.outcome, result.services[0]?.did, world.writes]).toEqual(['partial', 'failed', 1])
  })
  test('one of two tags that is refused leaves the run partial', async () => {
    await world.run({ images: [image('cart')] })
    world.registry.refuses = /:a$/
    expect((await world.run({ images: [image('cart')], tags: ['a', 'b'] })).outcome).toBe('partial')
    expect((await world.run({ images: [image('cart')], tags: ['a', 'b'] })).outcome).toBe('refused')
  })
  test('a repository that could not be created beside one that was leaves the run partial, and nothing is built', async () => {
    world.registry.repositories.clear()
    world.registry.refuses = /^CreateRepository shop\/web/
    const result = await world.run({ ...both, createRepository: true })
    expect([result.outcome, result.failures.map(({ what }) => what), world.writes]).toEqual(['partial', ['a quota is reached'], 1])
    expect(world.commands.filter((words) => words[1] === 'build')).toEqual([])
    world.registry.repositories.clear()
    world.registry.refuses = /^CreateRepository/
    expect((await world.run({ ...both, createRepository: true })).outcome).toBe('refused')
  })
  test('a failed build in a repository that was created leaves the run partial', async () => {
    world.registry.repositories.clear()
    world.builder = () => ({ exitCode: 1, lines: [] })
    expect((await world.run({ images: [image('cart')], createRepository: true })).outcome).toBe('partial')
  })
})

test.each([
  'unexpected status from PUT request to https://registry.example/v2/shop/cart/manifests/v1: 503 Service Unavailable',
  'unavailable: try later',
  'toomanyrequests: Rate exceeded',
  'failed commit on ref "manifest-sha256:8b3a": failed to do request: Put "https://registry.example/v2/shop/cart/manifests/v1": EOF',
])('a push that the registry fails is tried once more with the warm builder: %s', async (told) => {
  let builds = 0
  world.builder = () => {
    builds += 1
    return builds === 1 ? { exitCode: 1, lines: [`ERROR: failed to build: failed to solve: failed to push registry.example/shop/cart:v1: ${told}`] } : { exitCode: 0, lines: [] }
  }
  expect((await world.run({ images: [image('cart')] })).outcome).toBe('changed')
  expect(builds).toBe(2)
})

test('an image that another run has pushed in the meantime is taken', async () => {
  world.builder = (repository, tagText) => {
    world.registry.push(repository, tagText, '{"other":true}')
    return { exitCode: 1, lines: ['ERROR: failed to push: the tag is immutable'] }
  }
  const result = await world.run({ images: [image('cart')] })
  expect(result.services[0]?.image?.digest).toBe(digestOf('{"other":true}'))
})

describe('an immutable repository', () => {
  beforeEach(() => {
    world.registry.create('shop/cart', true)
  })
  test('keeps a moving tag where it is, with a notice', async () => {
    await world.run({ images: [image('cart')] })
    world.write('cart/server.js', 'v2')
    const result = await world.run({ images: [image('cart')] }, { sha: 'f'.repeat(40) })
    expect(result.outcome).toBe('changed')
    expect(result.services[0]?.image?.tags).toEqual([`staging-main-${'f'.repeat(40)}`])
    expect(world.lines.find((line) => line.startsWith('notice: cart: the repository shop/cart is immutable'))).toBeDefined()
  })
})

describe('a version', () => {
  const cart = { images: [image('cart')] }
  test('is the one tag of a version tag\'s run', async () => {
    expect((await world.runOnTag('v1.4.0', cart)).outcome).toBe('changed')
    expect(Object.keys(world.registry.tagsOf('shop/cart'))).toEqual(['v1.4.0'])
  })
  test('never moves: a changed content is refused, nothing built', async () => {
    await world.runOnTag('v1.4.0', cart)
    world.write('cart/server.js', 'v2')
    world.commands.length = 0
    await expect(world.runOnTag('v1.4.0', cart)).rejects.toThrow(/the tag v1.4.0 of shop\/cart names sha256:[0-9a-f]{64} already/)
    expect(world.commands).toEqual([])
  })
})

describe('a dry run', () => {
  test('says what would be built and writes nothing', async () => {
    const result = await world.run({ ...both, dryRun: true })
    expect(result).toMatchObject({ outcome: 'planned', services: [{ did: 'would-build' }, { did: 'would-build' }] })
    expect(world.registry.requests.filter((request) => !/^(?:BatchGetImage|HEAD)/.test(request))).toEqual([])
    expect(world.commands).toEqual([])
  })
})

test('without push everything is built and nothing reaches the registry', async () => {
  const result = await world.run({ ...both, push: false })
  expect(result).toMatchObject({ outcome: 'planned', services: [{ did: 'built-only' }, { did: 'built-only' }] })
  expect(world.registry.repositories.get('shop/cart')?.tags.size).toBe(0)
  expect(world.commands.flat()).not.toContain('--cache-to')
})

test('without push what exists is named, and nothing is tagged', async () => {
  await world.run({ images: [image('cart')] })
  expect(await world.run({ ...both, push: false }, { branch: 'other' })).toMatchObject({ outcome: 'planned', services: [{ service: 'web', did: 'built-only' }, { service: 'cart', did: 'would-tag' }] })
})

test('a git tag that names no version leaves the content\'s own tag alone', async () => {
  const result = await world.runOnTag('nightly', { images: [image('cart')] })
  expect(result.services[0]?.image?.tags).toEqual([])
  expect(world.lines).toContain('notice: no tag applies: the git tag nightly names no version; images are kept by their content alone, and handed over by digest')
})

test('a repository of many services is asked for a hundred tags at a time', async () => {
  const shared = { repository: image('cart').repository, context: 'cart' }
  await world.run({ images: Array.from({ length: 60 }, (_, index) => image(`s${index}`, shared)), tags: ['{service}-{branch}'], dryRun: true })
  expect(world.registry.requests).toEqual(['BatchGetImage shop/cart'])
  world.registry.requests.length = 0
  await world.run({ images: Array.from({ length: 120 }, (_, index) => image(`s${index}`, shared)), tags: ['{service}-{branch}'], dryRun: true })
  expect(world.registry.requests).toEqual(['BatchGetImage shop/cart', 'BatchGetImage shop/cart'])
})

test('the plain docker driver is told to keep no cache, once', async () => {
  world.driver = 'docker'
  await world.run(both)
  expect(world.lines.filter((line) => line.startsWith('notice: the builder "default" has the driver docker'))).toHaveLength(1)
  expect(world.commands.flat()).not.toContain('--cache-to')
})

test('what a build prints of its secrets is not told, however short they are', async () => {
  world.buildSecrets = ['{"pin":"4711x"}', 'hunter2']
  world.builder = () => ({ exitCode: 1, lines: ['#7 0.1 using hunter2 and 4711x', 'ERROR: failed to solve: hunter2 refused'] })
  const result = await world.run({ images: [image('cart')] })
  expect(world.lines).toContain('[cart] #7 0.1 using *** and ***')
  expect(result.failures[0]?.why).toBe('failed to solve: *** refused')
  expect(world.lines.join()).not.toMatch(/hunter2|4711x/)
})

describe('the workflow\'s own checkouts in the workspace', () => {
  beforeEach(() => {
    world.write('Dockerfile', 'FROM scratch\nCOPY . .\n')
    world.write('.dockerignore', 'docs\n')
  })
  const root = { images: [image('cart', { context: '.', dockerfile: 'Dockerfile' })] }
  const dockerfile = (): string => world.commands.flatMap((words) => (words.includes('--file') ? (words[words.indexOf('--file') + 1] ?? '') : [])).at(-1) ?? ''
  test('are no part of an image whose context is the workspace: neither of its key nor of its build', async () => {
    const before = await world.run({ ...root, dryRun: true })
    await world.run(root)
    expect(dockerfile()).toBe(`${realpathSync(world.workspace)}/Dockerfile`)
    world.write('.slipway/dist/index.js', 'other at every release')
    world.write('.slipway-configuration/cart.env', 'A=1')
    expect((await world.run(root)).services.map(({ did }) => did)).toEqual(['reused'])
    await world.run({ ...root, reuse: false }, { run: '2/1' })
    expect(readFileSync(dockerfile(), 'utf8')).toBe('FROM scratch\nCOPY . .\n')
    expect(readFileSync(`${dockerfile()}.dockerignore`, 'utf8')).toBe('.slipway\n.slipway-configuration\ndocs\n')
    expect(before.services[0]?.did).toBe('would-build')
  })
  test('are a folder like any other below the workspace', async () => {
    world.write('cart/.slipway/x', '')
    await world.run({ images: [image('cart')] })
    expect(dockerfile()).toBe(`${realpathSync(world.workspace)}/cart/Dockerfile`)
  })
})

test('git\'s own folder in a context is told', async () => {
  world.write('cart/.git/HEAD', 'ref: refs/heads/main')
  await world.run({ images: [image('cart')] })
  expect(world.lines.find((line) => line.startsWith('notice: cart: the build context "cart" holds git\'s own folder'))).toBeDefined()
})
