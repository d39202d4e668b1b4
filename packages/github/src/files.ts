import { Failed } from '@slipway/report'
import type { Conversation } from './ask.ts'

/** What a repository's files say. */
export interface Files {
  /**
   * The text of a file at a branch, a tag or a commit, or at the default branch. Undefined where GitHub shows none: it
   * hides a repository that the token may not see in the same way.
   * @throws Failed `file-invalid` where there is something else than a file, or one over 1 MiB.
   */
  file(path: string, ref?: string): Promise<string | undefined>
}

/** Asks for files. */
export function filesOf({ request, here, repository, attempt }: Conversation): Files {
  return {
    async file(path, ref) {
      const place = `${path} ${ref === undefined ? 'on the default branch' : `at ${ref}`} of ${repository}`
      const answer = await attempt(() => request('GET /repos/{owner}/{repo}/contents/{path}', { ...here, path, ...(ref === undefined ? {} : { ref }) }), { purpose: `show ${place}`, right: 'contents: read' })
      if ('failure' in answer) {
        if (answer.refused.status === 404) return undefined
        throw answer.failure
      }
      const { data } = answer
      if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) throw invalid(place, `GitHub shows ${Array.isArray(data) ? 'a folder' : `a ${data.type}`} there`, 'name a file')
      if (data.encoding !== 'base64') throw invalid(place, `GitHub gives files up to 1 MiB, and this one has ${data.size} bytes`, 'make it smaller')
      return Buffer.from(data.content, 'base64').toString()
    },
  }
}

function invalid(place: string, why: string, next: string): Failed {
  return new Failed({ code: 'file-invalid', what: `${place} cannot be read`, why, next })
}
