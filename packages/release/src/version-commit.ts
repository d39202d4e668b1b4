/** What a commit's message says of its change, by conventionalcommits.org 1.0. */
export interface ConventionalCommit {
  /** In lower case, such as `feat` or `fix`; undefined where the message keeps no convention. */
  readonly type?: string
  readonly scope?: string
  readonly isBreaking: boolean
  /** The first line without type and scope. */
  readonly subject: string
}

const header = /^([A-Za-z]{1,30})(?:\(([^()\r\n]{1,100})\))?(!)?: +(\S.*)$/
const breakingFooter = /^(?:BREAKING CHANGE|BREAKING-CHANGE): +\S/m

/** Reads a commit's message; any text is one, since not every commit keeps the convention. */
export function conventionalCommit(message: string): ConventionalCommit {
  const lines = message.split(/\r\n|\r|\n/)
  const first = lines[0]?.trim() ?? ''
  const isBreaking = breakingFooter.test(lines.slice(1).join('\n'))
  const [, type, scope, mark, subject] = header.exec(first) ?? []
  if (type === undefined || subject === undefined) return { isBreaking, subject: first }
  return { type: type.toLowerCase(), ...(scope === undefined ? {} : { scope }), isBreaking: isBreaking || mark === '!', subject }
}
