import type { ConfigMode } from './config-modes.ts'
import type { AccountId, EnvironmentName, Namespace, Region, RepositoryName, ServiceName, TargetName } from '@slipway/release'

/** Who may deploy what where: said by the default branch, or by a file that it extends. */
export interface Policy {
  readonly registry?: Registry
  readonly environments: ReadonlyMap<EnvironmentName, Environment>
}

/** A project file, read and checked. */
export interface Project extends Policy {
  /** The policy that it takes part in, as it is written: `owner/name//path@ref`, or a path inside the workspace. */
  readonly extends?: string
  /** Where configuration files are looked up, relative to the workspace. */
  readonly configuration: { readonly path: string }
  readonly services: ReadonlyMap<ServiceName, Service>
}

/** Where images live. */
export interface Registry {
  readonly account: AccountId
  /** The home region: images are pushed there. */
  readonly region: Region
  /** The other regions that hold a copy of every image. */
  readonly regions: readonly Region[]
  readonly role?: string
}

/** A thing with its own manifests and image. */
export interface Service {
  readonly name: ServiceName
  readonly image?: ImageDeclaration
  readonly manifests?: { readonly paths: readonly string[]; readonly template: boolean }
  readonly config: ReadonlyMap<string, ConfigDeclaration>
  readonly secrets: ReadonlyMap<string, SecretDeclaration>
}

/** How a service's image is built. */
export interface ImageDeclaration {
  readonly repository: RepositoryName
  readonly context: string
  /** Relative to the context. */
  readonly dockerfile: string
  readonly target?: string
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

/** A ConfigMap under its declared name. */
export interface ConfigDeclaration {
  readonly name: string
  readonly files: readonly string[]
  readonly envFiles: readonly string[]
  readonly literals: Readonly<Record<string, string>>
  readonly template: boolean
  readonly mode: ConfigMode
}

/** A Secret under its declared name: a whole secret, or key by key. */
export interface SecretDeclaration {
  readonly name: string
  readonly type: string
  readonly mode: ConfigMode
  /** Each member of the secret's JSON object becomes a key. */
  readonly from?: SecretReference
  readonly keys: Readonly<Record<string, SecretReference>>
}

/** A place in Secrets Manager; the id may hold variables such as `${SLIPWAY_ENVIRONMENT}`. */
export interface SecretReference {
  readonly secretId: string
  readonly jsonKey?: string
  /** A staging label; absent means the current one. */
  readonly stage?: string
}

/** Where services run together, and who may deploy there. */
export interface Environment {
  readonly name: EnvironmentName
  /** Patterns of the branches that may be deployed. Where neither branches nor tags are named, any ref may. */
  readonly branches: readonly string[]
  /** Patterns of the version tags that may be deployed. */
  readonly tags: readonly string[]
  /** Whether a tag may name a pre-release, such as v1.4.0-rc.1. */
  readonly allowsPrereleases: boolean
  /** The branch from which a tag's commit must be reachable; the default branch where left out. */
  readonly releaseBranch?: string
  /** The environment that must have proven a release before, and the role that may read its records. */
  readonly requires?: { readonly environment: EnvironmentName; readonly role: string }
  readonly variables: Readonly<Record<string, string>>
  readonly rollout: {
    readonly soakMs?: number
    readonly timeoutMs?: number
    /** Targets by wave: each begins when the one before it has ended well. Every target stands in one. */
    readonly waves: readonly (readonly TargetName[])[]
  }
  readonly registry?: Registry
  /** At least one. */
  readonly targets: readonly Target[]
}

/** One namespace of one cluster. */
export interface Target {
  readonly name: TargetName
  readonly region: Region
  readonly cluster: string
  readonly namespace: Namespace
  /** Where locks and records live. */
  readonly recordNamespace: Namespace
  readonly role?: string
  readonly expectedAccount?: AccountId
  readonly variables: Readonly<Record<string, string>>
}
