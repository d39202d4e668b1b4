import type { WantedTag } from '@slipway/images'
import type { Region, Tag } from '@slipway/release'
import { Failed } from '@slipway/report'
import { versionTaken } from './decide.ts'
import type { KeyedImage } from './keys.ts'
import type { ImageRegistry, StoredImage } from './ports.ts'

/** What became of one tag. */
export type Tagged =
  | { readonly tag: Tag; readonly as: 'put' | 'standing' }
  | { readonly tag: Tag; readonly as: 'left'; readonly notice: string }

/** The registry of a region. */
export interface TagPlace {
  readonly registry: ImageRegistry
  readonly region: Region
}

/**
 * Gives an image that the repository holds one more tag. No layer moves.
 * @throws Failed `tag-immutable` for a version, `push-failed`, `repository-missing`.
 */
export async function putTag({ registry, region }: TagPlace, image: KeyedImage, stored: StoredImage, wanted: WantedTag): Promise<Tagged> {
  const { repository, service } = image.wanted
  const { tag } = wanted
  const answer = await registry.putImage(repository, { ...stored, tag })
  if (answer === 'tagged') return { tag, as: 'put' }
  if (answer === 'same') return { tag, as: 'standing' }
  if (answer === 'repository-missing') {
    throw new Failed({ code: 'repository-missing', what: `the repository ${repository} in ${region} is gone`, where: `service ${service}`, why: 'it was there when the run began', next: 'find out who deleted it, then run this again' })
  }
  if ('incomplete' in answer) {
    throw new Failed({
      code: 'push-failed',
      what: `the image of ${service} in ${region} could not be given the tag ${tag}`,
      why: `${answer.incomplete} of ${stored.digest} is no longer in ${repository}: a lifecycle rule or a person deleted it`,
      next: 'run it with reuse: false, which builds and pushes the whole image again',
    })
  }
  // ECR has refused an immutable tag even for the very digest that it names.
  const now = await registry.batchGetImage(repository, [{ tag }])
  const other = now === 'repository-missing' ? undefined : now.found[0]
  if (other?.digest === stored.digest) return { tag, as: 'standing' }
  if (wanted.kind === 'version' && other) throw new Failed(versionTaken(image, tag, other.digest, stored.digest, region))
  return { tag, as: 'left', notice: `${service}: the repository ${repository} is immutable in ${region}, so the tag ${tag} stays with ${other?.digest ?? 'the image that it names'}; the image is handed over by its digest` }
}
