import { mapLimit } from '@slipway/wire'
import type { Region, RepositoryName } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { decide, versionConflicts, type Decision } from './decide.ts'
import { byRepository, type KeyedImage } from './keys.ts'
import type { ImageId, ImageRegistry, SignedIn, StoredImage } from './ports.ts'
import type { Settings } from './settings.ts'

/** What the registry of one region holds of what is wanted. */
export interface RegionLook {
  readonly found: ReadonlyMap<RepositoryName, readonly StoredImage[]>
  /** Repositories that do not exist, and may be created. */
  readonly missing: readonly RepositoryName[]
}

/** What the registries hold, the home region's first, and what follows from it. */
export interface LookUp extends RegionLook {
  readonly decisions: readonly Decision[]
  readonly others: ReadonlyMap<Region, RegionLook>
}

/** Asks once a repository and region, side by side, for the content tags and every wanted tag together. */
export async function lookUp(images: readonly KeyedImage[], { registry, others }: SignedIn, settings: Settings, problems: Problems): Promise<LookUp> {
  const places = [{ region: settings.region, registry }, ...others]
  const looks = new Map(await mapLimit(places, places.length, async ({ region, registry }) => [region, await lookInto(registry, region, images, settings, problems)] as const))
  const home = lookOf(looks, settings.region)
  const decisions = images.map((image) => decide(image, home.found.get(image.wanted.repository) ?? []))
  for (const [region, { found }] of looks) {
    for (const decision of decisions) for (const failure of versionConflicts(decision, found.get(decision.image.wanted.repository) ?? [], region)) problems.add(failure)
  }
  return { ...home, decisions, others: new Map([...looks].filter(([region]) => region !== settings.region)) }
}

/** What was found in a region. */
export function lookOf(looks: ReadonlyMap<Region, RegionLook>, region: Region): RegionLook {
  return looks.get(region) ?? { found: new Map(), missing: [] }
}

async function lookInto(registry: ImageRegistry, region: Region, images: readonly KeyedImage[], settings: Settings, problems: Problems): Promise<RegionLook> {
  const missing: RepositoryName[] = []
  const found = new Map<RepositoryName, readonly StoredImage[]>()
  await mapLimit([...byRepository(images)], 16, async ([repository, inside]) => {
    const answers = await mapLimit(inHundreds(asked(inside)), 4, (ids) => registry.batchGetImage(repository, ids))
    found.set(repository, answers.flatMap((answer) => (answer === 'repository-missing' ? [] : answer.found)))
    if (!answers.includes('repository-missing')) return
    if (settings.createRepository) missing.push(repository)
    else problems.add(repositoryMissing(repository, inside.map(({ wanted }) => wanted.service), region))
  })
  return { found, missing: missing.sort() }
}

/** BatchGetImage takes a hundred images at a time. */
function inHundreds(ids: readonly ImageId[]): ImageId[][] {
  return Array.from({ length: Math.ceil(ids.length / 100) }, (_, index) => ids.slice(index * 100, index * 100 + 100))
}

function asked(images: readonly KeyedImage[]): ImageId[] {
  const tags = images.flatMap(({ contentTag, notReusable, tags }) => [...(notReusable === undefined ? [contentTag] : []), ...tags.map(({ tag }) => tag)])
  return [...new Set(tags)].map((tag) => ({ tag }))
}

function repositoryMissing(repository: RepositoryName, services: readonly string[], region: Region): Parameters<Problems['add']>[0] {
  return {
    code: 'repository-missing',
    what: `the ECR repository ${repository} does not exist in ${region}`,
    where: `service ${services.join(', ')}`,
    why: 'an image can only be pushed to a repository that is there',
    next: 'correct its name, create it with your infrastructure code, or set create-repository: true',
  }
}
