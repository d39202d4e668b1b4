import type { Bump, EnvironmentName, ServiceName, Version } from '@slipway/release'

/** What is wanted: the inputs, and the project file where one is used, read and checked. */
export interface Settings {
  /** Left out, the version is that of the whole repository. */
  readonly service?: ServiceName
  /** What belongs to the service, by path; empty where everything counts. */
  readonly paths: readonly string[]
  readonly wish: { readonly version: Version } | { readonly bump: Bump }
  /** A commit, branch or tag; left out, the commit of this run. */
  readonly ref?: string
  /** The environment that must have proven the commit. */
  readonly requires?: Requirement
  readonly release: 'none' | 'draft' | 'published'
  /** Markdown that stands above the list of changes. */
  readonly notes: string
  readonly start: Start
  readonly token: Token
  /** Whether anything is written, or only said. */
  readonly isWritten: boolean
}

/** What must have proven a commit before it is tagged. */
export interface Requirement {
  readonly environment: EnvironmentName
  /** Relative to the workspace. */
  readonly projectFile: string
  /** Reads the environment's records; left out, the project file says it. */
  readonly role?: string
}

/** How production starts: by the tag's own event, by a workflow that is dispatched on the tag, or not from here. */
export type Start = { readonly kind: 'event' } | { readonly kind: 'dispatch'; readonly workflow: string } | { readonly kind: 'none' }

export interface Token {
  readonly text: string
  /** The one that every job has: what it pushes starts no run. */
  readonly isJobs: boolean
}
