import { BatchGetImageCommand, CreateRepositoryCommand, DescribeRepositoriesCommand, ECRClient, GetAuthorizationTokenCommand, PutImageCommand } from '@aws-sdk/client-ecr'
import { describe, expect, test } from '@jest/globals'
import { awsFault, type Sandbox } from '@slipway/sandbox'
import { REGION, client, inCloud } from './support/cloud.ts'

const repositories = [
  { region: REGION, name: 'shop/cart' },
  { region: REGION, name: 'shop/fixed', mutability: 'IMMUTABLE_WITH_EXCLUSION' as const, exclusions: ['staging-*'] },
]
const repositoryName = 'shop/cart'
const acceptedMediaTypes = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.oci.image.index.v1+json']

function seed(sandbox: Sandbox, repository: string, tag: string, text = 'hello'): string {
  return sandbox.images.seedImage({ region: REGION, repository, tag, files: { 'app/server.js': text } })
}

function text(sandbox: Sandbox, repository: string, digest: string): string {
  return sandbox.images.repository(REGION, repository)?.manifests.get(digest)?.bytes.toString() ?? ''
}

describe('reading images', () => {
  test('tags and digests are found, what is missing is a failure and no exception', () =>
    inCloud({ repositories }, async (sandbox) => {
      const digest = seed(sandbox, repositoryName, 'v1')
      const answer = await new ECRClient(client(sandbox)).send(
        new BatchGetImageCommand({ repositoryName, acceptedMediaTypes, imageIds: [{ imageTag: 'v1' }, { imageDigest: digest }, { imageTag: 'nope' }, { imageTag: '-bad' }] }),
      )
      expect(answer.images?.map(({ imageId }) => imageId)).toEqual([{ imageTag: 'v1', imageDigest: digest }, { imageDigest: digest }])
      expect(answer.images?.[0]?.imageManifest).toBe(text(sandbox, repositoryName, digest))
      expect(answer.failures?.map(({ failureCode }) => failureCode)).toEqual(['ImageNotFound', 'InvalidImageTag'])
      expect(sandbox.ledger.counted()).toEqual({ ecr: { reads: 1, writes: 0 } })
    }))

  test('a repository that does not exist is an exception', () =>
    inCloud({}, async (sandbox) => {
      const send = new ECRClient(client(sandbox)).send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }))
      await expect(send).rejects.toMatchObject({ name: 'RepositoryNotFoundException', message: "The repository with name 'shop/cart' does not exist in the registry with id '111122223333'" })
    }))

  test('the same seed gives the same digest', () =>
    inCloud({}, (sandbox) => {
      expect(seed(sandbox, 'a', 'one')).toBe(seed(sandbox, 'b', 'two'))
      return Promise.resolve()
    }))
})

