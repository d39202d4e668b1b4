import type { BuildSecret } from '@slipway/images'
import type { ReleaseTag, RequiredEnvironment } from '@slipway/project'
import type { AccountId, EnvironmentName, Region, RepositoryName, ServiceName } from '@slipway/release'

/** One service's image as it is wanted. */
export interface WantedImage {
  readonly service: ServiceName
  readonly repository: RepositoryName
  /** Relative to the workspace. */
  readonly context: string
  /** Relative to the context. */
  readonly dockerfile: string
  readonly target?: string
  /** At least one. */
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  readonly secrets: readonly BuildSecret[]
}

export type CacheChoice = 'auto' | 'registry' | 'none'

/** What the inputs, and the project file where there is one, ask for. */
export interface Settings {
  readonly images: readonly WantedImage[]
  /** Services that were asked for, but have no image of their own. */
  readonly withoutImage: readonly ServiceName[]
  readonly environment?: EnvironmentName
  /** The version tag that is deployed, where the environment is deployed by tag. */
  readonly tag?: ReleaseTag
  /** Empty for the default ones. */
  readonly tags: readonly string[]
  /** The home region: images are pushed there. */
  readonly region: Region
  /** The other regions, each of which gets a copy of every image. */
  readonly regions: readonly Region[]
  readonly role?: string
  readonly account?: AccountId
  readonly cache: CacheChoice
  readonly reuse: boolean
  readonly createRepository: boolean
  readonly push: boolean
  /** Everything is looked up and nothing is written. */
  readonly dryRun: boolean
  /** It ends with what needs no registry. */
  readonly isPreflight: boolean
  /** Where the environment takes its images from another one that has proven them. */
  readonly proof?: RequiredProof
}

/** What an environment wants to be proven before. */
export interface RequiredProof {
  readonly required: RequiredEnvironment
  /** Why what is not proven is let in. */
  readonly allowUnproven?: string
  /** Where the registry of the environment has its images, the home region first. */
  readonly regions: readonly Region[]
}

/** Whether a build may come of it, which needs the values of the build secrets. */
export function mayBuild({ isPreflight, proof }: Pick<Settings, 'isPreflight' | 'proof'>): boolean {
  return !isPreflight && (proof === undefined || proof.allowUnproven !== undefined)
}

/** The run that asks: facts of the runner. */
export interface Origin {
  /** Absolute path of the checkout. */
  readonly workspace: string
  /** The repository's page. */
  readonly url: string
  readonly sha: string
  /** As the runner gives it: `refs/heads/main`, `refs/tags/v1.0.0`, `refs/pull/7/merge`. */
  readonly ref: string
  /** The branch. Of a pull request a name with its number that no branch can have: its tags and cache are its own. */
  readonly branch?: string
  /** Set on a tag. */
  readonly tag?: string
  /** The branch that a pull request wants to change. */
  readonly baseBranch?: string
  readonly defaultBranch: string
  /** Unlike for every other run and attempt. */
  readonly run: string
  /** The platform of this machine: `linux/amd64`. */
  readonly platform: string
  /** Of this process, and so of the checkout. */
  readonly umask: number
}
