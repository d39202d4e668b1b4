import { randomBytes } from 'node:crypto'
import type { Principal } from './access-keys.ts'
import { AwsError } from './aws-error.ts'
import { need } from './iam.ts'
import { manifestFor, putManifest, type ImageStore, type Mutability, type Repository } from './images.ts'
import { digestOf } from './oci.ts'
import { listOf, objectOf, parseObject, stringOf, type Json } from './json.ts'

const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const DIGEST = /^sha256:[0-9a-f]{64}$/
const REPOSITORY = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/
const MUTABILITIES: readonly Mutability[] = ['MUTABLE', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION']
const TOKEN_MS = 12 * 3_600_000

/** The ECR API of one account in all its regions. */
export class Ecr {
  readonly #account: string
  readonly #store: ImageStore
  readonly #proxyEndpoint: (region: string) => string
  readonly #passwords = new Map<string, { readonly owner: Principal; readonly expiresAt: number }>()

  constructor(account: string, store: ImageStore, proxyEndpoint: (region: string) => string) {
    this.#account = account
    this.#store = store
    this.#proxyEndpoint = proxyEndpoint
  }

  /** Who was given this password, as Basic credentials, by GetAuthorizationToken, where it still lives. */
  bearer(basic: string): Principal | undefined {
    const [user, password = ''] = Buffer.from(basic, 'base64').toString().split(':')
    const found = this.#passwords.get(password)
    return user === 'AWS' && found !== undefined && found.expiresAt > Date.now() ? found.owner : undefined
  }

  /** Refuses in AWS's words what the caller may not do to a repository, there or not. */
  need(caller: Principal, action: string, region: string, repository: string): void {
    need(caller, `ecr:${action}`, `arn:aws:ecr:${region}:${this.#account}:repository/${repository}`)
  }

  answer(operation: string, input: Json, region: string, caller: Principal): Json {
    const named = [...listOf(input['repositoryNames']), ...(input['repositoryName'] === undefined ? [] : [input['repositoryName']])].map(String)
    if (operation === 'GetAuthorizationToken') need(caller, 'ecr:GetAuthorizationToken', '*')
    else for (const repository of named.length > 0 ? named : ['*']) this.need(caller, operation, region, repository)
    switch (operation) {
      case 'GetAuthorizationToken':
        return this.#authorizationToken(region, caller)
      case 'DescribeRepositories':
        return this.#described(input, region)
      case 'CreateRepository':
        return this.#created(input, region)
      case 'BatchGetImage':
        return this.#images(input, this.#repository(input, region))
      case 'PutImage':
        return this.#put(input, this.#repository(input, region))
      default:
        throw new AwsError('UnknownOperationException', `the sandbox's ECR has no operation ${operation}`)
    }
  }

  #authorizationToken(region: string, owner: Principal): Json {
    const password = randomBytes(96).toString('base64url')
    const expiresAt = Date.now() + TOKEN_MS
    this.#passwords.set(password, { owner, expiresAt })
    return { authorizationData: [{ authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'), expiresAt: expiresAt / 1000, proxyEndpoint: this.#proxyEndpoint(region) }] }
  }

  #described(input: Json, region: string): Json {
    const names = listOf(input['repositoryNames']).map(String)
    if (names.length > 0) return { repositories: names.map((name) => this.#description(this.#repository({ ...input, repositoryName: name }, region))) }
    return { repositories: [...this.#store.repositories.values()].filter((repository) => repository.region === region).map((repository) => this.#description(repository)) }
  }

  #created(input: Json, region: string): Json {
    const name = repositoryName(input)
    const asked = stringOf(input['imageTagMutability']) ?? 'MUTABLE'
    const mutability = MUTABILITIES.find((known) => known === asked)
    const filters = listOf(input['imageTagMutabilityExclusionFilters']).map((filter) => stringOf(objectOf(filter)['filter']) ?? '')
    if (!mutability) throw invalid('imageTagMutability', asked, MUTABILITIES.join(', '))
    if (filters.length > 5 || filters.length > 0 !== mutability.endsWith('_WITH_EXCLUSION')) throw invalid('imageTagMutabilityExclusionFilters', filters.join(', '), '1 to 5 filters, with a mutability *_WITH_EXCLUSION only')
    if (this.#store.repository(region, name))
      throw new AwsError('RepositoryAlreadyExistsException', `The repository with name '${name}' already exists in the registry with id '${this.#account}'`)
    return { repository: this.#description(this.#store.createRepository(region, name, mutability, filters)) }
  }

  #images(input: Json, repository: Repository): Json {
    const asked = listOf(input['imageIds']).map(objectOf)
    if (asked.length < 1 || asked.length > 100) throw invalid('imageIds', `${asked.length} members`, 'member count between 1 and 100')
    const images: Json[] = []
    const failures: Json[] = []
    const accepted = listOf(input['acceptedMediaTypes'])
    for (const imageId of asked) {
      const tag = stringOf(imageId['imageTag'])
      const digest = stringOf(imageId['imageDigest'])
      const fail = (failureCode: string, failureReason: string): number => failures.push({ imageId, failureCode, failureReason })
      const found = manifestFor(repository, digest ?? tag ?? '')
      if (tag === undefined && digest === undefined) fail('MissingDigestAndTag', 'Invalid request parameters: both tag and digest cannot be null')
      else if (digest !== undefined && !DIGEST.test(digest)) fail('InvalidImageDigest', 'Invalid request parameters: image digest should satisfy the regex')
      else if (tag !== undefined && !TAG.test(tag)) fail('InvalidImageTag', 'Invalid request parameters: image tag should satisfy the regex')
      else if (!found || (accepted.length > 0 && !accepted.includes(found.mediaType))) fail('ImageNotFound', 'Requested image not found')
      else if (digest !== undefined && tag !== undefined && repository.tags.get(tag) !== digest) fail('ImageTagDoesNotMatchDigest', 'Requested image tag does not match the digest')
      else images.push(this.#image(repository, { imageDigest: found.digest, ...(tag === undefined ? {} : { imageTag: tag }) }, found))
    }
    return { images, failures }
  }

  #put(input: Json, repository: Repository): Json {
    const bytes = Buffer.from(stringOf(input['imageManifest']) ?? '')
    const tag = stringOf(input['imageTag'])
    const mediaType = stringOf(input['imageManifestMediaType']) ?? stringOf(parseObject(bytes)['mediaType'])
    if (bytes.length === 0 || mediaType === undefined) throw invalid('imageManifest', bytes.toString().slice(0, 40), 'a manifest with a media type')
    if (tag !== undefined && !TAG.test(tag)) throw invalid('imageTag', tag, TAG.source)
    const expected = stringOf(input['imageDigest'])
    if (expected !== undefined && expected !== digestOf(bytes)) throw new AwsError('ImageDigestDoesNotMatchException', `The calculated digest of the image '${digestOf(bytes)}' does not match the provided digest '${expected}'`)
    const stored = putManifest(repository, bytes, mediaType, tag)
    const where = `repository with name '${repository.name}' in registry with id '${this.#account}'`
    switch (stored.kind) {
      case 'stored':
        return { image: this.#image(repository, { imageDigest: stored.digest, ...(tag === undefined ? {} : { imageTag: tag }) }, { bytes, mediaType }) }
      case 'same':
        throw new AwsError('ImageAlreadyExistsException', `Image with digest '${stored.digest}' and tag '${tag ?? ''}' already exists in the ${where}`)
      case 'tag-immutable':
        throw new AwsError('ImageTagAlreadyExistsException', tagImmutableText(repository, tag ?? ''))
      case 'layers-missing':
        throw new AwsError('LayersNotFoundException', `Layers with digests '[${stored.missing.join(', ')}]' required for pushing image into ${where} do not exist`)
      case 'images-missing':
        throw new AwsError('ReferencedImagesNotFoundException', `Images with digests '[${stored.missing.join(', ')}]' required for pushing image into ${where} do not exist`)
    }
  }

  #repository(input: Json, region: string): Repository {
    const name = repositoryName(input)
    const registry = stringOf(input['registryId']) ?? this.#account
    const repository = registry === this.#account ? this.#store.repository(region, name) : undefined
    if (!repository) throw new AwsError('RepositoryNotFoundException', `The repository with name '${name}' does not exist in the registry with id '${registry}'`)
    return repository
  }

  #image({ name }: Repository, imageId: Json, manifest: { bytes: Buffer; mediaType: string }): Json {
    return { registryId: this.#account, repositoryName: name, imageId, imageManifest: manifest.bytes.toString(), imageManifestMediaType: manifest.mediaType }
  }

  #description({ region, name, mutability, exclusions, createdAtMs }: Repository): Json {
    const filters = exclusions.map((filter) => ({ filterType: 'WILDCARD', filter }))
    return {
      repositoryArn: `arn:aws:ecr:${region}:${this.#account}:repository/${name}`,
      registryId: this.#account,
      repositoryName: name,
      repositoryUri: `${this.#store.host(region)}/${name}`,
      createdAt: createdAtMs / 1000,
      imageTagMutability: mutability,
      ...(filters.length > 0 ? { imageTagMutabilityExclusionFilters: filters } : {}),
    }
  }
}

/** ECR's words for a tag that may not move, the same in its API and its registry. */
export function tagImmutableText(repository: Repository, tag: string): string {
  return `The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`
}

function repositoryName(input: Json): string {
  const name = stringOf(input['repositoryName']) ?? ''
  if (!REPOSITORY.test(name)) throw invalid('repositoryName', name, REPOSITORY.source)
  return name
}

function invalid(parameter: string, value: string, rule: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid parameter at '${parameter}' failed to satisfy constraint: '${value}' must satisfy ${rule}`)
}
