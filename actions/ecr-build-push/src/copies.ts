import type { WantedTag } from '@slipway/images'
import { Failed, type Failure } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { planTags } from './decide.ts'
import type { KeyedImage } from './keys.ts'
import type { RegionLook } from './look-up.ts'
import type { OtherRegion, Ports, StoredImage } from './ports.ts'
import type { CopyDeed } from './result.ts'
import { putTag } from './tagging.ts'

/** An image of the home region, and the tags that it has there or is being given. */
export interface HomeImage {
  readonly image: KeyedImage
  readonly stored: StoredImage
  readonly tags: readonly WantedTag[]
}

/** What became of the images in another region. */
export interface RegionEnd {
  readonly other: OtherRegion
  readonly deeds: ReadonlyMap<KeyedImage, CopyDeed>
  readonly wrote: boolean
  readonly failures: readonly Failure[]
}

/** Whether another region holds the image: the tag of its content says so, and costs no request of its own. */
export function stands({ image, stored }: Pick<HomeImage, 'image' | 'stored'>, look: RegionLook): boolean {
  return (look.found.get(image.wanted.repository) ?? []).some(({ tag, digest }) => tag === image.contentTag && digest === stored.digest)
}

/**
 * Copies to another region what it does not have, then puts the tags there that the images have at home.
 * The tag of the content follows each copy at once; the others only when every copy has succeeded.
 */
export async function bringTo(other: OtherRegion, images: readonly HomeImage[], look: RegionLook, ports: Ports): Promise<RegionEnd> {
  const { region } = other
  const deeds = new Map<KeyedImage, CopyDeed>()
  const failures: Failure[] = []
  let hasWritten = false
  const wrote = (): void => {
    hasWritten = true
    ports.wrote()
  }
  const tried = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      // A region that lets nobody in refuses every image with the same words.
      failures.push(...error.failures.filter(({ what }) => !failures.some((told) => told.what === what)))
      return false
    }
  }
  const put = async ({ image, stored }: HomeImage, wanted: WantedTag): Promise<void> => {
    const tagged = await putTag(other, image, stored, wanted)
    if (tagged.as === 'put') wrote()
    if (tagged.as === 'left') ports.log.notice(tagged.notice)
  }

  await mapLimit(images, 4, async (one) => {
    const { image, stored } = one
    const { service, repository } = image.wanted
    if (stands(one, look)) {
      deeds.set(image, 'standing')
      return
    }
    const isThere = await tried(async () => {
      const { sent, mounted, bytes } = await other.copy(repository, stored.digest, wrote)
      ports.log.info(`${service}: ${stored.digest} is now in ${region}: ${sent} layers sent (${inMegabytes(bytes)}), ${mounted} mounted there`)
    })
    deeds.set(image, isThere ? 'copied' : 'failed')
    if (isThere) await tried(() => put(one, { tag: image.contentTag, kind: 'moving' }))
  })
  if (failures.length === 0) {
    const work = images.flatMap((one) => planTags(one.tags, look.found.get(one.image.wanted.repository) ?? [], one.stored.digest, true).put.map((wanted) => ({ one, wanted })))
    // ECR takes ten PutImage a second in a region.
    await mapLimit(work, 8, ({ one, wanted }) => tried(() => put(one, wanted)))
  }
  return { other, deeds, wrote: hasWritten, failures }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
