import type { ReleaseTag, RequiredEnvironment, Target } from '@slipway/project'
import type { AccountId, Digest, EnvironmentName, Region, RepositoryName, RevisionObject, ServiceName, SyncedObject, TargetName } from '@slipway/release'
import type { Patience } from '@slipway/delivery'

/** What is to be rolled out, and where: the inputs, and the project file where one is used, read and checked. */
export interface Settings {
  /** At least one. */
  readonly targets: readonly RolloutTarget[]
  /** The targets' names by wave: each begins when the one before it has ended well. Every target stands in one. */
  readonly waves: readonly (readonly TargetName[])[]
  /** What the images are called by in git or by hand, such as `1.4.0`. */
  readonly version?: string
  /** The version tag that is deployed, where the environment is deployed by tag. */
  readonly tag?: ReleaseTag
  /** Whether nothing older may take the place of what runs. */
  readonly refusesDowngrade?: boolean
  /** Set where another environment must have proven the images before. */
  readonly proof?: AskedProof
  /** Commit of the configuration repository, where it is one of its own. */
  readonly configurationCommit?: string
  readonly patience: Patience
  readonly lockPatienceMs: number
  /** What becomes of a service that fails. */
  readonly onFailure: 'rollback' | 'leave'
  /** What is done about objects that others have made; left out, they are refused. */
  readonly adopt?: 'plan' | 'take'
  readonly until: 'preflight' | 'plan' | 'deployed'
}

/** What must have been proven before it runs. */
export interface AskedProof {
  readonly required: RequiredEnvironment
  /** Why what is not proven is let in all the same. */
  readonly allowUnproven?: string
  /** The environment that is rolled out to. */
  readonly environment: EnvironmentName
  /** Of our own registry; absent where nothing names one. */
  readonly account?: AccountId
  /** The repositories that services of the project declare. */
  readonly repositories: ReadonlyMap<ServiceName, RepositoryName>
}

/** One namespace of one cluster, and what goes there. */
export interface RolloutTarget extends Target {
  readonly services: readonly WantedManifests[]
}

/** What the inputs say, as far as they are right; each wrong one is a problem. */
export interface Said {
  /** Absent where nothing can be done. */
  readonly settings?: Settings
  /** What is to be read from the checkout, as far as that can be said. */
  readonly manifests: readonly WantedFiles[]
}

export type WantedFiles = Pick<WantedManifests, 'paths' | 'layers'>

/** One service: where its manifests lie, and what is to be put into them. */
export interface WantedManifests {
  readonly service: ServiceName
  /** Files and folders. */
  readonly paths: readonly string[]
  /** Folders in which each path is looked up, the most specific first; empty for the workspace itself. */
  readonly layers: readonly string[]
  /** Values for `${NAME}`; absent where nothing is to be replaced. */
  readonly variables?: Readonly<Record<string, string>>
  /** Absent before anything is built, and for a service that has no image of its own. */
  readonly image?: PulledImage
  /** What of the configuration the service may refer to by its declared name. */
  readonly configuration: readonly DeclaredObject[]
}

/** An image, and where the target pulls it from. */
export interface PulledImage {
  readonly repository: RepositoryName
  readonly digest: Digest
  readonly account: AccountId
  readonly region: Region
  readonly host: string
  /** Of the source that it was built from; absent where it is named by hand. */
  readonly sourceKey?: string
}

/** A declared ConfigMap or Secret; its object in the cluster is absent before it is synced. */
export interface DeclaredObject {
  readonly kind: SyncedObject['kind']
  readonly name: string
  /** Whether the object is called by its declared name, instead of by a name for each content. */
  readonly isFixed: boolean
  readonly synced?: RevisionObject
}
