import type { GitHub } from '@slipway/github'
import type { ReleaseTag } from '@slipway/project'
import { Failed } from '@slipway/report'
import type { PolicySource } from './policy-source.ts'

/** What GitHub says of the commit that is deployed. */
export interface ReleaseHistory {
  /**
   * Sees that a tag leads to the commit that is deployed, and that this commit is on the release branch.
   * @throws Failed `tag-moved`, `not-released`.
   */
  confirm(tag: Pick<ReleaseTag, 'name' | 'branch'>): Promise<void>
  /** Whether a commit is the one that is deployed, or comes before it; not where GitHub does not know it. */
  isBefore(commit: string): Promise<boolean>
}

/** The history of a run's repository on GitHub; nothing is asked before it is needed, and nothing twice. */
export function releaseHistory({ run, token, environment, clock, signal, onWait }: PolicySource, commit: string): ReleaseHistory {
  const answers = new Map<string, Promise<boolean>>()
  let github: Promise<GitHub> | undefined
  const opened = (): Promise<GitHub> => (github ??= open())
  const open = async (): Promise<GitHub> => {
    if (token === '') throw new Failed({ code: 'input-missing', what: 'the input "github-token" is empty', why: `GitHub is asked where ${commit.slice(0, 12)} stands in the history of ${run.repository}`, next: 'leave it out, which gives the job\'s own token, or give one that can read the contents of the repository' })
    const { openGitHub } = await import('@slipway/github')
    return openGitHub({ repository: run.repository, token, environment, clock, signal, onWait })
  }
  return {
    async confirm({ name: tag, branch }) {
      const asked = await opened()
      const [tagged, head] = await Promise.all([asked.commitOf(`tags/${tag}`), branch === undefined ? asked.newest() : asked.commitOf(`heads/${branch}`)])
      if (tagged !== commit) throw moved(tag, commit, tagged)
      if (head !== undefined && (await asked.isAncestor(commit, head))) return
      throw notReleased(tag, commit, branch, head !== undefined)
    },
    isBefore(other) {
      if (other === commit) return Promise.resolve(true)
      const known = answers.get(other) ?? opened().then((asked) => asked.isAncestor(other, commit))
      answers.set(other, known)
      return known
    },
  }
}

function moved(tag: string, commit: string, tagged: string | undefined): Failed {
  return new Failed({
    code: 'tag-moved',
    what: `the tag ${tag} is not at the commit that this run deploys, ${commit.slice(0, 12)}`,
    why: tagged === undefined ? 'it is gone' : `it leads to ${tagged.slice(0, 12)} now`,
    next: 'find out who moved it; start the workflow on the tag anew where the move was meant, and keep tags in place by a ruleset of the repository',
  })
}

function notReleased(tag: string, commit: string, branch: string | undefined, exists: boolean): Failed {
  const name = branch === undefined ? 'the default branch' : `the branch ${branch}`
  return new Failed({
    code: 'not-released',
    what: `the commit ${commit.slice(0, 12)} of the tag ${tag} is not released`,
    why: exists ? `it is not reachable from ${name}` : `there is no commit on ${name}`,
    next: `merge it into ${name} and tag the merged commit, or mend \`release-branch\` of the environment on the default branch`,
  })
}
