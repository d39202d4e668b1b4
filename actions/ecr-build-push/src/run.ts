import type { WantedTag } from '@slipway/images'
import { list, type Problems } from '@slipway/report'
import { buildMisses, haveWritten, type BuildEnd, type Builds } from './builds.ts'
import { examine, type ExaminedImage } from './examine.ts'
import { keyImages, wantTags, withOwnBases, type KeyedImage } from './keys.ts'
import { lookUp } from './look-up.ts'
import type { Log, Ports } from './ports.ts'
import { takeProven } from './proven.ts'
import type { RunResult, ServiceResult } from './result.ts'
import type { Origin, Settings, WantedImage } from './settings.ts'
import { tagImages } from './tags.ts'
import { wouldCreate, wouldDo } from './would.ts'

/**
 * Builds what changed, tags what exists, and copies it to the other regions; what another environment must have proven
 * is taken from there instead.
 *
 * Everything that can be wrong is found out, in every region, before the first write. Tags are put and copies made when
 * every build has succeeded, so that a failed build moves none; what was pushed before it is found again by the next run.
 * @param problems What the inputs have brought up already.
 * @throws Failed with every problem at once, nothing having been written.
 */
export async function run(settings: Settings, origin: Origin, ports: Ports, problems: Problems): Promise<RunResult> {
  const tags = wantTags(settings.images, settings, origin, problems)
  const examined = await examine(settings.images, origin, problems)
  problems.throwIfAny()
  if (settings.withoutImage.length > 0) ports.log.info(`${list(settings.withoutImage)}: no image of its own, so nothing to build`)
  if (examined.length === 0) return { outcome: 'unchanged', services: [], failures: [] }

  const { services: taken, rest, configurationCommit } = await takeProven(examined, settings, ports)
  const result = settings.isPreflight || rest.length === 0 ? checked(rest) : await findOrBuild(rest, tags, settings, origin, ports, problems)
  return { ...result, services: [...taken, ...result.services], ...(configurationCommit === undefined ? {} : { configurationCommit }) }
}

/** What a preflight leaves to the job that may ask the registry; nothing, where all is taken from elsewhere. */
function checked(images: readonly ExaminedImage[]): RunResult {
  return { outcome: images.length > 0 ? 'planned' : 'unchanged', services: images.map(({ wanted: { service } }) => ({ service, did: 'checked', reason: 'its Dockerfile, context and tags are right' })), failures: [] }
}

/** The images that are taken from nowhere else: what exists already is tagged, the rest is built. */
async function findOrBuild(examined: readonly ExaminedImage[], tags: ReadonlyMap<WantedImage, readonly WantedTag[]>, settings: Settings, origin: Origin, ports: Ports, problems: Problems): Promise<RunResult> {
  if (examined.every(({ wanted }) => tags.get(wanted)?.length === 0)) ports.log.notice(`no tag applies${origin.tag === undefined ? '' : `: the git tag ${origin.tag} names no version`}; images are kept by their content alone, and handed over by digest`)
  const signedIn = await ports.signIn()
  const images = await keyImages(examined, tags, settings, origin, withOwnBases(signedIn.host, signedIn.registry, signedIn.bases))
  for (const image of images) warnOf(image, settings, ports.log)
  const look = await lookUp(images, signedIn, settings, problems)
  problems.throwIfAny()
  if (settings.dryRun) {
    wouldCreate(look, settings, ports)
    return wouldDo(look, settings, ports)
  }

  const builds = await buildMisses(look, signedIn, settings, origin, ports)
  if (builds.failures.length > 0) return { outcome: haveWritten(builds) ? 'partial' : 'refused', services: [], failures: builds.failures }
  if (!settings.push) return onlyBuilt(builds.ends, wouldDo({ ...look, decisions: look.decisions.filter(({ kind }) => kind === 'reuse') }, settings, ports))
  if (builds.ends.some(({ failures }) => failures.length > 0)) return stopped(builds)
  return tagImages(look, builds, signedIn, settings, ports)
}

/** Without `push` the builds are a trial; what exists is named as in a dry run. */
function onlyBuilt(builds: readonly BuildEnd[], would: RunResult): RunResult {
  const failures = builds.flatMap((build) => build.failures)
  const services = [...builds.map((build) => buildResult(build, 'built-only', build.decision.reason)), ...would.services]
  return { outcome: failures.length > 0 ? 'refused' : builds.length > 0 ? 'planned' : would.outcome, services, failures }
}

/** Some builds failed: no tag is put, so that no environment's tag names a part of a commit. */
function stopped(builds: Builds): RunResult {
  const services = builds.ends.map((build) => buildResult(build, 'built', 'pushed by its content; it got no other tag, since another build failed'))
  return { outcome: haveWritten(builds) ? 'partial' : 'refused', services, failures: builds.ends.flatMap(({ failures }) => failures) }
}

function buildResult({ decision, milliseconds, hits, failures }: BuildEnd, did: ServiceResult['did'], reason: string): ServiceResult {
  const { service } = decision.image.wanted
  const built = { service, milliseconds, ...(hits ? { hits } : {}) }
  return failures.length > 0 ? { ...built, did: 'failed', reason: failures.map(({ why }) => why).join(' ') } : { ...built, did, reason }
}

function warnOf({ wanted, notReusable, holdsGit }: KeyedImage, settings: Settings, log: Log): void {
  const { service, context } = wanted
  if (notReusable !== undefined && settings.reuse) log.warning(`${service}: it is built at every run, since the same source may give another image: ${notReusable}`)
  if (holdsGit) log.notice(`${service}: the build context "${context}" holds git's own folder, which differs at every checkout, so that no image is found again: write .git into its .dockerignore`)
}
