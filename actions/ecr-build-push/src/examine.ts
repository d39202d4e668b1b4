import { examineImage, type ExaminedSource } from '@slipway/images'
import type { Problems } from '@slipway/report'
import type { Origin, WantedImage } from './settings.ts'

/** What the checkout says about one image. */
export interface ExaminedImage extends ExaminedSource {
  readonly wanted: WantedImage
}

/** Reads contexts and Dockerfiles, side by side; what is wrong with any of them goes to the problems. */
export async function examine(images: readonly WantedImage[], origin: Origin, problems: Problems): Promise<ExaminedImage[]> {
  const examined = await Promise.all(
    images.map(async (wanted) => {
      const source = await problems.tryAsync(() => examineImage({ ...wanted, secretIds: wanted.secrets.map(({ id }) => id) }, origin))
      return source === undefined ? undefined : { wanted, ...source }
    }),
  )
  return examined.filter((one) => one !== undefined)
}