describe('PutImage', () => {
  test('tags a manifest that is there; the same again is told as already existing', () =>
    inCloud({ repositories }, async (sandbox) => {
      const imageManifest = text(sandbox, repositoryName, seed(sandbox, repositoryName, 'v1'))
      const ecr = new ECRClient(client(sandbox))
      await ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'v2' }))
      const again = ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'v2' }))
      await expect(again).rejects.toMatchObject({ name: 'ImageAlreadyExistsException' })
      expect([...(sandbox.images.repository(REGION, repositoryName)?.tags.keys() ?? [])]).toEqual(['v1', 'v2'])
      expect(sandbox.ledger.counted()).toEqual({ ecr: { reads: 1, writes: 1 } })
    }))

  test('does not move an immutable tag, but one that a filter excludes', () =>
    inCloud({ repositories }, async (sandbox) => {
      const ecr = new ECRClient(client(sandbox))
      for (const tag of ['v1', 'staging-main']) seed(sandbox, 'shop/fixed', tag)
      const imageManifest = text(sandbox, 'shop/fixed', seed(sandbox, 'shop/fixed', 'v2', 'other'))
      const put = (imageTag: string) => ecr.send(new PutImageCommand({ repositoryName: 'shop/fixed', imageManifest, imageTag }))
      await expect(put('v1')).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsException' })
      expect((await put('staging-main')).image?.imageId?.imageTag).toBe('staging-main')
      await expect(put('v2')).rejects.toMatchObject({ name: 'ImageAlreadyExistsException' })
      const repository = sandbox.images.repository(REGION, 'shop/fixed')
      if (repository) repository.refusesIdenticalTag = true
      await expect(put('v2')).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsException' })
    }))

  test('names the layers and the images that have to be there first', () =>
    inCloud({ repositories }, async (sandbox) => {
      const digest = seed(sandbox, 'shop/fixed', 'v1')
      const ecr = new ECRClient(client(sandbox))
      const layers = ecr.send(new PutImageCommand({ repositoryName, imageManifest: text(sandbox, 'shop/fixed', digest), imageTag: 'v1' }))
      await expect(layers).rejects.toMatchObject({ name: 'LayersNotFoundException' })
      const index = JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [{ mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 1 }] })
      const images = ecr.send(new PutImageCommand({ repositoryName, imageManifest: index, imageTag: 'v1' }))
      await expect(images).rejects.toMatchObject({ name: 'ReferencedImagesNotFoundException', message: expect.stringContaining(digest) })
    }))

  test('refuses a tag that ECR cannot hold', () =>
    inCloud({ repositories }, async (sandbox) => {
      const put = new ECRClient(client(sandbox)).send(new PutImageCommand({ repositoryName, imageManifest: '{"mediaType":"x"}', imageTag: 'a/b' }))
      await expect(put).rejects.toMatchObject({ name: 'InvalidParameterException' })
    }))

  test('is throttled as often as the test scripts it', () =>
    inCloud({ repositories }, async (sandbox) => {
      const imageManifest = text(sandbox, repositoryName, seed(sandbox, repositoryName, 'v1'))
      sandbox.ledger.script({ server: 'ecr', operation: /PutImage/, effect: awsFault('ThrottlingException', 'Rate exceeded') })
      const put = () => new ECRClient(client(sandbox)).send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'v2' }))
      await expect(put()).rejects.toMatchObject({ name: 'ThrottlingException' })
      expect((await put()).image?.imageId?.imageTag).toBe('v2')
    }))
})

describe('repositories', () => {
  test('are made once and described with their mutability, each region by itself', () =>
    inCloud({ regions: [REGION, 'us-east-1'] }, async (sandbox) => {
      const ecr = new ECRClient(client(sandbox))
      const create = () =>
        ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'MUTABLE_WITH_EXCLUSION', imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'v*' }] }))
      expect((await create()).repository?.repositoryUri).toBe('111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/cart')
      await expect(create()).rejects.toMatchObject({ name: 'RepositoryAlreadyExistsException' })
      const { repositories: described } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }))
      expect(described?.[0]).toMatchObject({ imageTagMutability: 'MUTABLE_WITH_EXCLUSION', imageTagMutabilityExclusionFilters: [{ filter: 'v*' }] })
      await expect(new ECRClient(client(sandbox, 'us-east-1')).send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }))).rejects.toMatchObject({ name: 'RepositoryNotFoundException' })
      await expect(ecr.send(new CreateRepositoryCommand({ repositoryName: 'Shop/Cart' }))).rejects.toMatchObject({ name: 'InvalidParameterException' })
    }))

  test("a token names the registry of its client's region", () =>
    inCloud({ regions: [REGION, 'us-east-1'] }, async (sandbox) => {
      const { authorizationData } = await new ECRClient(client(sandbox, 'us-east-1')).send(new GetAuthorizationTokenCommand({}))
      expect(authorizationData?.[0]?.proxyEndpoint).toBe(sandbox.registries.get('us-east-1'))
      expect(authorizationData?.[0]?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 11 * 3_600_000)
    }))
})
