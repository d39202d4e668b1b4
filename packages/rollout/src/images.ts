import type { Digest, JsonObject } from '@slipway/release'
import { at, isArray, objectAt, textAt, withAt } from './objects.ts'
import { everywhere } from './references.ts'

/** An image reference taken apart: `host/repository:tag@digest`, each part but the repository optional. */
export interface ImageReference {
  readonly host?: string
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

/** Reads an image reference; a first part with a dot, a colon or `localhost` is a host. */
export function parseImage(text: string): ImageReference {
  const [beforeDigest = '', digest] = text.split('@', 2)
  const slash = beforeDigest.indexOf('/')
  const first = slash < 0 ? '' : beforeDigest.slice(0, slash)
  const host = /[.:]/.test(first) || first === 'localhost' ? first : undefined
  const rest = host === undefined ? beforeDigest : beforeDigest.slice(slash + 1)
  const colon = rest.lastIndexOf(':')
  const tag = colon > rest.lastIndexOf('/') ? rest.slice(colon + 1) : undefined
  return {
    ...(host === undefined ? {} : { host }),
    repository: tag === undefined ? rest : rest.slice(0, colon),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  }
}

/** The image references of a workload's containers, init containers first, in the order of the manifest. */
export function containerImages(workload: JsonObject): string[] {
  const spec = objectAt(workload, 'spec', 'template', 'spec')
  return ['initContainers', 'containers'].flatMap((list) => {
    const containers = at(spec, list)
    return isArray(containers) ? containers.flatMap((container) => textAt(container, 'image') ?? []) : []
  })
}

/** The workload with each container's image that is of a built repository named by its digest in the registry given. */
export function rewriteImages(workload: JsonObject, registryHost: string, digests: ReadonlyMap<string, Digest>): JsonObject {
  if (objectAt(workload, 'spec', 'template', 'spec') === undefined) return workload
  const pinned = (container: JsonObject): JsonObject => {
    const image = textAt(container, 'image')
    if (image === undefined) return container
    const { repository } = parseImage(image)
    const digest = digests.get(repository)
    return digest === undefined ? container : { ...container, image: `${registryHost}/${repository}@${digest}` }
  }
  return withAt(workload, ['spec', 'template', 'spec'], (spec) =>
    spec === undefined ? spec : ['containers', 'initContainers'].reduce((changed, list) => everywhere(changed, [list, '*'], pinned), spec),
  )
}
