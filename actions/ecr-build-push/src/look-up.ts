import { mapLimit } from '@slipway/wire'
import type { RepositoryName } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { decide, versionConflicts, type Decision } from './decide.ts'
import { byRepository, type KeyedImage } from './keys.ts'
import type { ImageId, ImageRegistry, StoredImage } from './ports.ts'
import type { Settings } from './settings.ts'

/** What the registry holds of what is wanted, and what follows from it. */
export interface LookUp {
  readonly decisions: readonly Decision[]
  readonly found: ReadonlyMap<RepositoryName, readonly StoredImage[]>
  /** Repositories that do not exist, and may be created. */
  readonly missing: readonly RepositoryName[]
}

/** Asks once a repository for the content tags and every wanted tag together. */
export async function lookUp(images: readonly KeyedImage[], registry: ImageRegistry, settings: Settings, problems: Problems): Promise<LookUp> {
  const missing: RepositoryName[] = []
  const found = new Map<RepositoryName, readonly StoredImage[]>()
  const repositories = [...byRepository(images)]
  await mapLimit(repositories, 16, async ([repository, inside]) => {
    const answers = await mapLimit(inHundreds(asked(inside)), 4, (ids) => registry.batchGetImage(repository, ids))
    found.set(repository, answers.flatMap((answer) => (answer === 'repository-missing' ? [] : answer.found)))
    if (!answers.includes('repository-missing')) return
    if (settings.createRepository) missing.push(repository)
    else problems.add(repositoryMissing(repository, inside.map(({ wanted }) => wanted.service), settings))
  })
  const decisions = images.map((image) => decide(image, found.get(image.wanted.repository) ?? []))
  for (const decision of decisions) for (const failure of versionConflicts(decision, found.get(decision.image.wanted.repository) ?? [])) problems.add(failure)
  return { decisions, found, missing: missing.sort() }
}

/** BatchGetImage takes a hundred images at a time. */
function inHundreds(ids: readonly ImageId[]): ImageId[][] {
  return Array.from({ length: Math.ceil(ids.length / 100) }, (_, index) => ids.slice(index * 100, index * 100 + 100))
}

function asked(images: readonly KeyedImage[]): ImageId[] {
  const tags = images.flatMap(({ contentTag, notReusable, tags }) => [...(notReusable === undefined ? [contentTag] : []), ...tags.map(({ tag }) => tag)])
  return [...new Set(tags)].map((tag) => ({ tag }))
}

function repositoryMissing(repository: RepositoryName, services: readonly string[], { region }: Settings): Parameters<Problems['add']>[0] {
  return {
    code: 'repository-missing',
    what: `the ECR repository ${repository} does not exist in ${region}`,
    where: `service ${services.join(', ')}`,
    why: 'an image can only be pushed to a repository that is there',
    next: 'correct its name, create it with your infrastructure code, or set create-repository: true',
  }
}
