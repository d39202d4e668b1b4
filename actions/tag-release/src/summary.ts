import { duration, inMarkdown, inert, markdownTable } from '@slipway/report'
import { short } from './decide.ts'
import { outcomeOf } from './outcome.ts'
import type { Result } from './run.ts'
import type { Settings } from './settings.ts'

/** What is told of a run. */
export interface Told {
  readonly result: Result
  readonly settings: Settings
  readonly repository: string
  readonly milliseconds: number
}

/** The summary: which version of what, result, seconds, next step; then tag, release, run and notes. */
export function summaryOf({ result, settings, repository, milliseconds }: Told): string {
  const { tagged, notes, failures } = result
  const { tag, commit, previous } = tagged
  return [
    `### Tag release: ${outcomeOf(result, settings)}, ${inMarkdown(tag)} at ${short(commit)} of ${inMarkdown(repository)}, ${duration(milliseconds)}; next: ${nextStep(result, settings)}`,
    '',
    ...failures.flatMap(({ what, why, next, code }) => [`**${inMarkdown(what)}:** ${inMarkdown(why)}. **Next:** ${inMarkdown(next)}. <code>${code}</code>`, '']),
    markdownTable(['Tag', 'Commit', 'Before it', 'Release', 'Run'], [[`${inMarkdown(tag)}${tagWords(result, settings)}`, short(commit), previous === undefined ? 'none' : inMarkdown(previous.tag), releaseWords(result), runWords(result)]]),
    '',
    ...(tagged.kind === 'nothing' ? [] : [inert(notes), '']),
  ].join('\n')
}

function nextStep({ tagged, started, failures }: Result, { isWritten, start }: Settings): string {
  if (failures.length > 0) return 'as told below; the tag stands, and a second run makes only what is missing'
  if (tagged.kind === 'nothing') return 'nothing; to make a version all the same, give `bump` or `version`'
  if (!isWritten) return 'run it again without `dry-run`'
  if (started !== undefined) return `follow ${inMarkdown(started.run.url)}`
  return start.kind === 'none' ? 'deploy the tag' : 'nothing'
}

function tagWords({ tagged }: Result, { isWritten }: Settings): string {
  if (tagged.isOurs) return ', made'
  return tagged.kind === 'new' && !isWritten ? ', would be made' : ', was there'
}

function releaseWords({ released }: Result): string {
  if (released === undefined) return ''
  return `${inMarkdown(released.page.url)}${released.page.isDraft ? ', a draft' : ''}${released.isOurs ? '' : ', was there'}`
}

function runWords({ started }: Result): string {
  if (started === undefined) return ''
  return `${inMarkdown(started.run.url)}, ${inMarkdown(started.run.state)}${started.isOurs ? '' : ', was there'}`
}
