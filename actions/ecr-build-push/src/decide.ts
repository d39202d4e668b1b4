import type { WantedTag } from '@slipway/images'
import type { Digest, Region, Tag } from '@slipway/release'
import type { Failure } from '@slipway/report'
import type { KeyedImage } from './keys.ts'
import type { StoredImage } from './ports.ts'

/** What is to be done for one image. */
export type Decision =
  | { readonly kind: 'reuse'; readonly image: KeyedImage; readonly stored: StoredImage }
  | { readonly kind: 'build'; readonly image: KeyedImage; readonly reason: string }

/** Which tags an image gets, has, or does not get. */
export interface TagPlan {
  readonly put: readonly WantedTag[]
  readonly standing: readonly Tag[]
  /** Tags that stay with another image, which is no failure. */
  readonly left: readonly { readonly tag: Tag; readonly digest: Digest }[]
}

/** Whether an image that the repository holds is taken. */
export function decide(image: KeyedImage, found: readonly StoredImage[]): Decision {
  // The reason is handed over to other jobs, so it names no base image: its host may hold a masked account.
  if (image.notReusable !== undefined) return { kind: 'build', image, reason: 'nothing may be reused' }
  const stored = found.find(({ tag }) => tag === image.contentTag)
  return stored ? { kind: 'reuse', image, stored } : { kind: 'build', image, reason: 'no image was made from this content yet' }
}

/** Which tags the image of this digest is given; `isNew` says that this run built it. */
export function planTags(tags: readonly WantedTag[], found: readonly StoredImage[], digest: Digest, isNew: boolean): TagPlan {
  const put: WantedTag[] = []
  const standing: Tag[] = []
  const left: { tag: Tag; digest: Digest }[] = []
  for (const wanted of tags) {
    const other = found.find(({ tag }) => tag === wanted.tag)
    if (other?.digest === digest) standing.push(wanted.tag)
    else if (wanted.kind !== 'fixed') put.push(wanted)
    else if (other) left.push({ tag: wanted.tag, digest: other.digest })
    // A commit that changes nothing in an image makes no new name for it.
    else if (isNew) put.push(wanted)
  }
  return { put, standing, left }
}

/** A version's tag never moves: what would move one is told before anything is built or written. */
export function versionConflicts(decision: Decision, found: readonly StoredImage[], region: Region): Failure[] {
  return decision.image.tags.flatMap(({ tag, kind }) => {
    const other = found.find((stored) => stored.tag === tag)
    if (kind !== 'version' || !other || (decision.kind === 'reuse' && decision.stored.digest === other.digest)) return []
    return versionTaken(decision.image, tag, other.digest, decision.kind === 'reuse' ? decision.stored.digest : undefined, region)
  })
}

/** The failure of a version's tag that names another image already. */
export function versionTaken({ wanted }: KeyedImage, tag: Tag, digest: Digest, ours: Digest | undefined, region: Region): Failure {
  return {
    code: 'tag-immutable',
    what: `the tag ${tag} of ${wanted.repository} names ${digest} already`,
    where: `service ${wanted.service}, ${region}`,
    why: `${ours === undefined ? 'this content would be built anew' : `this content is ${ours}`}, and a version names one image for ever`,
    next: 'deploy the version as it is, or make a new one',
  }
}
