import { isEcrHost, type CacheHits } from '@slipway/images'
import type { Region, RepositoryName, Tag } from '@slipway/release'
import { count, Failed, Problems, type Failure } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { buildImage, findBuilder, type BuildSite } from './build.ts'
import { decideCache } from './cache.ts'
import type { Decision } from './decide.ts'
import { lookOf, type LookUp, type RegionLook } from './look-up.ts'
import type { ImageId, ImageRegistry, Ports, SignedIn, StoredImage } from './ports.ts'
import type { Origin, Settings } from './settings.ts'

/** How one build ended. */
export interface BuildEnd {
  readonly decision: Decision & { readonly kind: 'build' }
  readonly milliseconds: number
  readonly hits?: CacheHits
  /** Whether docker said that it pushed: then something was written, whatever came after. */
  readonly pushed: boolean
  /** Absent where it failed, or was not to be pushed. */
  readonly stored?: StoredImage
  readonly failures: readonly Failure[]
}

/** What came of the builds, and of the repositories that had to be created, in whichever region. */
export interface Builds {
  readonly ends: readonly BuildEnd[]
  readonly created: readonly RepositoryName[]
  /** Repositories that could not be created; then nothing was built. */
  readonly failures: readonly Failure[]
}

/** Whether any of it was written to the registry. */
export function haveWritten({ ends, created }: Builds): boolean {
  return created.length > 0 || ends.some(({ pushed }) => pushed)
}

/**
 * Builds what no image exists of, two at a time, after creating the repositories that are missing, in every region.
 * A build that fails does not stop the others: what they push is found again by the next run.
 * @throws Failed `builder-missing`, or why a region lets nobody in, before anything is written.
 */
export async function buildMisses(look: LookUp, signedIn: SignedIn, settings: Settings, origin: Origin, ports: Ports): Promise<Builds> {
  const misses = look.decisions.filter((decision) => decision.kind === 'build')
  const site = misses.length === 0 ? undefined : await openSite(misses, signedIn, settings, origin, ports)
  const { created, failures } = settings.push ? await createRepositories(look, signedIn, settings, ports) : { created: [], failures: [] }
  if (failures.length > 0 || !site) return { ends: [], created, failures }
  // A build takes every core that it finds: more than two at once only slow each other down.
  const ends = await mapLimit(misses, 2, (decision) => buildOne(decision, site, signedIn, settings, origin, ports))
  return { ends, created, failures: [] }
}

/** Finds the builder and signs it in; a region that is to get copies and lets nobody in is found out as well. */
async function openSite(misses: readonly BuildEnd['decision'][], signedIn: SignedIn, settings: Settings, origin: Origin, ports: Ports): Promise<BuildSite> {
  ports.log.info(`${count(misses.length, 'image')} to build:`)
  for (const { image, reason } of misses) ports.log.info(`  ${image.wanted.service}: ${reason}${image.notReusable === undefined ? '' : `: ${image.notReusable}`}`)
  const hosts = [...new Set([signedIn.host, ...misses.flatMap(({ image }) => image.bases.map(({ host }) => host).filter(isEcrHost))])]
  const refusals = new Problems()
  const [builder, environment] = await Promise.all([
    refusals.tryAsync(() => findBuilder(ports, {})),
    refusals.tryAsync(async () => ports.login(hosts, await signedIn.registry.authorization())),
    ...(settings.push ? signedIn.others : []).map(({ registry }) => refusals.tryAsync(() => registry.authorization())),
  ])
  refusals.throwIfAny()
  if (builder === undefined || environment === undefined) throw new Error('what is missing here is a problem')
  const { notice } = decideCache(settings.cache, builder, '', origin)
  if (notice !== undefined) ports.log.notice(notice)
  return { host: signedIn.host, builder, environment }
}

async function createRepositories(look: LookUp, { registry, others }: SignedIn, settings: Settings, ports: Ports): Promise<Omit<Builds, 'ends'>> {
  const created: RepositoryName[] = []
  const failures: Failure[] = []
  const missingIn = (region: Region, registry: ImageRegistry, missing: RegionLook['missing']) => missing.map((repository) => ({ region, registry, repository }))
  const work = [...missingIn(settings.region, registry, look.missing), ...others.flatMap(({ region, registry }) => missingIn(region, registry, lookOf(look.others, region).missing))]
  await mapLimit(work, 4, async ({ region, registry, repository }) => {
    try {
      if ((await registry.createRepository(repository)) === 'exists') return
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      failures.push(...error.failures)
      return
    }
    ports.wrote()
    created.push(repository)
    ports.log.info(`created the repository ${repository} in ${region}`)
  })
  return { created, failures }
}

async function buildOne(decision: BuildEnd['decision'], site: BuildSite, { registry }: SignedIn, settings: Settings, origin: Origin, ports: Ports): Promise<BuildEnd> {
  const { image } = decision
  const { service, repository } = image.wanted
  const startedAt = ports.monotonic()
  let pushed = false
  const ended = (more: Pick<BuildEnd, 'stored' | 'hits'> & { failures?: readonly Failure[] }): BuildEnd => ({ decision, milliseconds: ports.monotonic() - startedAt, pushed, failures: [], ...more })
  const read = async (id: ImageId): Promise<StoredImage | undefined> => {
    const answer = await registry.batchGetImage(repository, [id])
    return answer === 'repository-missing' ? undefined : answer.found[0]
  }
  const byContent: { tag: Tag } = { tag: image.contentTag }
  try {
    const { digest, hits } = await buildImage(image, site, settings, origin, ports)
    if (!settings.push) return ended({ hits })
    pushed = true
    ports.wrote()
    const stored = await read(digest === undefined ? byContent : { digest })
    return stored ? ended({ stored, hits }) : ended({ hits, failures: [vanished(service, repository)] })
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    // Another run may have pushed the very same content in the meantime, to a repository whose tags do not move.
    const stored = error.failures[0].code === 'push-failed' && image.notReusable === undefined ? await read(byContent) : undefined
    return stored ? ended({ stored }) : ended({ failures: error.failures })
  }
}

function vanished(service: string, repository: string): Failure {
  return {
    code: 'push-failed',
    what: `the image of ${service} is not in ${repository}`,
    where: `service ${service}`,
    why: 'docker said that it was pushed, but the registry does not have it',
    next: `run it again; if it stays so, look at the lifecycle rules of ${repository}`,
  }
}
