import type { Problems } from '@slipway/report'
import type { Mission } from './delivery.ts'
import type { TargetPorts } from './ports.ts'
import type { WantedService } from './wanted.ts'

/** Adds a problem `image-missing` for each image of a service that its target could not pull. Every image is asked for once, whoever uses it. */
export type ImageCheck = (wanted: WantedService) => Promise<void>

export function openImageCheck({ target }: Mission, ports: TargetPorts, problems: Problems): ImageCheck {
  const asked = new Map<string, Promise<void>>()
  const look = async (repository: string, digest: string): Promise<void> => {
    if (await ports.images.has(repository, digest)) return
    problems.add({
      code: 'image-missing',
      what: `${repository}@${digest} is not in the registry that the target ${target.name} pulls from`,
      why: 'the pods could not be started',
      next: 'build it with ecr-build-push, which pushes it and copies it to every region of the registry; where it was proven elsewhere, deploy it there once more: its build copies what this region lacks',
    })
  }
  return async ({ images }) => {
    await Promise.all(
      Object.entries(images).map(([repository, digest]) => {
        const image = `${repository}@${digest}`
        const looked = asked.get(image) ?? look(repository, digest)
        asked.set(image, looked)
        return looked
      }),
    )
  }
}
