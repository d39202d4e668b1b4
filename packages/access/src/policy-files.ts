import { Failed } from '@slipway/report'
import type { PolicySource } from './policy-source.ts'

/** The files that policy is read from on GitHub. */
export interface PolicyFiles {
  /** Of the run's own repository; undefined where there is none. */
  ofDefaultBranch(path: string): Promise<string | undefined>
  /** Of another repository; `by` names the file that extends it. */
  ofRepository(place: { readonly repository: string; readonly path: string; readonly ref: string }, by: string): Promise<string>
}

/** Reads policy from GitHub. Nothing is asked, and the client not loaded, before it is needed. */
export function policyFiles({ run, token, environment, clock, signal, onWait, budgetMs, withoutGitHub }: PolicySource): PolicyFiles {
  const open = async (repository: string, why: string) => {
    if (token === '') throw new Failed({ code: 'input-missing', what: 'the input "github-token" is empty', why, next: 'leave it out, which gives the job\'s own token, or give one that can read the contents of the repository' })
    const { openGitHub } = await import('@slipway/github')
    return openGitHub({ repository, token, environment, clock, signal, onWait, ...(budgetMs === undefined ? {} : { budgetMs }) })
  }
  return {
    async ofDefaultBranch(path) {
      const github = await open(run.repository, `${run.ref} is not known to be the default branch, and policy is read from there`)
      return github.file(path)
    },
    async ofRepository({ repository, path, ref }, by) {
      const next = `give by the input "github-token" a token that can read the contents of ${repository}${withoutGitHub === undefined ? '' : `; ${withoutGitHub}`}`
      try {
        const text = await (await open(repository, `${by} extends a file of ${repository}`)).file(path, ref)
        if (text !== undefined) return text
      } catch (error) {
        throw error instanceof Failed ? elsewhere(error, next, withoutGitHub) : error
      }
      throw new Failed({ code: 'project-file-missing', what: `GitHub shows no file ${path} at ${ref} of ${repository}, which ${by} extends`, why: 'there is none, or the token may not see it: the one that a job has sees no other private repository', next: `correct \`extends\`, or ${next}` })
    },
  }
}

/** Rights are no matter of this job's permissions there. */
function elsewhere(error: Failed, next: string, withoutGitHub: string | undefined): Failed {
  const [first, ...rest] = error.failures
  if (first.code === 'access-denied') return new Failed({ ...first, next }, ...rest)
  return withoutGitHub === undefined ? error : new Failed({ ...first, next: `${first.next}; ${withoutGitHub}` }, ...rest)
}
