import type { ChangedCommit, CommitRange, ShownCommit } from './answers.ts'
import { pageSize, pages, type Conversation } from './ask.ts'

/** What a repository's history says. */
export interface Commits {
  /** The commit of a SHA, or of `heads/<branch>`, `tags/<tag>`; undefined where there is none. */
  commit(ref: string): Promise<ShownCommit | undefined>
  /** The newest commit of the default branch; undefined in an empty repository. */
  newest(): Promise<string | undefined>
  /** What came since `base`; not ahead also where the two have nothing in common. */
  between(base: string, head: string): Promise<CommitRange>
  /** Whether a commit is another one, or comes before it; not where GitHub does not know one of the two. */
  isAncestor(commit: string, of: string): Promise<boolean>
  /** The SHAs of the commits up to `head` that touched a path, since a time (ISO 8601). */
  touching(head: string, path: string, since: string): Promise<string[]>
}

const right = 'contents: read'
/** The number of files at which GitHub's comparison is cut. */
const mostFiles = 300

/** Asks for commits. */
export function commitsOf({ request, here, repository, say, attempt }: Conversation): Commits {
  return {
    async commit(ref) {
      const answer = await attempt(() => request('GET /repos/{owner}/{repo}/commits/{ref}', { ...here, ref }), { purpose: `show the commit ${ref} of ${repository}`, right })
      if (!('failure' in answer)) return { sha: answer.data.sha, files: filesOf(answer.data.files ?? []) }
      if (answer.refused.status === 404 || answer.refused.status === 422) return undefined
      throw answer.failure
    },
    async newest() {
      const [newest] = await say(() => request('GET /repos/{owner}/{repo}/commits', { ...here, per_page: 1 }), `show the newest commit of ${repository}`, right)
      return newest?.sha
    },
    async between(base, head) {
      const asked = { purpose: `compare ${base} with ${head} in ${repository}`, right }
      const compare = (page: number) => request('GET /repos/{owner}/{repo}/compare/{basehead}', { ...here, basehead: `${base}...${head}`, per_page: pageSize, page })
      const first = await attempt(() => compare(1), asked)
      // Histories that have nothing in common are not there to be compared.
      if ('failure' in first && first.refused.status !== 404) throw first.failure
      if ('failure' in first || first.data.behind_by > 0) return { isAhead: false, commits: [], files: [] }
      const { commits, files = [] } = first.data
      const more = commits.length < pageSize ? [] : await pages(async (page) => (await say(() => compare(page), asked.purpose, right)).commits, 2)
      return { isAhead: true, commits: [...commits, ...more].map(changedCommit), files: files.length < mostFiles ? filesOf(files) : 'all' }
    },
    async isAncestor(commit, of) {
      const answer = await attempt(() => request('GET /repos/{owner}/{repo}/compare/{basehead}', { ...here, basehead: `${commit}...${of}`, per_page: 1 }), { purpose: `compare ${commit} with ${of} in ${repository}`, right })
      if (!('failure' in answer)) return answer.data.behind_by === 0
      if (answer.refused.status === 404) return false
      throw answer.failure
    },
    touching: (head, path, since) =>
      pages(async (page) => {
        const listed = await say(() => request('GET /repos/{owner}/{repo}/commits', { ...here, sha: head, path, since, per_page: pageSize, page }), `list the commits of ${repository} that touched ${path}`, right)
        return listed.map(({ sha }) => sha)
      }),
  }
}

function changedCommit({ sha, commit }: { readonly sha: string; readonly commit: { readonly message: string; readonly committer: { readonly date?: string } | null } }): ChangedCommit {
  return { sha, message: commit.message, committedAt: commit.committer?.date ?? '' }
}

function filesOf(files: readonly { readonly filename: string; readonly previous_filename?: string }[]): string[] {
  return files.flatMap(({ filename, previous_filename }) => (previous_filename === undefined ? [filename] : [filename, previous_filename]))
}
