import { platformDigests } from '@slipway/images'
import type { BuiltImage, Region, Tag } from '@slipway/release'
import type { KeyedImage } from './keys.ts'
import type { StoredImage } from './ports.ts'

/** An image as the next job gets it; `regions` are those that have it, the home region first. */
export function handedOver(image: KeyedImage, stored: StoredImage, tags: readonly Tag[], regions: readonly Region[], reused: boolean, reason: string): BuiltImage {
  return {
    repository: image.wanted.repository,
    regions: [...regions],
    digest: stored.digest,
    platforms: platformDigests(stored, image.wanted.platforms[0] ?? ''),
    tags: [...tags],
    sourceKey: image.sourceKey,
    reused,
    reason,
  }
}
