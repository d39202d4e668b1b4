import type { DeliveryResult, ServiceResult, WantedService } from '@slipway/delivery'
import { encodeReleases, serviceRule } from '@slipway/release'
import { evidenceSection } from '@slipway/rollout'
import { ago, count, duration, failureMarkdown, inMarkdown, inertLine, markdownTable, timelineMarkdown, type Said } from '@slipway/report'
import type { Settings } from './settings.ts'

/** What a rollout came to. */
export interface Told {
  readonly result: DeliveryResult & { readonly wanted: readonly WantedService[] }
  readonly settings: Settings
  readonly milliseconds: number
  /** When it ended, in milliseconds since 1970. */
  readonly nowMs: number
  /** What was said while it happened, each with the milliseconds since the start. */
  readonly timeline: readonly Said[]
}

/** The outputs, apart from `outcome`. */
export function outputsOf({ result, settings, milliseconds }: Told): Record<string, string> {
  const { version } = settings
  const failure = result.services.find((one) => one.failure !== undefined)?.failure
  const services = result.services.flatMap(({ service, sequence, status, seconds }) =>
    serviceRule.is(service) ? [[service, { sequence, status, seconds, ...(version === undefined ? {} : { version }) }] as const] : [],
  )
  return {
    releases: encodeReleases(new Map([[settings.target.name, new Map(services)]])),
    seconds: (milliseconds / 1000).toFixed(1),
    'failure-code': failure?.code ?? '',
    // A later step may print it: what a server said must not become a command there.
    'failure-reason': failure === undefined ? '' : inertLine(`${failure.what}: ${failure.why}`),
  }
}

/** The summary: what, where, result, seconds; what failed, why, and what to do; then how it went. */
export function summaryOf({ result, settings, milliseconds, nowMs, timeline }: Told): string {
  const { target, version, until } = settings
  const where = `${inMarkdown(target.namespace)} of ${inMarkdown(target.cluster)}`
  const what = version === undefined ? count(result.services.length, 'service') : inMarkdown(version)
  const rows = result.services.toSorted((a, b) => (a.service < b.service ? -1 : 1)).map((one) => [
    inMarkdown(one.service),
    statusWords(one, until),
    one.sequence === 0 ? '' : String(one.sequence),
    imageOf(one, result.wanted),
    one.seconds === 0 ? '' : duration(one.seconds * 1000),
    replacedBy(one, nowMs),
  ])
  return [
    `### Rollout: ${result.outcome}, ${what} in ${where}, ${duration(milliseconds)}`,
    '',
    ...result.services.flatMap(failureLines),
    markdownTable(['Service', 'Result', 'Revision', 'Image', 'Time', 'In place of'], rows),
    ...result.services.flatMap(({ service, evidence }) => evidenceSection(service, evidence)),
    ...(until === 'deployed' ? [] : ['', 'Nothing was written.']),
    ...timelineMarkdown(timeline),
    '',
  ].join('\n')
}

function failureLines({ failure, restored }: ServiceResult): string[] {
  if (failure === undefined) return []
  const back = restored === undefined ? '' : ` The last good content, that of revision ${restored.from}, is back as revision ${restored.sequence}.`
  return [failureMarkdown(failure, back), '']
}

function statusWords({ status, restored }: ServiceResult, until: Settings['until']): string {
  if (restored !== undefined) return `failed; revision ${restored.from} is back`
  if (status === 'planned') return until === 'preflight' ? 'checked' : 'would change'
  return status
}

function imageOf({ service }: ServiceResult, wanted: readonly WantedService[]): string {
  const images = Object.entries(wanted.find((one) => one.service === service)?.images ?? {})
  return images.map(([repository, digest]) => `<code>${inMarkdown(repository)}@${digest.slice(0, 19)}…</code>`).join('<br>')
}

/** Whose work was replaced: `revision 4: feature-a at 1a2b3c4 by alice, 3 min ago`. */
function replacedBy({ replaced }: ServiceResult, nowMs: number): string {
  if (replaced === undefined) return ''
  const agoMs = nowMs - Date.parse(replaced.at)
  const since = Number.isNaN(agoMs) ? '' : `, ${ago(agoMs)}`
  const { ref, commit, actor } = replaced.source
  const branch = ref.replace(/^refs\/(?:heads|tags)\//, '')
  return `revision ${replaced.sequence}: ${inMarkdown(branch)} at <code>${inMarkdown(commit.slice(0, 7))}</code> by ${inMarkdown(actor)}${since}`
}
