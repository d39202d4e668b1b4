import { createHash } from 'node:crypto'

/** One commit: only which files it changed, and not what they say. */
export interface Commit {
  readonly sha: string
  readonly parents: readonly string[]
  readonly message: string
  /** ISO 8601. */
  readonly date: string
  readonly files: readonly string[]
}

/** What a ref names. */
export interface GitObject {
  readonly sha: string
  readonly type: 'commit' | 'tag'
}

export interface TagObject {
  readonly sha: string
  readonly tag: string
  readonly message: string
  readonly commit: string
}

export interface Release {
  readonly id: number
  readonly tag: string
  readonly name: string
  readonly body: string
  readonly draft: boolean
  readonly prerelease: boolean
}

export interface WorkflowRun {
  readonly id: number
  readonly file: string
  readonly event: 'push' | 'workflow_dispatch'
  /** The short name of the branch or tag. */
  readonly branch: string
  readonly sha: string
}

/** A workflow file of the default branch, by what starts it. */
export interface Workflow {
  /** Fits the names of the tags whose push starts it; without it no push does. */
  readonly tags?: RegExp
  readonly dispatch?: boolean
  readonly disabled?: boolean
  /** Its runs show only after so many looks at the list of runs. */
  readonly lag?: number
}

/** Why GitHub does not do what it is asked: the status and the answer's `message`. */
export class Refusal extends Error {
  readonly status: number
  readonly errors: readonly Record<string, string>[]

  constructor(status: number, message: string, errors: readonly Record<string, string>[] = []) {
    super(message)
    this.status = status
    this.errors = errors
  }
}

/** The text of a file at a branch, a tag or a commit; undefined where there is none. */
export type FileText = (path: string, ref: string) => string | undefined | Promise<string | undefined>

/** One repository of the sandbox's GitHub, in memory. */
export class GitHubRepository {
  readonly name: string
  readonly defaultBranch = 'main'
  /** Commits hold no contents: what files say comes from here, such as from a real repository of git. */
  files: FileText = () => undefined
  readonly commits = new Map<string, Commit>()
  readonly refs = new Map<string, GitObject>()
  readonly tagObjects = new Map<string, TagObject>()
  readonly workflows = new Map<string, Workflow>()
  /** Tag names that an immutable release has used: they can never be created again. */
  readonly burned = new Set<string>()
  releases: readonly Release[] = []
  readonly runs: (WorkflowRun & { hiddenFor: number })[] = []
  #last = 0

  /** `name` is `owner/repository`. */
  constructor(name: string) {
    this.name = name
  }

  /** Adds a commit on a branch, or on the given parents. Each is a minute younger than the one before. */
  commit(message: string, files: readonly string[], { branch = this.defaultBranch, parents }: { readonly branch?: string; readonly parents?: readonly string[] } = {}): string {
    const head = this.refs.get(`refs/heads/${branch}`)?.sha
    const before = parents ?? (head === undefined ? [] : [head])
    const date = new Date(Date.UTC(2026, 0, 1) + this.commits.size * 60_000).toISOString().replace('.000Z', 'Z')
    const sha = hash(JSON.stringify([this.commits.size, message, before]))
    this.commits.set(sha, { sha, parents: before, message, date, files })
    this.refs.set(`refs/heads/${branch}`, { sha, type: 'commit' })
    return sha
  }

  /** Makes a tag as somebody's git would: plain, or with an object of its own. */
  tag(name: string, sha: string, isAnnotated = false): void {
    this.refs.set(`refs/tags/${name}`, isAnnotated ? { sha: this.createTagObject(name, 'by hand', sha).sha, type: 'tag' } : { sha, type: 'commit' })
  }

