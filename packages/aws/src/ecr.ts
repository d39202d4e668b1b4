import type { ECRClient, Image, ImageFailure } from '@aws-sdk/client-ecr'
import { digestRule, tagRule, type AccountId, type Digest, type Region, type RepositoryName, type Tag } from '@slipway/release'
import { Failed } from '@slipway/report'
import { loadAhead, mapLimit } from '@slipway/wire'
import { errorMessage, errorName, refusal, type Asked } from './refusal.ts'
import type { Session } from './session.ts'

/** An image as ECR holds it, with the tag that it was asked by. */
export interface EcrImage {
  readonly tag?: Tag | undefined
  readonly digest: Digest
  /** The exact text that the digest is of. */
  readonly manifest: string
  readonly mediaType: string
}

/** What ECR says to a tag: `same` where it names this image already, `incomplete` with what is missing of the image. */
export type PutImageAnswer = 'tagged' | 'same' | 'repository-missing' | { readonly immutable: true } | { readonly incomplete: string }

/** One registry. */
export interface Ecr {
  /** What is not there is not in `found`; any number of ids, a hundred a request. */
  batchGetImage(repository: RepositoryName, ids: readonly ({ readonly tag: Tag } | { readonly digest: Digest })[]): Promise<{ readonly found: readonly EcrImage[] } | 'repository-missing'>
  /** Gives a manifest whose layers are there a tag. */
  putImage(repository: RepositoryName, image: EcrImage & { readonly tag: Tag }): Promise<PutImageAnswer>
  createRepository(repository: RepositoryName): Promise<'created' | 'exists'>
  /** A password for the registry, for twelve hours, and the address that takes it. */
  authorization(): Promise<{ readonly username: string; readonly password: string; readonly endpoint: string }>
}

export interface EcrOptions {
  readonly signal: AbortSignal
  /** Told of each further attempt as it begins, with the answer that the one before it got. */
  readonly onRetry: (text: string) => void
  /** Whose registry; the credentials' own where left out. */
  readonly account?: AccountId
  readonly region?: Region
}

const acceptedMediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

