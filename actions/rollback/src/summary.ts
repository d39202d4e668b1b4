import type { Moved, NamedRevision, ServiceResult, UndoResult } from '@slipway/delivery'
import { duration, failureMarkdown, inMarkdown, markdownTable, timelineMarkdown } from '@slipway/report'
import { evidenceSection } from '@slipway/rollout'
import { listingSummary } from './listing-table.ts'
import { outcomeOf } from './outcome.ts'
import type { Told } from './told.ts'
import type { UndoWish } from './wish.ts'

/** The summary: what was undone, where, result, seconds, next step; then service by service, and what does not come back. */
export function summaryOf(told: Told): string {
  const { result, settings, milliseconds, timeline } = told
  const where = `${inMarkdown(settings.target.namespace)} of ${inMarkdown(settings.target.cluster)}`
  const took = duration(milliseconds)
  switch (result.kind) {
    case 'listed':
      return [...listingSummary(result.services, where, took), ''].join('\n')
    case 'unblocked': {
      const name = inMarkdown(result.release)
      const rows = result.lifted.map(({ service, block }) => [inMarkdown(service), inMarkdown(block.release), inMarkdown(block.actor), inMarkdown(block.at), inMarkdown(block.reason)])
      if (rows.length === 0) return `### Rollback: ${outcomeOf(result)}, no block on ${name} in ${where}, ${took}; next: deploy it, nothing bars it\n`
      const next = result.isWritten ? 'deploy it, nothing bars it any more' : 'run it again without `dry-run`'
      return [`### Rollback: ${outcomeOf(result)}, block on ${name} ${result.isWritten ? 'lifted' : 'would be lifted'} in ${where}, ${took}; next: ${next}`, '', markdownTable(['Service', 'Release', 'Blocked by', 'At', 'Why'], rows), ''].join('\n')
    }
    case 'undone': {
      const { undone, wish } = result
      return [
        `### Rollback: ${outcomeOf(result)}, ${releaseName(undone)} in ${where}, ${took}; next: ${nextStep(undone, wish)}`,
        '',
        ...undone.services.flatMap(({ failure }) => (failure === undefined ? [] : [failureMarkdown(failure), ''])),
        markdownTable(['Service', 'From', 'To', 'Result', 'Time'], undone.services.toSorted((a, b) => (a.service < b.service ? -1 : 1)).map((one) => rowOf(one, undone.moves.get(one.service), wish))),
        ...undone.services.flatMap(({ service, evidence }) => evidenceSection(service, evidence)),
        '',
        ...blockText(undone, wish),
        ...leftText(undone),
        ...(wish.until === 'deployed' ? [] : ['- Nothing was written.']),
        ...timelineMarkdown(timeline),
        '',
      ].join('\n')
    }
  }
}

function nextStep({ outcome }: UndoResult, { until, block }: UndoWish): string {
  switch (outcome) {
    case 'changed':
      return block ? 'deploy a commit that mends it' : 'deploy a commit that mends it; nothing bars the bad one from coming back'
    case 'unchanged':
      return 'nothing; to go back further, name a release by `of`'
    case 'planned':
      return until === 'preflight' ? 'run it again with the phase `deploy`' : 'run it again without `dry-run`'
    case 'rolled-back':
    case 'partial':
    case 'refused':
    case 'superseded':
    case 'broken':
      return 'as told below'
  }
}

function releaseName({ release, moves }: UndoResult): string {
  const versions = new Set([...moves.values()].flatMap(({ from }) => from.versions))
  return [...versions, release].map((name) => inMarkdown(name)).join(', ')
}

function rowOf(one: ServiceResult, move: Moved | undefined, wish: UndoWish): string[] {
  const isBack = one.status === 'healthy'
  return [
    inMarkdown(one.service),
    move === undefined ? '' : revisionName(move.from),
    move === undefined ? '' : `${revisionName(move.to)}${isBack ? `, as revision ${one.sequence}` : ''}`,
    statusWords(one, wish),
    one.seconds === 0 ? '' : duration(one.seconds * 1000),
  ]
}

function revisionName({ sequence, versions }: NamedRevision): string {
  return `${sequence}${versions.length === 0 ? '' : ` (${inMarkdown(versions.join(', '))})`}`
}

function statusWords({ status }: ServiceResult, { until }: UndoWish): string {
  if (status === 'planned') return until === 'preflight' ? 'checked' : 'would go back'
  return status === 'unchanged' ? 'unchanged: it was back already' : status
}

function blockText({ release }: UndoResult, { block, until }: UndoWish): string[] {
  if (!block || until !== 'deployed') return []
  return [`- What ${inMarkdown(release)} brought is blocked. To let it in again: rollback with <code>unblock: ${inMarkdown(release)}</code>.`]
}

/** What a rollback does not bring back: said each time, since it is asked each time. */
function leftText({ moves }: UndoResult): string[] {
  const secrets = [...moves].flatMap(([service, { keptSecrets }]) => keptSecrets.map((name) => `<code>${inMarkdown(name)}</code> of ${inMarkdown(service)}`))
  return [
    ...(secrets.length === 0 ? [] : [`- These Secrets keep their newest version, since the old password may be revoked: ${secrets.join(', ')}. \`secrets: recorded\` brings the old one back.`]),
    '- Databases, queues and buckets are as the bad version left them.',
  ]
}
