import { contentKey, contentTag, sourceKey, wantedTags, defaultTemplates, versionOfTag, type ImageResolver, type WantedTag } from '@slipway/images'
import { canonicalHash, repositoryRule, tagRule, type Digest, type RepositoryName, type Tag } from '@slipway/release'
import { Failed, failureText, list, Problems } from '@slipway/report'
import type { ExaminedImage } from './examine.ts'
import type { ImageRegistry } from './ports.ts'
import type { Origin, Settings, WantedImage } from './settings.ts'

/** An image with the tags under which it is looked for and kept. */
export interface KeyedImage extends ExaminedImage {
  readonly sourceKey: string
  /** The tag of its content; unlike every other where nothing may be reused. */
  readonly contentTag: Tag
  /** Why no image that exists may be taken; undefined where one may. */
  readonly notReusable?: string
  readonly tags: readonly WantedTag[]
}

/** The tags of every image, all problems at once. Two services of one repository must not want the same tag. */
export function wantTags(images: readonly WantedImage[], settings: Settings, origin: Origin, problems: Problems): Map<WantedImage, readonly WantedTag[]> {
  const version = origin.tag === undefined ? undefined : versionOfTag(origin.tag)
  const owners = new Map<string, string>()
  const told = new Set(problems.all.map(({ what }) => what))
  const tags = new Map<WantedImage, readonly WantedTag[]>()
  for (const image of images) {
    const { service, repository } = image
    const values = {
      service,
      sha: origin.sha,
      ...(settings.environment === undefined ? {} : { environment: settings.environment }),
      ...(origin.branch === undefined ? {} : { branch: origin.branch }),
      ...(version === undefined ? {} : { version }),
    }
    const own = new Problems()
    const wanted = own.try(() => wantedTags(settings.tags.length > 0 ? settings.tags : defaultTemplates(values), values)) ?? []
    // One wrong template is one problem, however many services it would have been for.
    for (const failure of own.all) if (!told.has(failure.what)) problems.add(failure)
    for (const { what } of own.all) told.add(what)
    for (const { tag } of wanted) {
      const owner = owners.get(`${repository}:${tag}`)
      if (owner === undefined) owners.set(`${repository}:${tag}`, service)
      else
        problems.add({
          code: 'input-conflict',
          what: `the services ${owner} and ${service} would both have the tag ${tag} in the repository ${repository}`,
          why: 'a tag names one image',
          next: 'give each a repository of its own, or put {service} into the input "tags"',
        })
    }
    tags.set(image, wanted)
  }
  return tags
}

/** Works out the content keys; base images that nothing pins are asked for once each. */
export async function keyImages(images: readonly ExaminedImage[], wanted: ReadonlyMap<WantedImage, readonly WantedTag[]>, settings: Settings, origin: Origin, bases: ImageResolver): Promise<KeyedImage[]> {
  const asked = new Map<string, Promise<Digest | Failed>>()
  const digestOf = (name: ExaminedImage['bases'][number]): Promise<Digest | Failed> => {
    const pending = asked.get(name.text) ?? resolved(bases, name)
    asked.set(name.text, pending)
    return pending
  }
  return Promise.all(
    images.map(async (image) => {
      const source = sourceKey(image.source)
      const keyed = { ...image, tags: wanted.get(image.wanted) ?? [], sourceKey: source }
      const without = (notReusable: string): KeyedImage => ({ ...keyed, notReusable, contentTag: contentTag(canonicalHash([source, image.wanted.service, origin.run])) })
      if (!settings.reuse) return without('the input "reuse" is false')
      if (image.unrepeatable.length > 0) return without(list(image.unrepeatable))
      const digests = await Promise.all(image.bases.map(async (name) => [name.text, await digestOf(name)] as const))
      const unknown = digests.flatMap(([, digest]) => (digest instanceof Failed ? digest.failures.map(failureText) : []))
      if (unknown.length > 0) return without(unknown.join(' '))
      return { ...keyed, contentTag: contentTag(contentKey(image.source, Object.fromEntries(digests.flatMap(([name, digest]) => (digest instanceof Failed ? [] : [[name, digest]]))))) }
    }),
  )
}

/** Asks our own registry for bases that it holds itself, and the others where they are. */
export function withOwnBases(host: string, registry: ImageRegistry, others: ImageResolver): ImageResolver {
  return {
    async digest(name) {
      if (name.digest !== undefined || name.host !== host || !repositoryRule.is(name.repository) || !tagRule.is(name.tag)) return others.digest(name)
      const answer = await registry.batchGetImage(name.repository, [{ tag: name.tag }])
      const found = answer === 'repository-missing' ? undefined : answer.found[0]
      if (found) return found.digest
      throw new Failed({
        code: 'base-unresolved',
        what: `which image ${name.text} is at the moment cannot be found out`,
        why: answer === 'repository-missing' ? `the registry has no repository ${name.repository}` : `the repository ${name.repository} has no tag ${name.tag}`,
        next: 'correct the name in the Dockerfile',
      })
    },
  }
}

/** The repositories of the images, each with the images in it. */
export function byRepository<T extends { readonly wanted: { readonly repository: RepositoryName } }>(images: readonly T[]): Map<RepositoryName, T[]> {
  return Map.groupBy(images, ({ wanted }) => wanted.repository)
}

async function resolved(bases: ImageResolver, name: ExaminedImage['bases'][number]): Promise<Digest | Failed> {
  try {
    return await bases.digest(name)
  } catch (error) {
    // The build goes on without reuse: it will find out for itself whether the base can be had.
    if (error instanceof Failed) return error
    throw error
  }
}
