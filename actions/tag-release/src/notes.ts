import type { ChangedCommit } from '@slipway/github'
import { conventionalCommit, type ConventionalCommit } from '@slipway/release'
import { count, inMarkdown } from '@slipway/report'

/** What the notes of a version are made from. */
export interface Noted {
  /** Markdown of the user's own, put first. */
  readonly above: string
  /** Whose version it is: a service's, or where it is left out the repository's. */
  readonly service?: string
  readonly previousTag?: string
  readonly changes: readonly ChangedCommit[]
}

/** GitHub takes 125,000 characters; half of them are the user's. */
const mostCharacters = 60_000
const merge = /^Merge (?:branch|pull request|remote-tracking branch|tag) /
const groups: readonly (readonly [string, (commit: ConventionalCommit) => boolean])[] = [
  ['Breaking changes', ({ isBreaking }) => isBreaking],
  ['Features', ({ type }) => type === 'feat'],
  ['Fixes', ({ type }) => type === 'fix' || type === 'perf' || type === 'revert'],
  ['Other changes', () => true],
]

/** The notes of a version, in Markdown: what changed since the previous one, each commit once, the newest first. Messages are text, whatever they hold. */
export function notesOf({ above, service, previousTag, changes }: Noted): string {
  const own = above.trim() === '' ? [] : [above.trim(), '']
  if (previousTag === undefined) return [...own, service === undefined ? 'The first version.' : `The first version of ${service}.`].join('\n')
  const commits = changes.map(({ sha, message }) => ({ sha, commit: conventionalCommit(message) })).filter(({ commit }) => !merge.test(commit.subject)).reverse()
  const listed = new Set<string>()
  const lines = groups.flatMap(([title, belongs]) => {
    const members = commits.filter(({ sha, commit }) => !listed.has(sha) && belongs(commit))
    for (const { sha } of members) listed.add(sha)
    return members.length === 0 ? [] : [`### ${title}`, '', ...members.map(({ sha, commit }) => line(sha, commit)), '']
  })
  const since = `Since ${inMarkdown(previousTag)}${service === undefined ? '' : `, only what touched ${service}`}.`
  return [...own, ...(lines.length === 0 ? ['Nothing changed.', ''] : cut(lines)), since].join('\n')
}

function line(sha: string, { scope, subject }: ConventionalCommit): string {
  return `- ${scope === undefined ? '' : `**${quiet(scope)}:** `}${quiet(subject.slice(0, 500))} (${sha.slice(0, 7)})`
}

/** A name behind "@" would call a person on each release: a joiner keeps the two apart. */
function quiet(text: string): string {
  return inMarkdown(text).replaceAll('@', '@\u2060')
}

function cut(lines: readonly string[]): string[] {
  let left = mostCharacters
  const kept = lines.filter((one) => (left -= one.length + 1) >= 0)
  return kept.length === lines.length ? kept : [...kept, '', `and ${count(lines.length - kept.length, 'more line')}`, '']
}
