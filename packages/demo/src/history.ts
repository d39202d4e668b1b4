import { html, type Html, type Piece } from './html.ts'
import type { Revision } from './records.ts'
import type { Running } from './where.ts'

/** The revisions of each service, as the records in the cluster tell them. */
export function historyHtml(revisions: readonly Revision[], running: readonly Running[]): Html {
  const services = Map.groupBy(revisions, ({ place, service }) => `${service} on ${place}`)
  return html`${[...services].map(([name, own]) => html`<h3>${name}</h3>
<div class="wide"><table>
<thead><tr>${['revision', 'version', 'verdict', 'image', 'configuration', 'when', 'who'].map((each) => html`<th>${each}</th>`)}</tr></thead>
<tbody>
${own.map((one) => html`<tr class="${one.block ? 'blocked' : one.verdict}">${cells(one, runs(one, running)).map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>
`)}`
}

function runs({ place, service, number }: Revision, running: readonly Running[]): boolean {
  return running.some((one) => one.place === place && one.service === service && one.revision === String(number))
}

function cells({ number, versions, commit, verdict, restores, images, configuration, at, actor, block }: Revision, isRunning: boolean): Piece[] {
  return [
    html`${number}${isRunning ? html` <strong>runs</strong>` : ''}`,
    html`${versions.length > 0 ? `${versions.join(', ')}, ` : ''}<code>${commit.slice(0, 7)}</code>`,
    html`<span class="${verdict === 'healthy' ? 'good' : 'bad'}">${verdict}</span>${restores > 0 ? `, back to ${restores}` : ''}${block ? html`<br><span class="bad">blocked</span> by ${block.actor}: ${block.reason}` : ''}`,
    images.map((image) => html`<code>${image}</code> `),
    configuration.map((name) => html`<code>${name}</code> `),
    at,
    actor,
  ]
}
