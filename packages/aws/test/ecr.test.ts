import { describe, expect, test } from '@jest/globals'
import { digestRule, regionRule, type Digest } from '@slipway/release'
import { awsFault, type Sandbox } from '@slipway/sandbox'
import { openEcr, registryHost, type Ecr, type EcrImage, type SignInOptions } from '../src/index.ts'
import { account, failureOf, inCloud, named, operations, region, repository, signedIn, tag } from './bed.ts'

const cart = repository('shop/cart')
const repositories = [
  { region, name: 'shop/cart' },
  { region, name: 'shop/fixed', mutability: 'IMMUTABLE' as const },
]

async function opened(sandbox: Sandbox, retries: string[] = [], more: Partial<SignInOptions> = {}): Promise<Ecr> {
  return openEcr(await signedIn(sandbox, more), { signal: new AbortController().signal, onRetry: (text) => retries.push(text), account })
}

function seed(sandbox: Sandbox, name: string, tagged: string, text = 'hello'): Digest {
  return named(digestRule, sandbox.images.seedImage({ region, repository: name, tag: tagged, files: { 'app/server.js': text } }))
}

async function image(ecr: Ecr, name: string, digest: Digest): Promise<EcrImage> {
  const answer = await ecr.batchGetImage(repository(name), [{ digest }])
  const [found] = answer === 'repository-missing' ? [] : answer.found
  if (!found) throw new Error('not there')
  return found
}

describe('BatchGetImage', () => {
  test('finds by tag and digest, and leaves out what is not there', () =>
    inCloud({ repositories }, async (sandbox) => {
      const digest = seed(sandbox, 'shop/cart', 'v1')
      const answer = await (await opened(sandbox)).batchGetImage(cart, [{ tag: tag('v1') }, { digest }, { tag: tag('nope') }])
      const manifest = sandbox.images.repository(region, 'shop/cart')?.manifests.get(digest)?.bytes.toString()
      const mediaType = 'application/vnd.oci.image.manifest.v1+json'
      expect(answer).toEqual({ found: [{ tag: 'v1', digest, manifest, mediaType }, { digest, manifest, mediaType }] })
    }))

  test('asks for any number in hundreds', () =>
    inCloud({ repositories }, async (sandbox) => {
      const digest = seed(sandbox, 'shop/cart', 'v150')
      const answer = await (await opened(sandbox)).batchGetImage(cart, Array.from({ length: 250 }, (_, index) => ({ tag: tag(`v${index}`) })))
      expect(answer).toMatchObject({ found: [{ tag: 'v150', digest }] })
      expect(operations(sandbox)).toEqual(Array(3).fill('ecr:BatchGetImage'))
    }))

  test('tells a repository that does not exist', () =>
    inCloud({}, async (sandbox) => {
      expect(await (await opened(sandbox)).batchGetImage(cart, [{ tag: tag('v1') }])).toBe('repository-missing')
    }))

  const withFailure = (sandbox: Sandbox, failureCode: string, failureReason: string): void => {
    const body = JSON.stringify({ images: [], failures: [{ failureCode, failureReason, imageId: { imageTag: 'v1' } }] })
    sandbox.ledger.script({ server: 'ecr', operation: /BatchGetImage/, effect: { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body } })
  }

  test('takes an archived image for one that is not there', () =>
    inCloud({ repositories }, async (sandbox) => {
      withFailure(sandbox, 'ImageInaccessible', 'archived')
      expect(await (await opened(sandbox)).batchGetImage(cart, [{ tag: tag('v1') }])).toEqual({ found: [] })
    }))

  test.each([
    ['a key that ECR may not use', 'KmsError', /may not use the encryption key of shop\/cart: words of AWS.*\[access-denied\]/],
    ['an upstream that refuses', 'UpstreamAccessDenied', /could not say what shop\/cart:v1 is: UpstreamAccessDenied: words of AWS.*pull-through/],
  ])('tells %s', (_, code, words) =>
    inCloud({ repositories }, async (sandbox) => {
      withFailure(sandbox, code, 'words of AWS')
      expect(await failureOf((await opened(sandbox)).batchGetImage(cart, [{ tag: tag('v1') }]))).toMatch(words)
    }))
})

