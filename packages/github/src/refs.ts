import { Failed } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import type { Ref, TaggedCommit } from './answers.ts'
import type { Conversation } from './ask.ts'

/** What a repository's names stand for, and new ones. */
export interface Refs {
  /** The refs whose names begin so: `tags/cart/v`. */
  refs(prefix: string): Promise<Ref[]>
  /** As `refs`, led to the commits; what names no commit is left out. */
  tags(prefix: string): Promise<TaggedCommit[]>
  /** The commit that `heads/<branch>` or `tags/<tag>` leads to; undefined where there is no such ref, or it names no commit. */
  commitOf(ref: string): Promise<string | undefined>
  /** The name that a tag object was made with. */
  nameOfTagObject(sha: string): Promise<string>
  /** Makes an object that no ref names yet; gives its SHA. */
  createTagObject(tag: string, commit: string, message: string): Promise<string>
  /**
   * Creates a ref where there is none: a compare-and-set. Else the ref that stands there, also where it is the one that
   * an answer was lost of.
   * @throws Failed `tag-refused` where GitHub forbids the name.
   */
  createRef(name: string, sha: string): Promise<'created' | Ref>
}

const reading = 'contents: read'
const writing = 'contents: write'
const mostLooks = 5

interface GivenRef {
  readonly ref: string
  readonly object: { readonly sha: string; readonly type: string }
}

/** Asks for refs, and makes them. */
export function refsOf({ request, here, repository, say, attempt, pause }: Conversation): Refs {
  const tagObject = (sha: string) => say(() => request('GET /repos/{owner}/{repo}/git/tags/{tag_sha}', { ...here, tag_sha: sha }), `show the tag object ${sha} of ${repository}`, reading)

  async function refs(prefix: string): Promise<Ref[]> {
    const found = await say(() => request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', { ...here, ref: prefix }), `list the refs ${prefix}* of ${repository}`, reading)
    return found.map(refOf)
  }

  /** A tag's object may name another one. */
  async function peeled(object: GivenRef['object']): Promise<string | undefined> {
    if (object.type === 'tag') return peeled((await tagObject(object.sha)).object)
    return object.type === 'commit' ? object.sha : undefined
  }

  return {
    refs,
    async tags(prefix) {
      const found = await mapLimit(await refs(prefix), 8, async ({ name, sha, type }) => {
        const commit = await peeled({ sha, type })
        return commit === undefined ? [] : [{ tag: name.replace(/^refs\/tags\//, ''), commit }]
      })
      return found.flat()
    },
    async commitOf(ref) {
      const standing = await attempt(() => request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref }), { purpose: `show refs/${ref} of ${repository}`, right: reading })
      if (!('failure' in standing)) return peeled(standing.data.object)
      if (standing.refused.status === 404) return undefined
      throw standing.failure
    },
    nameOfTagObject: async (sha) => (await tagObject(sha)).tag,
    async createTagObject(tag, commit, message) {
      return (await say(() => request('POST /repos/{owner}/{repo}/git/tags', { ...here, tag, message, object: commit, type: 'commit' }), `make an object for the tag ${tag} of ${repository}`, writing)).sha
    },
    async createRef(name, sha) {
      const asked = { purpose: `create ${name} in ${repository}`, right: writing }
      const made = await attempt(() => request('POST /repos/{owner}/{repo}/git/refs', { ...here, ref: name, sha }), asked)
      if (!('failure' in made)) return 'created'
      if (made.refused.status !== 422) throw made.failure
      for (let look = 1; ; look += 1) {
        const standing = await attempt(() => request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref: name.replace(/^refs\//, '') }), { purpose: `show ${name} of ${repository}`, right: reading })
        if (!('failure' in standing)) return refOf(standing.data)
        if (standing.refused.status !== 404) throw standing.failure
        // What exists may be shown a moment later.
        if (look === mostLooks || !/already exists/i.test(made.refused.message)) throw forbidden(asked.purpose, made.refused.message)
        await pause(500 * look)
      }
    },
  }
}

function refOf({ ref, object: { sha, type } }: GivenRef): Ref {
  return { name: ref, sha, type }
}

/** GitHub has the same words for a rule of the repository and for a name that an immutable release used up. */
function forbidden(purpose: string, message: string): Failed {
  const isRule = /rule violations|restricted/i.test(message)
  return new Failed({
    code: 'tag-refused',
    what: `GitHub did not ${purpose}`,
    why: isRule ? `${message} Either a ruleset of the repository forbids it to this token, or an immutable release, deleted since, has used the name up for good` : message,
    next: isRule
      ? 'look at Settings → Rules → Rulesets, and let the App of the token bypass those for tags; if there is none, the name is used up: give a higher one by the input "version"'
      : 'mend what GitHub names (a tag or branch whose name is a part of this one stands in its way), and run it again',
  })
}