/** Opens ECR; nothing is loaded or asked before the first call. */
export function openEcr(session: Session, options: EcrOptions): Ecr {
  const { signal, onRetry, account } = options
  const here = options.region === undefined ? session : session.in(options.region)
  const registry = account === undefined ? {} : { registryId: account }
  let opened: Promise<Opened> | undefined
  const ask = async <T>(call: (opened: Opened) => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    opened ??= open(here, onRetry)
    try {
      return await call(await opened)
    } catch (error) {
      signal.throwIfAborted()
      throw error
    }
  }
  const asked = (operation: string, object: string): Asked => ({ service: 'ECR', right: `ecr:${operation}`, region: here.region, object })

  const hundred = async (repository: RepositoryName, imageIds: { imageTag?: string; imageDigest?: string }[]): Promise<readonly EcrImage[] | undefined> => {
    try {
      const { images = [], failures = [] } = await ask(({ ecr, client }) =>
        client.send(new ecr.BatchGetImageCommand({ ...registry, repositoryName: repository, imageIds, acceptedMediaTypes }), { abortSignal: signal }),
      )
      refuseFailures(failures, repository, here.region)
      return images.map((image) => imageOf(image, repository))
    } catch (error) {
      if (errorName(error) === 'RepositoryNotFoundException') return undefined
      throw refusal(error, asked('BatchGetImage', `the repository ${repository}`))
    }
  }

  return {
    async batchGetImage(repository, ids) {
      const imageIds = ids.map((id) => ('tag' in id ? { imageTag: id.tag } : { imageDigest: id.digest }))
      const chunks = Array.from({ length: Math.ceil(imageIds.length / 100) }, (_, index) => imageIds.slice(index * 100, index * 100 + 100))
      const found: EcrImage[] = []
      for (const images of await mapLimit(chunks, 4, (chunk) => hundred(repository, chunk))) {
        if (images === undefined) return 'repository-missing'
        found.push(...images)
      }
      return { found }
    },
    async putImage(repository, { manifest, mediaType, tag, digest }) {
      const input = { ...registry, repositoryName: repository, imageManifest: manifest, imageManifestMediaType: mediaType, imageTag: tag, imageDigest: digest }
      try {
        await ask(({ ecr, tagger }) => tagger().send(new ecr.PutImageCommand(input), { abortSignal: signal }))
        return 'tagged'
      } catch (error) {
        switch (errorName(error)) {
          case 'ImageAlreadyExistsException':
            return 'same'
          case 'ImageTagAlreadyExistsException':
            return { immutable: true }
          case 'LayersNotFoundException':
            return { incomplete: `a layer${digestsIn(errorMessage(error))}` }
          case 'ReferencedImagesNotFoundException':
            return { incomplete: `an image of the index${digestsIn(errorMessage(error))}` }
          case 'RepositoryNotFoundException':
            return 'repository-missing'
          case QuotaReached.name:
            throw new Failed({ code: 'push-failed', what: `the tag ${tag} could not be put: ${repository} takes no more images or tags`, where: `ECR in ${here.region}`, why: errorMessage(error), next: 'add a lifecycle policy that removes old images, or ask AWS for a higher quota' })
          case 'KmsException':
            throw keyRefused(repository, here.region, errorMessage(error))
          default:
            throw refusal(error, asked('PutImage', `the repository ${repository}`))
        }
      }
    },
    async createRepository(repository) {
      try {
        await ask(({ ecr, client }) => client.send(new ecr.CreateRepositoryCommand({ ...registry, repositoryName: repository }), { abortSignal: signal }))
        return 'created'
      } catch (error) {
        if (errorName(error) === 'RepositoryAlreadyExistsException') return 'exists'
        if (errorName(error) === QuotaReached.name) {
          throw new Failed({ code: 'repository-missing', what: `the repository ${repository} could not be created`, where: `ECR in ${here.region}`, why: errorMessage(error), next: 'remove repositories that are not used, or ask AWS for a higher quota' })
        }
        throw refusal(error, asked('CreateRepository', `the repository ${repository}`))
      }
    },
    async authorization() {
      try {
        const { authorizationData = [] } = await ask(({ ecr, client }) => client.send(new ecr.GetAuthorizationTokenCommand({}), { abortSignal: signal }))
        const { authorizationToken = '', proxyEndpoint = '' } = authorizationData[0] ?? {}
        const [, username, password] = /^([^:]+):(.+)$/s.exec(Buffer.from(authorizationToken, 'base64').toString()) ?? []
        if (username === undefined || password === undefined) throw new Error('ECR answered GetAuthorizationToken without a name and a password')
        return { username, password, endpoint: proxyEndpoint }
      } catch (error) {
        throw refusal(error, asked('GetAuthorizationToken', 'the registry'))
      }
    },
  }
}

/** Loads the client ahead. */
export function loadEcr(): void {
  loadAhead(loadClient)
}

/** What is taken of the client by name is all that the bundle holds of it. */
async function loadClient() {
  const { BatchGetImageCommand, CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand, PutImageCommand } = await import('@aws-sdk/client-ecr')
  return { BatchGetImageCommand, CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand, PutImageCommand }
}

interface Opened {
  readonly ecr: Awaited<ReturnType<typeof loadClient>>
  readonly client: ECRClient
  /** For PutImage, of which a registry takes ten a second. */
  readonly tagger: () => ECRClient
}

