import type { NamedRevision, ServiceResult, UndoneTarget, UndoResult } from '@slipway/delivery'
import { duration, failureMarkdown, inMarkdown, list, markdownTable, timelineMarkdown } from '@slipway/report'
import { evidenceSection } from '@slipway/rollout'
import { failuresOf } from './failures.ts'
import { asRollback, outcomeOf } from './outcome.ts'
import type { Result } from './run.ts'
import type { Settings } from './settings.ts'
import type { Told } from './told.ts'
import type { UndoWish } from './wish.ts'

/** What was undone, where, with which result; then each service, what is blocked, and what does not come back. */
export function undoneSummary({ settings, milliseconds, timeline }: Told, result: Extract<Result, { kind: 'undone' }>, where: string): string {
  const { undone, wish } = result
  const { targets } = undone
  const isOnly = targets.length === 1
  const rows = targets.flatMap((one) => rowsOf(one, wish).map((cells) => (isOnly ? cells : [inMarkdown(one.target), ...cells])))
  return [
    `### Rollback: ${outcomeOf(result)}${differing(undone)}, ${releaseName(undone)} in ${where}, ${duration(milliseconds)}; next: ${nextStep(undone, wish)}`,
    '',
    ...failuresOf(result).flatMap((failure) => [failureMarkdown(failure), '']),
    markdownTable([...(isOnly ? [] : ['Target']), 'Service', 'From', 'To', 'Result', 'Time'], rows),
    ...targets.flatMap(({ target, services }) => services.flatMap(({ service, evidence }) => evidenceSection(isOnly ? service : `${service} in ${target}`, evidence))),
    '',
    ...blockText(undone, wish),
    ...narrowedText(settings, wish),
    ...leftText(undone),
    ...(wish.until === 'deployed' ? [] : ['- Nothing was written.']),
    ...timelineMarkdown(timeline),
    '',
  ].join('\n')
}

/** Where targets differ, what became of which. */
function differing({ outcome, targets }: UndoResult): string {
  if (outcome !== 'partial' || targets.length === 1) return ''
  const outcomes = Map.groupBy(targets, (one) => asRollback(one.outcome))
  return ` (${[...outcomes].map(([name, all]) => `${name} in ${list(all.map(({ target }) => inMarkdown(target)))}`).join('; ')})`
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

function releaseName({ release, targets }: UndoResult): string {
  const versions = new Set(targets.flatMap(({ moves }) => [...moves.values()].flatMap(({ from }) => from.versions)))
  return [...versions, release].map((name) => inMarkdown(name)).join(', ')
}

function rowsOf({ services, moves, failures }: UndoneTarget, wish: UndoWish): string[][] {
  if (services.length === 0) return [['', '', '', failures.length > 0 ? 'refused' : 'unchanged: nothing to undo here', '']]
  return services
    .toSorted((a, b) => (a.service < b.service ? -1 : 1))
    .map((one) => {
      const move = moves.get(one.service)
      return [
        inMarkdown(one.service),
        move === undefined ? '' : revisionName(move.from),
        move === undefined ? '' : `${revisionName(move.to)}${one.status === 'healthy' ? `, as revision ${one.sequence}` : ''}`,
        statusWords(one, wish),
        one.seconds === 0 ? '' : duration(one.seconds * 1000),
      ]
    })
}

function revisionName({ sequence, versions }: NamedRevision): string {
  return `${sequence}${versions.length === 0 ? '' : ` (${inMarkdown(versions.join(', '))})`}`
}

function statusWords({ status }: ServiceResult, { until }: UndoWish): string {
  if (status === 'planned') return until === 'preflight' ? 'checked' : 'would go back'
  return status === 'unchanged' ? 'unchanged: it was back already' : status
}

function blockText({ release, targets }: UndoResult, { block, until }: UndoWish): string[] {
  if (!block || until !== 'deployed') return []
  const name = inMarkdown(release)
  const blocked = targets.filter(({ isBlocked }) => isBlocked)
  const open = targets.filter(({ isBlocked }) => !isBlocked)
  const where = targets.length === 1 ? '' : ` in ${list(blocked.map(({ target }) => inMarkdown(target)))}`
  return [
    ...(blocked.length === 0 ? [] : [`- What ${name} brought is blocked${where}. To let it in again: rollback with <code>unblock: ${name}</code>.`]),
    ...(open.length === 0 ? [] : [`- **It is not blocked in ${list(open.map(({ target }) => inMarkdown(target)))}**: click again once what is told above is mended.`]),
  ]
}

/** Whoever narrows a rollback is told what that leaves. */
function narrowedText({ leftOut, targets }: Settings, { block }: UndoWish): string[] {
  if (leftOut.length === 0) return []
  const narrowed = list(targets.map(({ target }) => inMarkdown(target.name)))
  return [`- \`targets\` named ${narrowed} alone: nothing was looked at, put back${block ? ' or blocked' : ''} in ${list(leftOut.map((name) => inMarkdown(name)))}.`]
}

/** What a rollback does not bring back: said each time, since it is asked each time. */
function leftText({ targets }: UndoResult): string[] {
  const secrets = new Set(targets.flatMap(({ moves }) => [...moves].flatMap(([service, { keptSecrets }]) => keptSecrets.map((name) => `<code>${inMarkdown(name)}</code> of ${inMarkdown(service)}`))))
  return [
    ...(secrets.size === 0 ? [] : [`- These Secrets keep their newest version, since the old password may be revoked: ${[...secrets].join(', ')}. \`secrets: recorded\` brings the old one back.`]),
    '- Databases, queues and buckets are as the bad version left them.',
  ]
}
