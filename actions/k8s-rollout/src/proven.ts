import type { ProofWish } from '@slipway/release'
import { Problems } from '@slipway/report'
import type { Ports } from './ports.ts'
import type { Settings } from './settings.ts'

/**
 * Sees that another environment has proven the very images that are to be rolled out, where one must have.
 * @returns Why a service is let in without that, by service.
 * @throws Failed `not-proven` for every service at once, unless a reason lets them in.
 */
export async function letIn({ targets, proof }: Pick<Settings, 'targets' | 'proof'>, { findProof, narrator }: Pick<Ports, 'findProof' | 'narrator'>): Promise<ReadonlyMap<string, string>> {
  const wishes = targets.flatMap(({ services }) => services).flatMap(({ service, image }): ProofWish[] => (image === undefined ? [] : [{ service, repository: image.repository, digest: image.digest, sourceKey: image.sourceKey ?? '' }]))
  // A target pulls from a registry of its own, and the same image from each.
  const byService = new Map(wishes.map((wish) => [wish.service, wish]))
  if (proof === undefined || byService.size === 0) return new Map()
  const { required, allowUnproven } = proof
  const { proven, unproven } = await findProof([...byService.values()], required)
  for (const [service, { target, head }] of proven) narrator.say(`[${service}] proven by revision ${head.sequence} in ${target} of ${required.name}`)
  const problems = new Problems()
  for (const failure of unproven.values()) {
    if (allowUnproven === undefined) problems.add(failure)
    else narrator.warn(`${failure.what}: ${failure.why}. It is let in all the same: ${allowUnproven}`)
  }
  problems.throwIfAny()
  return new Map(allowUnproven === undefined ? [] : [...unproven.keys()].map((service) => [service, allowUnproven]))
}
