/** A ref and the object that it names: a commit, or a tag's own object. */
export interface Ref {
  /** Full: `refs/tags/v1.4.0`. */
  readonly name: string
  readonly sha: string
  readonly type: string
}

/** A tag, and the commit that it leads to. */
export interface TaggedCommit {
  /** Short: `v1.4.0`. */
  readonly tag: string
  readonly commit: string
}

/** A commit as it was asked for. */
export interface ShownCommit {
  /** 40 hexadecimal digits. */
  readonly sha: string
  /** The files that it changed; GitHub names 300 at most. */
  readonly files: readonly string[]
}

/** A commit that came since another one. */
export interface ChangedCommit {
  readonly sha: string
  readonly message: string
  /** ISO 8601. */
  readonly committedAt: string
}

/** What lies between two commits. */
export interface CommitRange {
  /** Whether the head comes after the base, or is it. */
  readonly isAhead: boolean
  /** The oldest first; empty where the head does not come after the base. */
  readonly commits: readonly ChangedCommit[]
  /** What differs, by path, names before a renaming included; `all` where GitHub tells only the first 300. */
  readonly files: readonly string[] | 'all'
}

export interface NewRelease {
  readonly tag: string
  readonly title: string
  /** Markdown. */
  readonly notes: string
  readonly isDraft: boolean
  readonly isPrerelease: boolean
  /** Whether it may stand as the repository's latest release. */
  readonly mayBeLatest: boolean
}

/** A release as GitHub shows it. */
export interface ReleasePage {
  readonly id: number
  readonly url: string
  readonly isDraft: boolean
}

/** A workflow run as GitHub shows it. */
export interface RunPage {
  readonly id: number
  readonly url: string
  /** The path of the workflow file: `.github/workflows/deploy.yml`. */
  readonly file: string
  readonly event: string
  /** The short name of the branch or tag that it runs on. */
  readonly ref: string
  readonly commit: string
  /** Such as `queued`, `in_progress`, or how it ended: `success`, `failure`. */
  readonly state: string
}
