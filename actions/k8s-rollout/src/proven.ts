import type { WantedService } from '@slipway/delivery'
import type { ProofWish } from '@slipway/release'
import { Problems, type Failure } from '@slipway/report'
import type { Ports } from './ports.ts'
import type { Settings } from './settings.ts'
import { strayImages } from './stray-images.ts'

/**
 * Sees that another environment has proven the very images that are to be rolled out, where one must have, and that
 * the manifests name no others of our own registry.
 * @returns Why a service is let in without that, by service.
 * @throws Failed `not-proven` for every service at once, unless a reason lets them in.
 */
export async function letIn({ targets, proof }: Pick<Settings, 'targets' | 'proof'>, composed: readonly WantedService[], { findProof, narrator }: Pick<Ports, 'findProof' | 'narrator'>): Promise<ReadonlyMap<string, string>> {
  const wishes = targets.flatMap(({ services }) => services).flatMap(({ service, image }): ProofWish[] => (image === undefined ? [] : [{ service, repository: image.repository, digest: image.digest, sourceKey: image.sourceKey ?? '' }]))
  // A target pulls from a registry of its own, and the same image from each.
  const byService = new Map(wishes.map((wish) => [wish.service, wish]))
  if (proof === undefined) return new Map()
  const { required, allowUnproven } = proof
  const strays = strayImages(composed, targets.flatMap(({ services }) => services), proof)
  const found = byService.size === 0 ? undefined : await findProof([...byService.values()], required)
  const unproven = found?.unproven ?? new Map<string, Failure>()
  for (const [service, { target, head }] of found?.proven ?? []) narrator.say(`[${service}] proven by revision ${head.sequence} in ${target} of ${required.name}`)
  const problems = new Problems()
  // Targets share their manifests: what is said of one is said once.
  const failures = new Map([...unproven.values(), ...strays.map(({ failure }) => failure)].map((failure) => [failure.what, failure]))
  for (const failure of failures.values()) {
    if (allowUnproven === undefined) problems.add(failure)
    else narrator.warn(`${failure.what}: ${failure.why}. It is let in all the same: ${allowUnproven}`)
  }
  problems.throwIfAny()
  return new Map(allowUnproven === undefined ? [] : [...unproven.keys(), ...strays.map(({ service }) => service)].map((service) => [service, allowUnproven]))
}
