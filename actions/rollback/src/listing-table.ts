import type { ListedRevision, ListedService } from '@slipway/delivery'
import { count, inMarkdown, inertLine, markdownTable, textTable } from '@slipway/report'

const header = ['Revision', 'Version', 'When', 'Who', 'Verdict', 'Blocked', 'Differs from what runs']

/** What ran, for the log. */
export function listingText(services: readonly ListedService[]): string {
  return services
    .flatMap(({ service, revisions, older }) => [service, textTable([header, ...revisions.map((one) => cells(one).map((cell) => inertLine(cell)))]), ...olderText(older), ''])
    .join('\n')
}

/** What ran, for the summary. */
export function listingSummary(services: readonly ListedService[], where: string, took: string): string[] {
  if (services.length === 0) return [`### Rollback: nothing was deployed to ${where} by this repository, ${took}; next: deploy`]
  return [
    `### Rollback: list of ${count(services.length, 'service')} in ${where}, ${took}; next: give \`of\` a release, or \`to\` a version or a revision`,
    ...services.flatMap(({ service, revisions, older }) => ['', `#### ${inMarkdown(service)}`, '', markdownTable(header, revisions.map((one) => cells(one).map((cell) => inMarkdown(cell)))), ...olderText(older)]),
  ]
}

function cells({ head, isRunning, block, difference }: ListedRevision): string[] {
  const { sequence, versions, createdAt, source, verdict, release, restores } = head
  return [
    `${sequence}${isRunning ? ' (runs)' : ''}`,
    versions.length === 0 ? release : `${versions.join(', ')}, ${release}`,
    createdAt,
    `${source.actor}, ${source.ref.replace(/^refs\/(?:heads|tags)\//, '')} at ${source.commit.slice(0, 7)}`,
    restores === undefined ? verdict : `${verdict}, back to ${restores}`,
    block === undefined ? '' : `by ${block.actor}: ${block.reason}`,
    isRunning ? '' : differenceText(difference),
  ]
}

function differenceText(difference: ListedRevision['difference']): string {
  if (difference === undefined) return 'not known'
  const parts = (['images', 'configuration', 'manifests'] as const).flatMap((part) => (difference[part].length === 0 ? [] : [`${part}: ${difference[part].join(', ')}`]))
  return parts.length === 0 ? 'nothing' : parts.join('; ')
}

function olderText(older: number): string[] {
  return older === 0 ? [] : ['', `and ${count(older, 'older one')}`]
}