describe('PutImage', () => {
  test('tags what is there, and says where the tag names it already', () =>
    inCloud({ repositories }, async (sandbox) => {
      const ecr = await opened(sandbox)
      const stored = await image(ecr, 'shop/cart', seed(sandbox, 'shop/cart', 'v1'))
      const wanted = { ...stored, tag: tag('v2') }
      expect([await ecr.putImage(cart, wanted), await ecr.putImage(cart, wanted)]).toEqual(['tagged', 'same'])
      expect(sandbox.images.repository(region, 'shop/cart')?.tags.get('v2')).toBe(stored.digest)
    }))

  test('says that a tag is immutable', () =>
    inCloud({ repositories }, async (sandbox) => {
      const ecr = await opened(sandbox)
      seed(sandbox, 'shop/fixed', 'v1')
      const other = await image(ecr, 'shop/fixed', seed(sandbox, 'shop/fixed', 'v2', 'other'))
      expect(await ecr.putImage(repository('shop/fixed'), { ...other, tag: tag('v1') })).toEqual({ immutable: true })
    }))

  test('names the layers and the images that are missing', () =>
    inCloud({ repositories }, async (sandbox) => {
      const ecr = await opened(sandbox)
      const stored = await image(ecr, 'shop/fixed', seed(sandbox, 'shop/fixed', 'v1'))
      expect(await ecr.putImage(cart, { ...stored, tag: tag('v1') })).toEqual({ incomplete: expect.stringMatching(/^a layer \(sha256:[0-9a-f]{64}/) })
      const manifest = JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [{ mediaType: stored.mediaType, digest: stored.digest, size: 1 }] })
      const index = { manifest, mediaType: 'application/vnd.oci.image.index.v1+json', digest: named(digestRule, `sha256:${await sha256(manifest)}`), tag: tag('v1') }
      expect(await ecr.putImage(cart, index)).toEqual({ incomplete: `an image of the index (${stored.digest})` })
    }))

  test('tells a repository that is gone', () =>
    inCloud({ repositories }, async (sandbox) => {
      const ecr = await opened(sandbox)
      const stored = await image(ecr, 'shop/cart', seed(sandbox, 'shop/cart', 'v1'))
      expect(await ecr.putImage(repository('shop/gone'), { ...stored, tag: tag('v1') })).toBe('repository-missing')
    }))

  test('a quota of images is told at once, with the tag: no second attempt would help', () =>
    inCloud({ repositories }, async (sandbox) => {
      const ecr = await opened(sandbox)
      const stored = await image(ecr, 'shop/cart', seed(sandbox, 'shop/cart', 'v1'))
      sandbox.ledger.script({ server: 'ecr', operation: /PutImage/, effect: awsFault('LimitExceededException', 'words of AWS') })
      expect(await failureOf(ecr.putImage(cart, { ...stored, tag: tag('v2') }))).toMatch(/the tag v2 could not be put: shop\/cart takes no more images or tags: words of AWS.*lifecycle/)
      expect(operations(sandbox).filter((operation) => operation === 'ecr:PutImage')).toHaveLength(1)
    }))

  test.each([
    ['KmsException', /encryption key of shop\/cart/],
    ['AccessDeniedException', /ECR in eu-west-1 refused ecr:PutImage for the repository shop\/cart: words of AWS\. Allow ecr:PutImage/],
  ])('%s is told in words', (name, words) =>
    inCloud({ repositories }, async (sandbox) => {
      const ecr = await opened(sandbox)
      const stored = await image(ecr, 'shop/cart', seed(sandbox, 'shop/cart', 'v1'))
      sandbox.ledger.script({ server: 'ecr', operation: /PutImage/, effect: awsFault(name, 'words of AWS') })
      expect(await failureOf(ecr.putImage(cart, { ...stored, tag: tag('v2') }))).toMatch(words)
    }))

  test('that was throttled succeeds in the end, and each attempt is told', () =>
    inCloud({ repositories }, async (sandbox) => {
      const retries: string[] = []
      const ecr = await opened(sandbox, retries)
      const stored = await image(ecr, 'shop/cart', seed(sandbox, 'shop/cart', 'v1'))
      sandbox.ledger.script({ server: 'ecr', operation: /PutImage/, times: 2, effect: awsFault('ThrottlingException', 'Rate exceeded') })
      expect(await ecr.putImage(cart, { ...stored, tag: tag('v2') })).toBe('tagged')
      expect(retries).toEqual([2, 3].map((attempt) => `ECR in eu-west-1 is asked again (attempt ${attempt}) for PutImage of shop/cart:v2, after ThrottlingException`))
    }))
})

describe('the registry', () => {
  test('makes a repository once', () =>
    inCloud({}, async (sandbox) => {
      const ecr = await opened(sandbox)
      expect([await ecr.createRepository(cart), await ecr.createRepository(cart)]).toEqual(['created', 'exists'])
    }))

  test('tells a quota of repositories at once', () =>
    inCloud({}, async (sandbox) => {
      sandbox.ledger.script({ server: 'ecr', operation: /CreateRepository/, effect: awsFault('LimitExceededException', 'words of AWS') })
      expect(await failureOf((await opened(sandbox)).createRepository(cart))).toMatch(/the repository shop\/cart could not be created: words of AWS/)
      expect(operations(sandbox)).toEqual(['ecr:CreateRepository'])
    }))

  test('gives a name and a password that it admits', () =>
    inCloud({}, async (sandbox) => {
      const { username, password } = await (await opened(sandbox)).authorization()
      expect(username).toBe('AWS')
      const answer = await fetch(`${sandbox.registries.get(region) ?? ''}/v2/`, { headers: { authorization: `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}` } })
      expect(answer.status).toBe(200)
    }))

  test.each([
    ['eu-west-1', '111122223333.dkr.ecr.eu-west-1.amazonaws.com'],
    ['cn-north-1', '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn'],
    ['eusc-de-east-1', '111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu'],
  ])('of %s has the host %s', (name, host) => {
    expect(registryHost(account, named(regionRule, name))).toBe(host)
  })
})

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex')
}
