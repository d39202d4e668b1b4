import type { WantedService } from '@slipway/delivery'
import type { Failure } from '@slipway/report'
import { listAt, objectText, parseImage, textAt } from '@slipway/rollout'
import type { AskedProof, WantedManifests } from './settings.ts'

/** A container of a service that would run an image of our own that nobody has proven. */
export interface Stray {
  readonly service: string
  readonly failure: Failure
}

/**
 * The images of our own registry that the manifests name beside those that were handed over: proof is asked for what
 * is handed over, so that these would run with none. What other registries hold is proven nowhere, and passes.
 */
export function strayImages(composed: readonly WantedService[], declared: readonly WantedManifests[], proof: AskedProof): Stray[] {
  const handedOver = new Set(declared.flatMap(({ image }) => (image === undefined ? [] : [`${image.host}/${image.repository}@${image.digest}`])))
  // Before anything is built, a service's own image is pinned nowhere yet.
  const toCome = new Map<string, string | undefined>(declared.flatMap(({ service, image }) => (image === undefined ? [[service, proof.repositories.get(service)] as const] : [])))
  return composed.flatMap(({ service, workload }) =>
    ['initContainers', 'containers', 'ephemeralContainers'].flatMap((kind) =>
      listAt(workload.object, 'spec', 'template', 'spec', kind).flatMap((container): Stray[] => {
        const text = textAt(container, 'image')
        if (text === undefined || handedOver.has(text) || !isOurs(text, proof)) return []
        if (toCome.get(service) === parseImage(text).repository) return []
        return [{ service, failure: failureOf(`the container ${textAt(container, 'name') ?? '(without a name)'} of ${objectText(workload)}`, text, service, proof) }]
      }),
    ),
  )
}

function isOurs(text: string, { account, repositories }: AskedProof): boolean {
  const { host, repository } = parseImage(text)
  if (host === undefined) return [...repositories.values()].some((declared) => declared === repository)
  // Every region, dual-stack and FIPS name of an account's ECR begins so.
  return account !== undefined && host.toLowerCase().startsWith(`${account}.dkr`)
}

function failureOf(container: string, image: string, service: string, { required, environment }: AskedProof): Failure {
  return {
    code: 'not-proven',
    what: `${container} names the image ${image}`,
    why: `only what ${required.name} has proven may run in ${environment}, and this image was not handed over by digest`,
    next: `let ${service} declare it as its \`image\` in the project file, or give "allow-unproven" with a reason`,
  }
}