  createTagObject(tag: string, message: string, commit: string): TagObject {
    if (!this.commits.has(commit)) throw new Refusal(422, 'Object does not exist')
    const object = { sha: hash(JSON.stringify([tag, message, commit, (this.#last += 1)])), tag, message, commit }
    this.tagObjects.set(object.sha, object)
    return object
  }

  /** Creates a ref, or refuses: the compare-and-set of git. `startsRuns` is false for the token that every job has. */
  createRef(ref: string, sha: string, startsRuns: boolean): GitObject {
    if (!isRefName(ref)) throw new Refusal(422, `${ref} is not a valid ref name.`)
    const type = this.commits.has(sha) ? 'commit' : this.tagObjects.has(sha) ? 'tag' : undefined
    if (type === undefined) throw new Refusal(422, 'Object does not exist')
    if (this.refs.has(ref)) throw new Refusal(422, 'Reference already exists')
    // A ref is a file to git: none can be a folder of another.
    if ([...this.refs.keys()].some((other) => other.startsWith(`${ref}/`) || ref.startsWith(`${other}/`))) throw new Refusal(422, 'Reference cannot be created')
    const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1]
    if (tag !== undefined && this.burned.has(tag)) throw new Refusal(422, 'Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n')
    const object = { sha, type } as const
    this.refs.set(ref, object)
    if (tag !== undefined && startsRuns) for (const [file, { tags }] of this.workflows) if (tags?.test(tag) === true) this.start(file, 'push', tag, this.#commitOf(object))
    return object
  }

  createRelease(release: Omit<Release, 'id'>): Release {
    const { tag, draft } = release
    const problems: Record<string, string>[] = []
    if (this.burned.has(tag)) problems.push({ resource: 'Release', code: 'custom', field: 'tag_name', message: 'tag_name was used by an immutable release' })
    if (!draft && this.releases.some((other) => other.tag === tag && !other.draft)) problems.push({ resource: 'Release', code: 'already_exists', field: 'tag_name' })
    if (problems.length > 0) throw new Refusal(422, 'Validation Failed', problems)
    const made = { ...release, id: (this.#last += 1) }
    this.releases = [...this.releases, made]
    return made
  }

  deleteRelease(id: number): void {
    if (!this.releases.some((one) => one.id === id)) throw new Refusal(404, 'Not Found')
    this.releases = this.releases.filter((one) => one.id !== id)
  }

  dispatch(file: string, ref: string): WorkflowRun {
    const workflow = this.workflows.get(file)
    if (workflow === undefined) throw new Refusal(404, 'Not Found')
    if (workflow.disabled === true) throw new Refusal(422, 'Cannot trigger a \'workflow_dispatch\' on a disabled workflow')
    if (workflow.dispatch !== true) throw new Refusal(422, 'Workflow does not have \'workflow_dispatch\' trigger')
    const object = this.refs.get(`refs/heads/${ref}`) ?? this.refs.get(`refs/tags/${ref}`)
    if (object === undefined) throw new Refusal(422, `No ref found for: ${ref}`)
    return this.start(file, 'workflow_dispatch', ref, this.#commitOf(object))
  }

  start(file: string, event: WorkflowRun['event'], branch: string, sha: string): WorkflowRun {
    const run = { id: (this.#last += 1), file, event, branch, sha, hiddenFor: this.workflows.get(file)?.lag ?? 0 }
    this.runs.push(run)
    return run
  }

  /** The runs that show by now; each look brings those that lag nearer. */
  visibleRuns(): readonly WorkflowRun[] {
    const seen = this.runs.filter(({ hiddenFor }) => hiddenFor <= 0)
    for (const run of this.runs) run.hiddenFor -= 1
    return seen
  }

  /** The commit that a full SHA, a branch or a tag names. */
  resolve(name: string): Commit | undefined {
    const object = [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`].map((ref) => this.refs.get(ref)).find((one) => one !== undefined)
    return this.commits.get(object === undefined ? name : this.#commitOf(object))
  }

  /** A commit and all before it. */
  ancestry(sha: string): Set<string> {
    const seen = new Set<string>()
    const queue = [sha]
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push(...(this.commits.get(next)?.parents ?? []))
    }
    return seen
  }

  #commitOf({ sha, type }: GitObject): string {
    return type === 'commit' ? sha : (this.tagObjects.get(sha)?.commit ?? '')
  }
}

/** git-check-ref-format(1), for a full name. */
function isRefName(ref: string): boolean {
  const parts = ref.split('/')
  return ref.startsWith('refs/') && parts.length >= 3 && !/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\.$/.test(ref) && parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
}

function hash(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