async function open(session: Session, onRetry: EcrOptions['onRetry']): Promise<Opened> {
  const ecr = await loadClient()
  const settings = await session.settings('ECR')
  const watched = (client: ECRClient): ECRClient => {
    watchAttempts(client, session.region, onRetry)
    return client
  }
  let tagger: ECRClient | undefined
  return {
    ecr,
    client: watched(new ecr.ECRClient(settings)),
    // Standard retries have a budget that a burst of tags spends before it is through. Adaptive ones slow down to what
    // the registry takes; for a single refused read they would be slower.
    tagger: () => (tagger ??= watched(new ecr.ECRClient({ ...settings, retryMode: 'adaptive' }))),
  }
}

/** A quota of AWS that stays reached, however often one asks. */
class QuotaReached extends Error {
  override readonly name = 'QuotaReached'
}

/** Tells each further attempt as it begins, and ends the attempts at a quota, which the SDK takes for throttling. */
function watchAttempts(client: ECRClient, region: Region, onRetry: EcrOptions['onRetry']): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) => {
      const operation = commandName.replace(/Command$/, '')
      let attempt = 0
      let refused = ''
      return async (args) => {
        attempt += 1
        if (attempt > 1) onRetry(`ECR in ${region} is asked again (attempt ${attempt}) for ${operation} of ${objectOf(args.input)}, after ${refused}`)
        try {
          return await next(args)
        } catch (error) {
          if (errorName(error) === 'LimitExceededException' && limited.includes(operation)) throw new QuotaReached(errorMessage(error), { cause: error })
          refused = errorName(error)
          throw error
        }
      }
    },
    // Inside the retries, outside of what reads the answer.
    { step: 'deserialize', priority: 'high', name: 'slipwayAttempts' },
  )
}

/** Operations whose LimitExceededException is a quota of things, not of calls. */
const limited = ['PutImage', 'CreateRepository']

function objectOf(input: object): string {
  if (!('repositoryName' in input) || typeof input.repositoryName !== 'string') return 'the registry'
  return 'imageTag' in input && typeof input.imageTag === 'string' ? `${input.repositoryName}:${input.imageTag}` : input.repositoryName
}

function imageOf({ imageId, imageManifest, imageManifestMediaType }: Image, repository: string): EcrImage {
  const { imageDigest = '', imageTag } = imageId ?? {}
  if (!digestRule.is(imageDigest) || imageManifest === undefined || imageManifestMediaType === undefined) throw new Error(`ECR answered BatchGetImage of ${repository} with an image without digest or manifest`)
  return { digest: imageDigest, manifest: imageManifest, mediaType: imageManifestMediaType, ...(imageTag !== undefined && tagRule.is(imageTag) ? { tag: imageTag } : {}) }
}

/** An image that is not there, or archived, is simply not found; anything else stands in the way. */
function refuseFailures(failures: readonly ImageFailure[], repository: string, region: Region): void {
  const other = failures.find(({ failureCode }) => failureCode !== 'ImageNotFound' && failureCode !== 'ImageInaccessible')
  if (!other) return
  const { failureCode = 'no code', failureReason = 'ECR gives no reason', imageId } = other
  if (failureCode === 'KmsError') throw keyRefused(repository, region, failureReason)
  throw new Failed({
    code: 'image-missing',
    what: `ECR in ${region} could not say what ${repository}:${imageId?.imageTag ?? imageId?.imageDigest ?? ''} is`,
    why: `${failureCode}: ${failureReason}`,
    next: failureCode.startsWith('Upstream') ? 'check the pull-through cache rule of the repository and its upstream registry' : 'look at the image in the registry, and run it again',
  })
}

function keyRefused(repository: string, region: Region, reason: string): Failed {
  return new Failed({ code: 'access-denied', what: `ECR in ${region} may not use the encryption key of ${repository}`, why: reason, next: 'enable the KMS key of the repository, and let its key policy allow ECR' })
}

function digestsIn(message: string): string {
  const digests = message.match(/sha256:[0-9a-f]{64}/g) ?? []
  return digests.length === 0 ? '' : ` (${[...new Set(digests)].join(', ')})`
}
