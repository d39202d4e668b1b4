import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { digestRule, tagRule, type Digest, type Tag } from '@slipway/release'
import { buildCommand, type BuildPlan } from '../src/build-plan.ts'
import { BuildProgress, hitRatio } from '../src/build-progress.ts'
import { readBuilder } from '../src/builder.ts'
import { dockerConfig, loginIn } from '../src/docker-config.ts'
import { builtDigest, platformDigests } from '../src/manifest.ts'

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')

function tag(text: string): Tag {
  if (!tagRule.is(text)) throw new Error(text)
  return text
}
function digest(digit: string): Digest {
  const text = `sha256:${digit.repeat(64)}`
  if (!digestRule.is(text)) throw new Error(text)
  return text
}

const plan: BuildPlan = {
  context: '/shop/cart',
  dockerfile: '/shop/cart/Dockerfile',
  platforms: ['linux/amd64', 'linux/arm64'],
  buildArgs: { B: 'two words', A: '1' },
  secrets: [{ id: 'npm', env: 'NPM_TOKEN' }, { id: 'pem', file: '/run/a,b.pem' }],
  labels: { 'org.opencontainers.image.revision': 'abc' },
  image: 'registry.example/shop/cart',
  tag: tag('content-1'),
  push: true,
  metadataFile: '/tmp/cart.json',
  cache: { from: ['registry.example/shop/cart:cache-x', 'registry.example/shop/cart:cache-main'], to: 'registry.example/shop/cart:cache-x' },
}

describe('the command of a build', () => {
  test('says all that there is to say, in words of their own', () => {
    expect(buildCommand(plan)).toEqual([
      'buildx', 'build', '--file', '/shop/cart/Dockerfile', '--platform', 'linux/amd64,linux/arm64',
      '--build-arg', 'A=1', '--build-arg', 'B=two words',
      '--secret', 'id=npm,env=NPM_TOKEN', '--secret', 'id=pem,"src=/run/a,b.pem"',
      '--label', 'org.opencontainers.image.revision=abc',
      '--tag', 'registry.example/shop/cart:content-1', '--push', '--metadata-file', '/tmp/cart.json', '--provenance=false', '--progress', 'plain',
      '--cache-from', 'type=registry,ref=registry.example/shop/cart:cache-x', '--cache-from', 'type=registry,ref=registry.example/shop/cart:cache-main',
      '--cache-to', 'type=registry,ref=registry.example/shop/cart:cache-x,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true',
      '/shop/cart',
    ])
  })
  test('pushes nothing where nothing shall be pushed', () => {
    const words = buildCommand({ ...plan, push: false, cache: { from: [] } })
    expect(words).not.toContain('--push')
    expect(words.join(' ')).toContain('--output type=cacheonly')
    expect(words.join(' ')).not.toContain('--cache')
  })
})

test('the plain docker driver is known to export no cache', () => {
  expect(readBuilder('Name:   default\nDriver: docker\n\nNodes:\nName: default\n')).toEqual({ name: 'default', driver: 'docker', exportsCache: false })
  expect(readBuilder('Name:          builder-1\nDriver:        docker-container\n')?.exportsCache).toBe(true)
  expect(readBuilder('ERROR: no builder "x" found')).toBeUndefined()
})

describe('the progress of a build', () => {
  const progress = new BuildProgress()
  for (const line of fixture('progress.txt').split('\n')) progress.read(line)
  test('tells the steps and those from the cache', () => {
    expect(progress.hits).toEqual({ steps: 4, cached: 3 })
  })
  test('tells the last error', () => {
    expect(progress.lastError).toBe('failed to build: failed to solve: process "/bin/sh -c npm test" did not complete successfully: exit code: 1')
  })
  test('gives one ratio for several builds', () => {
    expect(hitRatio([{ steps: 4, cached: 3 }, { steps: 2, cached: 0 }])).toBe('0.5')
    expect(hitRatio([])).toBe('')
  })
})

describe('the digests of platforms', () => {
  test('are the children of an index, without attestations', () => {
    expect(platformDigests({ digest: digest('9'), manifest: fixture('index.json') }, 'linux/amd64')).toEqual({ 'linux/amd64': digest('1'), 'linux/arm64/v8': digest('2') })
  })
  test('are the image itself where it is no index', () => {
    expect(platformDigests({ digest: digest('9'), manifest: '{"schemaVersion":2,"layers":[]}' }, 'linux/arm64')).toEqual({ 'linux/arm64': digest('9') })
  })
})

test('the digest of what was built stands in the metadata', () => {
  expect(builtDigest(`{"containerimage.digest":"${digest('3')}"}`)).toBe(digest('3'))
  expect(builtDigest('{}')).toBeUndefined()
  expect(builtDigest('not json')).toBeUndefined()
})

describe('the docker configuration', () => {
  const login = { host: 'registry.example', username: 'AWS', password: 'pass' }
  test('knows the registry', () => {
    expect(JSON.parse(dockerConfig([login]))).toEqual({ auths: { 'registry.example': { auth: 'QVdTOnBhc3M=' } } })
  })
  test('keeps what the old one knew, and asks no credential store for the registry', () => {
    const old = { text: '{"auths":{"other.example":{"auth":"eA=="}},"credsStore":"desktop","currentContext":"x"}', pluginFolder: '/home/me/.docker/cli-plugins' }
    expect(JSON.parse(dockerConfig([login], old))).toEqual({
      auths: { 'other.example': { auth: 'eA==' }, 'registry.example': { auth: 'QVdTOnBhc3M=' } },
      credsStore: 'desktop',
      credHelpers: { 'registry.example': '' },
      currentContext: 'x',
      cliPluginsExtraDirs: ['/home/me/.docker/cli-plugins'],
    })
  })
  test('does without an old one that cannot be read', () => {
    expect(JSON.parse(dockerConfig([login], { text: '{', pluginFolder: '/p' }))).toMatchObject({ auths: { 'registry.example': {} } })
  })
})

test('a login is found by the host, and Docker Hub by its old address', () => {
  const text = '{"auths":{"ghcr.io":{"auth":"bWU6cGFzczp3b3Jk"},"https://index.docker.io/v1/":{"auth":"aHViOnB3"},"empty.example":{}}}'
  expect(loginIn(text, 'ghcr.io')).toEqual({ username: 'me', password: 'pass:word' })
  expect(loginIn(text, 'docker.io')).toEqual({ username: 'hub', password: 'pw' })
  expect(loginIn(text, 'empty.example')).toBeUndefined()
  expect(loginIn('{', 'ghcr.io')).toBeUndefined()
})
