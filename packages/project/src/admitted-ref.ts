import { isPrerelease, serviceRule, versionOfTag, versionPrefix, type ServiceName, type Version } from '@slipway/release'
import { list, type Problems } from '@slipway/report'
import { shown } from './fields.ts'
import type { Environment, Project, Service } from './project.ts'
import type { SharedInputs } from './shared-inputs.ts'
import { matchesPattern } from './texts.ts'

/** A version tag that is deployed. */
export interface ReleaseTag {
  /** Without `refs/tags/`: `v1.4.0`, `cart/v1.4.0`. */
  readonly name: string
  readonly version: Version
  /** Of a tag that is one service's. */
  readonly service?: ServiceName
  /** The branch that its commit must be reachable from; the default branch where left out. */
  readonly branch?: string
}

/** What is deployed, as the runner names it. */
export interface RefSource {
  readonly ref: string
  /** Short. */
  readonly refName: string
}

/**
 * Holds a ref to the branches and tags that its environment admits; the version tag that it is, where tags are admitted.
 * Where neither are named, any ref is.
 */
export function admittedRef(environment: Environment, { ref, refName }: RefSource, shared: SharedInputs, problems: Problems): ReleaseTag | undefined {
  const { branches, tags } = environment
  if (branches.length + tags.length === 0) return undefined
  if (ref.startsWith('refs/heads/') && branches.some((pattern) => matchesPattern(refName, pattern))) return undefined
  const tag = /^refs\/tags\/(.+)$/s.exec(ref)?.[1]
  if (tag !== undefined && tags.some((pattern) => matchesPattern(tag, pattern))) return versionTag(tag, environment, shared, problems)
  const admitted = [...(branches.length === 0 ? [] : [`branches ${list(branches)}`]), ...(tags.length === 0 ? [] : [`tags ${list(tags)}`])]
  const what = ref.startsWith('refs/heads/') ? `branch ${shown(refName)}` : tag !== undefined && tags.length > 0 ? `tag ${shown(tag)}` : `ref ${shown(ref)}`
  problems.add({
    code: 'input-conflict',
    what: `the ${what} may not be deployed to ${environment.name}`,
    why: `${shared.projectFile} admits there: ${admitted.join('; ')}`,
    next: `run the workflow on one of these ${branches.length === 0 ? 'tags' : tags.length === 0 ? 'branches' : 'branches or tags'}, or choose another environment`,
  })
  return undefined
}

function versionTag(name: string, { name: environment, allowsPrereleases, releaseBranch }: Environment, { projectFile }: SharedInputs, problems: Problems): ReleaseTag | undefined {
  const before = name.slice(0, Math.max(0, name.lastIndexOf('/')))
  const service = serviceRule.is(before) ? before : undefined
  const version = versionOfTag(name, service)
  if (version === undefined) {
    problems.add({
      code: 'input-conflict',
      what: `the tag ${shown(name)} may not be deployed to ${environment}`,
      why: `it names no semantic version: a tag is ${versionPrefix(undefined)}1.4.0, or for one service its name and /${versionPrefix(undefined)}1.4.0`,
      next: 'tag the commit by tag-release, or choose another environment',
    })
    return undefined
  }
  if (isPrerelease(version) && !allowsPrereleases) {
    problems.add({
      code: 'input-conflict',
      what: `the tag ${shown(name)} may not be deployed to ${environment}`,
      why: `${version} is a pre-release, and ${projectFile} does not say \`pre-releases: true\` there`,
      next: 'release the version without the suffix, or choose another environment',
    })
    return undefined
  }
  return { name, version, ...(service === undefined ? {} : { service }), ...(releaseBranch === undefined ? {} : { branch: releaseBranch }) }
}

/** What of the chosen services a tag deploys: one that is a service's deploys that service, whose name `all` stands for. */
export function servicesOfTag(chosen: readonly Service[], tag: ReleaseTag | undefined, { services }: Project, shared: SharedInputs, problems: Problems): readonly Service[] {
  if (tag?.service === undefined) return chosen
  const own = services.get(tag.service)
  if (own === undefined) {
    problems.add({ code: 'name-unknown', what: `the tag ${tag.name} is for a service ${tag.service}, which there is not`, why: `${shared.projectFile} declares: ${[...services.keys()].join(', ')}`, next: 'tag the commit for one of these services, or for all of them' })
    return []
  }
  const others = shared.services === 'all' ? [] : chosen.filter(({ name }) => name !== own.name)
  if (others.length > 0) {
    problems.add({ code: 'input-conflict', what: `the input "services" names ${list(others.map(({ name }) => name))}, but the tag ${tag.name} deploys ${own.name} alone`, why: 'the tag of one service is no version of another', next: `write all or ${own.name}, or run the workflow on a tag of the whole repository` })
  }
  return shared.services === 'all' || chosen.includes(own) ? [own] : []
}
