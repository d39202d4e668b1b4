import { platformDigests } from '@slipway/images'
import type { BuiltImage, Tag } from '@slipway/release'
import type { KeyedImage } from './keys.ts'
import type { StoredImage } from './ports.ts'
import type { Settings } from './settings.ts'

/** An image as the next job gets it. */
export function handedOver(image: KeyedImage, stored: StoredImage, tags: readonly Tag[], { region }: Settings, reused: boolean, reason: string): BuiltImage {
  return {
    repository: image.wanted.repository,
    regions: [region],
    digest: stored.digest,
    platforms: platformDigests(stored, image.wanted.platforms[0] ?? ''),
    tags: [...tags],
    sourceKey: image.sourceKey,
    reused,
    reason,
  }
}
