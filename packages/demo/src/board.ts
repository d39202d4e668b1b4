import { html, type Html } from './html.ts'
import type { Place } from './places.ts'
import type { Running } from './where.ts'

/** Services × environments × targets: what runs of each service in each place. */
export function boardHtml(running: readonly Running[], places: readonly Place[]): Html {
  const services = [...new Set(running.map(({ service }) => service))].sort()
  const environments = [...Map.groupBy(places, ({ environment }) => environment)]
  return html`<div class="wide"><table class="board">
<thead>
<tr><th rowspan="2">service</th>${environments.map(([name, targets]) => html`<th colspan="${targets.length}">${name}</th>`)}</tr>
<tr>${places.map(({ target }) => html`<th>${target}</th>`)}</tr>
</thead>
<tbody>
${services.map((service) => html`<tr><th>${service}</th>${places.map((place) => cell(running.find((one) => one.place === place.name && one.service === service)))}</tr>\n`)}</tbody>
</table></div>`
}

/** The version, or else the commit; the digest by which two places are seen to run the same image. */
function cell(one: Running | undefined): Html {
  if (one === undefined) return html`<td class="nothing">–</td>`
  return html`<td class="${one.verdict === 'healthy' ? 'good' : 'bad'}"><strong>${one.versions.findLast((version) => /^v?\d+\.\d/.test(version)) ?? one.commit.slice(0, 7)}</strong> ${one.verdict === '' ? 'not recorded' : one.verdict}<br><code>${one.image.replace(/^.*@/, '')}</code><br>revision ${one.revision}, ${one.pods} pods</td>`
}
