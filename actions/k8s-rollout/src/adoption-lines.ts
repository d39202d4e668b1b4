import { ownerText, type ServiceResult } from '@slipway/delivery'
import { inMarkdown, markdownTable } from '@slipway/report'

/** The summary's part on objects that are, or were, not only ours: whose they are, and what becomes of their fields. */
export function adoptionLines(services: readonly (Pick<ServiceResult, 'adoption'> & { readonly name: string })[]): string[] {
  const rows = services.flatMap(({ name, adoption = [] }) =>
    adoption.map(({ object, owners, changes, goes, refused }) => [
      inMarkdown(`${name}: ${object}`),
      owners.map((owner) => inMarkdown(ownerText(owner))).join('<br>'),
      refused === undefined ? fields(changes) : `cannot be taken over: ${inMarkdown(refused)}`,
      refused === undefined ? fields(goes) : '',
    ]),
  )
  return rows.length === 0 ? [] : ['', markdownTable(['Object', 'Managers', 'Changed by us', 'Goes'], rows)]
}

const most = 20

function fields(names: readonly string[]): string {
  const shown = names.slice(0, most).map((name) => `<code>${inMarkdown(name)}</code>`)
  return [...shown, ...(names.length > most ? [`and ${names.length - most} more`] : [])].join('<br>')
}
