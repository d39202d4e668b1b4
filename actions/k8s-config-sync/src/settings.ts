import type { ConfigMode, ReleaseTag, SecretReference, Target } from '@slipway/project'

/** What is to be synced, and where: the inputs, and the project file where one is used, read and checked. */
export interface Settings {
  /** The folder with the configuration files, relative to the workspace. */
  readonly configPath: string
  readonly targets: readonly SyncTarget[]
  /** Labels of the user's for every object. */
  readonly labels: Readonly<Record<string, string>>
  /** How long to wait for another run that holds the lock of a service, in milliseconds. */
  readonly lockPatienceMs: number
  /** Everything is checked and told, nothing written. */
  readonly until: 'preflight' | 'plan' | 'synced'
  /** The version tag that is deployed, where the environment is deployed by tag. */
  readonly tag?: ReleaseTag
}

/** What the inputs say, as far as they are right; each wrong one is a problem. */
export interface Said {
  /** Absent where nothing can be done. */
  readonly settings?: Settings
  /** Absent where it cannot be said what is to be read from the checkout. */
  readonly wanted?: WantedFiles
}

/** What is to be read from the checkout. */
export interface WantedFiles extends Pick<Settings, 'configPath'> {
  readonly targets: readonly FileTarget[]
}

/** What of a target its files depend on. */
export interface FileTarget extends Pick<SyncTarget, 'layers' | 'objects'> {
  readonly name: string
}

/** One namespace of one cluster, with the objects that it is to have. */
export interface SyncTarget extends Target {
  /** Where files are looked up, the most specific first. */
  readonly layers: readonly Layer[]
  readonly objects: readonly WantedObject[]
}

/** A folder in which files are looked up, relative to the configuration folder; empty for that folder itself. */
export interface Layer {
  readonly folder: string
  /** Folders inside it that are layers themselves: a pattern that begins with a wildcard does not look into them. */
  readonly inner: readonly string[]
}

/** One object under its declared name. */
export type WantedObject = WantedConfigMap | WantedSecret

export interface WantedConfigMap {
  readonly kind: 'ConfigMap'
  readonly name: string
  readonly mode: ConfigMode
  readonly service?: string
  readonly files: readonly string[]
  readonly envFiles: readonly string[]
  readonly literals: Readonly<Record<string, string>>
  /** Values for `${NAME}`; absent where nothing is to be replaced. */
  readonly variables?: Readonly<Record<string, string>>
}

export interface WantedSecret {
  readonly kind: 'Secret'
  readonly name: string
  readonly mode: ConfigMode
  readonly service?: string
  readonly type: string
  /** A whole secret, or each key by itself; ids without variables. */
  readonly source: { readonly whole: SecretReference } | { readonly keys: Readonly<Record<string, SecretReference>> }
}
