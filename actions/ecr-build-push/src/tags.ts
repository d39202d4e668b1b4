import type { Outcome, Region, Tag } from '@slipway/release'
import { Failed, list, type Failure } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { haveWritten, type BuildEnd, type Builds } from './builds.ts'
import { bringTo, type RegionEnd } from './copies.ts'
import { planTags, type Decision, type TagPlan } from './decide.ts'
import { handedOver } from './hand-over.ts'
import type { KeyedImage } from './keys.ts'
import { lookOf, type LookUp } from './look-up.ts'
import type { ImageRegistry, Ports, SignedIn, StoredImage } from './ports.ts'
import type { CopyDeed, RunResult, ServiceResult } from './result.ts'
import type { Settings } from './settings.ts'
import { putTag, type Tagged } from './tagging.ts'

/** An image that stands in the registry, found or built. */
interface Finished {
  readonly decision: Decision
  readonly stored: StoredImage
  readonly build?: BuildEnd
  readonly plan: TagPlan
}

/** Puts the tags that are missing at home, and brings the images to the other regions, all side by side. */
export async function tagImages(look: LookUp, builds: Builds, { registry, others }: SignedIn, settings: Settings, ports: Ports): Promise<RunResult> {
  const all = finished(look, builds.ends)
  const images = all.map(({ decision: { image }, stored, plan }) => ({ image, stored, tags: image.tags.filter((wanted) => plan.put.includes(wanted) || plan.standing.includes(wanted.tag)) }))
  const [home, ends] = await Promise.all([
    tagAtHome(all, registry, settings, ports),
    mapLimit(others, others.length, (other) => bringTo(other, images, lookOf(look.others, other.region), ports)),
  ])
  const services = all.map((one) => serviceResult(one, home.answers, ends, settings, ports))
  const failures = [...home.failures, ...ends.flatMap((end) => end.failures)]
  const wrote = haveWritten(builds) || home.answers.some(({ tagged }) => tagged?.as === 'put') || ends.some((end) => end.wrote)
  const outcome: Outcome = failures.length > 0 ? (wrote ? 'partial' : 'refused') : wrote ? 'changed' : 'unchanged'
  return { outcome, services, failures }
}

async function tagAtHome(all: readonly Finished[], registry: ImageRegistry, { region }: Settings, ports: Ports): Promise<{ answers: readonly Answer[]; failures: readonly Failure[] }> {
  const failures: Failure[] = []
  const work = all.flatMap(({ decision, stored, plan }) => plan.put.map((wanted) => ({ image: decision.image, stored, wanted })))
  // ECR takes ten PutImage a second in a region.
  const answers = await mapLimit(work, 8, async ({ image, stored, wanted }): Promise<Answer> => {
    try {
      const tagged = await putTag({ registry, region }, image, stored, wanted)
      if (tagged.as === 'put') ports.wrote()
      return { image, tagged }
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      failures.push(...error.failures)
      return { image, tagged: undefined }
    }
  })
  for (const { tagged } of answers) if (tagged?.as === 'left') ports.log.notice(tagged.notice)
  return { answers, failures }
}

interface Answer {
  readonly image: KeyedImage
  /** Absent where it failed. */
  readonly tagged: Tagged | undefined
}

function finished(look: LookUp, builds: readonly BuildEnd[]): Finished[] {
  return look.decisions.flatMap((decision) => {
    const { image } = decision
    const build = builds.find((one) => one.decision === decision)
    const stored = decision.kind === 'reuse' ? decision.stored : build?.stored
    if (!stored) return []
    const plan = planTags(image.tags, look.found.get(image.wanted.repository) ?? [], stored.digest, decision.kind === 'build')
    return { decision, stored, plan, ...(build ? { build } : {}) }
  })
}

function serviceResult({ decision, stored, build, plan }: Finished, answers: readonly Answer[], ends: readonly RegionEnd[], settings: Settings, ports: Ports): ServiceResult {
  const { image } = decision
  const { service } = image.wanted
  for (const { tag, digest } of plan.left) ports.log.notice(`${service}: the tag ${tag} stays with ${digest}, which this commit made before`)
  const mine = answers.filter((answer) => answer.image === image)
  const tagged = (as: Tagged['as']): Tag[] => mine.flatMap(({ tagged: one }) => (one?.as === as ? one.tag : []))
  const put = tagged('put')
  const tags = [...plan.standing, ...tagged('standing'), ...put]
  const did = mine.some((answer) => !answer.tagged) ? 'failed' : build ? 'built' : put.length > 0 ? 'tagged' : 'reused'
  const copies = new Map(ends.map(({ other, deeds }): [Region, CopyDeed] => [other.region, deeds.get(image) ?? 'failed']))
  const regions = [settings.region, ...[...copies].flatMap(([region, deed]) => (deed === 'failed' ? [] : region))]
  const reason = decision.kind === 'build' ? decision.reason : `found by ${image.contentTag}`
  ports.log.info(`${service}: ${build ? 'built' : 'reused'} ${stored.digest}${put.length > 0 ? `, now also ${list(put)}` : ''}`)
  return {
    service,
    did,
    reason,
    image: handedOver(image, stored, tags, regions, build === undefined, reason),
    ...(copies.size > 0 ? { copies } : {}),
    ...(build ? { milliseconds: build.milliseconds } : {}),
    ...(build?.hits ? { hits: build.hits } : {}),
  }
}
