import type { CacheHits, Copied, ImageResolver } from '@slipway/images'
import type { Proof } from '@slipway/delivery'
import type { RequiredEnvironment } from '@slipway/project'
import type { AccountId, Digest, ProofWish, Region, RepositoryName, Tag } from '@slipway/release'

/** An image as the registry holds it, with the tag that it was found by. */
export interface StoredImage {
  readonly tag?: Tag | undefined
  readonly digest: Digest
  /** The exact text: another one would be another digest. */
  readonly manifest: string
  readonly mediaType: string
}

export type ImageId = { readonly tag: Tag } | { readonly digest: Digest }

/** What the registry says to a tag that is to be put. */
export type PutAnswer =
  | 'tagged'
  | 'same'
  | 'repository-missing'
  | { readonly immutable: true }
  | { readonly incomplete: string }

/** The images of one account in one region. */
export interface ImageRegistry {
  batchGetImage(repository: RepositoryName, ids: readonly ImageId[]): Promise<{ readonly found: readonly StoredImage[] } | 'repository-missing'>
  putImage(repository: RepositoryName, image: StoredImage & { readonly tag: Tag }): Promise<PutAnswer>
  createRepository(repository: RepositoryName): Promise<'created' | 'exists'>
  /** The password, asked for once a run however often it is needed. */
  authorization(): Promise<{ readonly username: string; readonly password: string }>
}

/** Another region of the account, which gets copies. */
export interface OtherRegion {
  readonly region: Region
  readonly registry: ImageRegistry
  /** Brings an image of the home region to the repository of the same name; `wrote` is called after each write. */
  copy(repository: RepositoryName, digest: Digest, wrote: () => void): Promise<Copied>
}

/** Where the run is signed in. */
export interface SignedIn {
  readonly account: AccountId
  /** The registry's host in image names. */
  readonly host: string
  readonly registry: ImageRegistry
  readonly others: readonly OtherRegion[]
  /** Tells what the base images of other registries are now. */
  readonly bases: ImageResolver
}

/** The docker command of this machine. */
export interface Docker {
  /** Ends with the exit code, or `missing` where there is no such command. */
  run(words: readonly string[], options: DockerOptions): Promise<{ readonly exitCode: number } | 'missing'>
}

export interface DockerOptions {
  readonly environment: Readonly<Record<string, string>>
  /** Names of this step's own variables that docker may see besides: the values of build secrets. */
  readonly secretVariables: readonly string[]
  /** Each line as it is printed. */
  readonly onLine: (line: string) => void
}

/** The lines of a run. */
export interface Log {
  info(line: string): void
  notice(text: string): void
  warning(text: string): void
}

/** Everything that the story reaches outside itself. */
export interface Ports {
  /** What the records of an environment prove; nothing else is asked there. */
  findProof(wishes: readonly ProofWish[], required: RequiredEnvironment): Promise<Proof>
  signIn(): Promise<SignedIn>
  readonly docker: Docker
  /** Makes a private folder that docker finds its credentials in, and says which variables lead docker to it. */
  login(hosts: readonly string[], login: { readonly username: string; readonly password: string }): Promise<Readonly<Record<string, string>>>
  /** A path for a file of this run that nobody reads after it. */
  scratchFile(name: string): string
  readonly log: Log
  /** Called when something was written to the registry. */
  wrote(): void
  /** Text without the values of build secrets, also those too short to be masked. */
  redact(text: string): string
  /** Milliseconds, for spans. */
  monotonic(): number
}

/** What a finished build tells. */
export interface Built {
  readonly digest: Digest | undefined
  readonly hits: CacheHits
}
