import { failureMarkdown, duration, inMarkdown, list, markdownTable } from '@slipway/report'
import { failuresOf } from './failures.ts'
import { listingSummary } from './listing-table.ts'
import { outcomeOf } from './outcome.ts'
import type { Result } from './run.ts'
import type { Settings } from './settings.ts'
import type { Told } from './told.ts'
import { undoneSummary } from './undone-summary.ts'

/** The summary: what was undone, where, result, seconds, next step; then target by target and service by service. */
export function summaryOf(told: Told): string {
  const { result, settings, milliseconds } = told
  const where = placeOf(settings)
  const took = duration(milliseconds)
  switch (result.kind) {
    case 'listed':
      return [...listingSummary(result.listed, where, took), ...failureText(result), ''].join('\n')
    case 'unblocked':
      return [...unblockedSummary(result, settings, where, took), ...failureText(result), ''].join('\n')
    case 'undone':
      return undoneSummary(told, result, where)
  }
}

/** Where it is: a namespace of a cluster, or targets by their names. */
function placeOf({ targets }: Settings): string {
  const [first, ...more] = targets
  return more.length === 0 && first !== undefined ? `${inMarkdown(first.target.namespace)} of ${inMarkdown(first.target.cluster)}` : list(targets.map(({ target }) => inMarkdown(target.name)))
}

function failureText(result: Result): string[] {
  return failuresOf(result).flatMap((failure) => ['', failureMarkdown(failure)])
}

function unblockedSummary(result: Extract<Result, { kind: 'unblocked' }>, { targets }: Settings, where: string, took: string): string[] {
  const isOnly = targets.length === 1
  const { release, unbarred, isWritten } = result
  const name = inMarkdown(release)
  const rows = [...unbarred.targets].flatMap(([target, lifted]) =>
    lifted.map(({ service, block }) => [...(isOnly ? [] : [inMarkdown(target)]), inMarkdown(service), inMarkdown(block.release), inMarkdown(block.actor), inMarkdown(block.at), inMarkdown(block.reason)]),
  )
  const isWhole = unbarred.failures.size === 0
  if (rows.length === 0) return [`### Rollback: ${outcomeOf(result)}, no block on ${name} in ${where}, ${took}; next: ${isWhole ? 'deploy it, nothing bars it' : 'as told below'}`]
  const next = !isWhole ? 'as told below' : isWritten ? 'deploy it, nothing bars it any more' : 'run it again without `dry-run`'
  return [
    `### Rollback: ${outcomeOf(result)}, block on ${name} ${isWritten ? 'lifted' : 'would be lifted'} in ${list([...unbarred.targets].flatMap(([target, lifted]) => (lifted.length === 0 ? [] : [isOnly ? where : inMarkdown(target)])))}, ${took}; next: ${next}`,
    '',
    markdownTable([...(isOnly ? [] : ['Target']), 'Service', 'Release', 'Blocked by', 'At', 'Why'], rows),
  ]
}
