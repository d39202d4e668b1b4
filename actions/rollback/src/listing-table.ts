import type { ListedRevision, ListedService, Listing } from '@slipway/delivery'
import { count, inMarkdown, inertLine, list, markdownTable, textTable } from '@slipway/report'

const header = ['Revision', 'Version', 'When', 'Who', 'Verdict', 'Blocked', 'Differs from what runs']

/** What ran, for the log. */
export function listingText(listed: Listing): string {
  return servicesOf(listed)
    .flatMap(({ name, revisions, older }) => [inertLine(name), textTable([header, ...revisions.map((one) => cells(one).map((cell) => inertLine(cell)))]), ...olderText(older), ''])
    .join('\n')
}

/** What ran, for the summary. */
export function listingSummary(listed: Listing, where: string, took: string): string[] {
  const services = servicesOf(listed)
  const missing = [...listed.failures.keys()]
  const partial = missing.length === 0 ? '' : `partial, ${inMarkdown(list(missing))} could not be read; `
  if (services.length === 0) return [`### Rollback: ${partial}nothing was deployed to ${where} by this repository, ${took}; next: deploy`]
  return [
    `### Rollback: ${partial}list of ${count(new Set(services.map(({ service }) => service)).size, 'service')} in ${where}, ${took}; next: give \`of\` a release, or \`to\` a version or a revision`,
    ...services.flatMap(({ name, revisions, older }) => ['', `#### ${inMarkdown(name)}`, '', markdownTable(header, revisions.map((one) => cells(one).map((cell) => inMarkdown(cell)))), ...olderText(older)]),
  ]
}

/** The services of all targets; where there are several, the name says which one. */
function servicesOf({ targets, failures }: Listing): (ListedService & { readonly name: string })[] {
  const isOnly = targets.size + failures.size === 1
  return [...targets].flatMap(([target, services]) => services.map((one) => ({ ...one, name: isOnly ? one.service : `${one.service} in ${target}` })))
}

function cells({ head, isRunning, block, difference }: ListedRevision): string[] {
  const { sequence, versions, createdAt, source, verdict, release, restores } = head
  return [
    `${sequence}${isRunning ? ' (runs)' : ''}`,
    versions.length === 0 ? release : `${versions.join(', ')}, ${release}`,
    createdAt,
    `${source.actor}, ${source.ref.replace(/^refs\/(?:heads|tags)\//, '')} at ${source.commit.slice(0, 7)}`,
    [verdict, ...(restores === undefined ? [] : [`back to ${restores}`]), ...(source.unproven === undefined ? [] : [`let in unproven: ${source.unproven}`])].join(', '),
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
