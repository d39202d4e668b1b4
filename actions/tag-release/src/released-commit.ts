import type { GitHub, ShownCommit } from '@slipway/github'
import { shown } from '@slipway/project'
import { Failed } from '@slipway/report'

/**
 * The commit that gets the version: that of the run, or of `ref`.
 * @throws Failed `ref-unknown` where there is none, or where a name is both a branch and a tag of different commits.
 */
export async function releasedCommit(ref: string | undefined, runCommit: string, repository: string, github: GitHub): Promise<ShownCommit> {
  const commit = ref === undefined || isSha(ref) ? await github.commit(ref ?? runCommit) : await named(ref, github)
  if (commit !== undefined) return commit
  throw new Failed({
    code: 'ref-unknown',
    what: `there is no commit ${shown(ref ?? runCommit)} in ${repository}`,
    why: 'no branch or tag has this name, and no commit this SHA',
    next: 'push it first, or mend the input "ref"',
  })
}

async function named(ref: string, github: GitHub): Promise<ShownCommit | undefined> {
  const short = ref.replace(/^refs\//, '')
  if (/^(?:heads|tags)\//.test(short)) return github.commit(short)
  const [branch, tag] = [await exists(`heads/${short}`, github), await exists(`tags/${short}`, github)]
  if (!branch && !tag) return /^[0-9a-f]{7,39}$/.test(short) ? github.commit(short) : undefined
  const commit = await github.commit(branch ? `heads/${short}` : `tags/${short}`)
  if (!branch || !tag) return commit
  const other = await github.commit(`tags/${short}`)
  if (other?.sha === commit?.sha) return commit
  throw new Failed({ code: 'ref-unknown', what: `${shown(ref)} is a branch and a tag`, why: 'they lead to different commits', next: `write heads/${short} or tags/${short}` })
}

async function exists(name: string, github: GitHub): Promise<boolean> {
  return (await github.refs(name)).some((ref) => ref.name === `refs/${name}`)
}

function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text)
}
