import { Failed } from '@slipway/report'
import type { NewRelease, ReleasePage } from './answers.ts'
import { pageSize, type Conversation } from './ask.ts'

/** A repository's releases. */
export interface Releases {
  /** The published release of a tag. */
  releaseOf(tag: string): Promise<ReleasePage | undefined>
  /** The drafts for a tag among the newest hundred releases, the oldest first. */
  draftsOf(tag: string): Promise<ReleasePage[]>
  /**
   * Makes a release for a tag that exists; `exists` where it has a published one. No commit is named: for one that
   * touches workflow files GitHub refuses that to every token without `workflows: write`, though the tag stands already.
   * @throws Failed `release-refused`.
   */
  createRelease(release: NewRelease): Promise<ReleasePage | 'exists'>
  deleteRelease(id: number): Promise<void>
}

interface GivenRelease {
  readonly id: number
  readonly html_url: string
  readonly draft: boolean
}

/** Asks for releases, and makes them. */
export function releasesOf({ request, here, repository, say, attempt }: Conversation): Releases {
  return {
    async releaseOf(tag) {
      const answer = await attempt(() => request('GET /repos/{owner}/{repo}/releases/tags/{tag}', { ...here, tag }), { purpose: `show the release of ${tag} in ${repository}`, right: 'contents: read' })
      if (!('failure' in answer)) return releasePage(answer.data)
      if (answer.refused.status === 404) return undefined
      throw answer.failure
    },
    async draftsOf(tag) {
      const listed = await say(() => request('GET /repos/{owner}/{repo}/releases', { ...here, per_page: pageSize }), `list the releases of ${repository}`, 'contents: write')
      return listed.filter(({ draft, tag_name }) => draft && tag_name === tag).map(releasePage).sort((a, b) => a.id - b.id)
    },
    async createRelease({ tag, title, notes, isDraft, isPrerelease, mayBeLatest }) {
      const asked = { purpose: `make the release of ${tag} in ${repository}`, right: 'contents: write' }
      const body = { ...here, tag_name: tag, name: title, body: notes, draft: isDraft, prerelease: isPrerelease, make_latest: mayBeLatest ? 'legacy' : 'false' } as const
      // A second draft would be no mistake to GitHub: what was not answered is looked for by the caller's next run.
      const answer = await attempt(() => request('POST /repos/{owner}/{repo}/releases', body), asked, !isDraft)
      if (!('failure' in answer)) return releasePage(answer.data)
      if (answer.refused.status !== 422) throw answer.failure
      if (/already_exists/.test(answer.refused.message)) return 'exists'
      throw refusedRelease(asked.purpose, answer.refused.message)
    },
    async deleteRelease(id) {
      await say(() => request('DELETE /repos/{owner}/{repo}/releases/{release_id}', { ...here, release_id: id }), `delete the draft ${id} of ${repository}`, 'contents: write')
    },
  }
}

function releasePage({ id, html_url, draft }: GivenRelease): ReleasePage {
  return { id, url: html_url, isDraft: draft }
}

function refusedRelease(purpose: string, message: string): Failed {
  const isUsedUp = message.includes('immutable release')
  return new Failed({
    code: 'release-refused',
    what: `GitHub did not ${purpose}`,
    why: isUsedUp ? `${message}: an immutable release had this tag and was deleted, which uses the name up for good` : message,
    next: isUsedUp ? 'the tag stands and can be deployed; it stays without a release, so leave "release" off for it, or release a later commit' : 'mend what GitHub names, and run it again: the tag is found and not made twice',
  })
}
