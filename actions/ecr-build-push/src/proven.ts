import { sourceKey } from '@slipway/images'
import { provenConfiguration, type BuiltImage, type Proven, type Region } from '@slipway/release'
import { Problems } from '@slipway/report'
import type { ExaminedImage } from './examine.ts'
import type { Ports } from './ports.ts'
import type { ServiceResult } from './result.ts'
import type { Settings } from './settings.ts'

/** What the required environment has proven, and what is left to be looked up and built. */
export interface Taken {
  readonly services: readonly ServiceResult[]
  readonly rest: readonly ExaminedImage[]
  /** The commit of the configuration that was proven with them, where it has a repository of its own. */
  readonly configurationCommit?: string
}

/**
 * Takes the images of this commit from the records of the environment that must have proven them; all are left where none
 * must. The registry is not asked: whether the digest is there is for the rollout to check, in the very region that pulls.
 * @throws Failed `not-proven` for every service at once, unless a reason lets them in.
 */
export async function takeProven(examined: readonly ExaminedImage[], { proof: wanted }: Settings, ports: Pick<Ports, 'findProof' | 'log'>): Promise<Taken> {
  if (wanted === undefined) return { services: [], rest: examined }
  const { required, regions, allowUnproven } = wanted
  const keyed = examined.map((image) => ({ image, key: sourceKey(image.source) }))
  const { proven, unproven } = await ports.findProof(keyed.map(({ image: { wanted: { service, repository } }, key }) => ({ service, repository, sourceKey: key })), required)
  const problems = new Problems()
  for (const failure of unproven.values()) {
    if (allowUnproven === undefined) problems.add(failure)
    else ports.log.warning(`${failure.what}: ${failure.why}. It is let in all the same: ${allowUnproven}`)
  }
  problems.throwIfAny()
  const services = keyed.flatMap(({ image, key }): ServiceResult[] => {
    const { service } = image.wanted
    const found = proven.get(service)
    if (found === undefined) return []
    const handed = handedOver(image, key, found, required.name, regions)
    ports.log.info(`${service}: ${handed.digest} is taken, ${handed.reason}`)
    return [{ service, did: 'proven', reason: handed.reason, image: handed }]
  })
  const { commit, isMixed } = provenConfiguration([...proven.values()])
  if (commit !== undefined && isMixed) ports.log.notice(`the images were proven with configuration of different commits; that of the newest release, ${commit}, is taken for all`)
  return { services, rest: examined.filter(({ wanted: { service } }) => unproven.has(service)), ...(commit === undefined ? {} : { configurationCommit: commit }) }
}

function handedOver({ wanted: { repository } }: ExaminedImage, key: string, { digest, target, head }: Proven, environment: string, regions: readonly Region[]): BuiltImage {
  // What the platforms of an index are is not recorded, and no registry is asked.
  return { repository, regions: [...regions], digest, platforms: {}, tags: [], sourceKey: key, reused: true, reason: `proven by revision ${head.sequence} in ${target} of ${environment}` }
}
