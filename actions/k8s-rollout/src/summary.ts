import type { ServiceResult, TargetResult, WantedService } from '@slipway/delivery'
import { encodeReleases, serviceRule, targetRule, type RolledService } from '@slipway/release'
import { evidenceSection } from '@slipway/rollout'
import { ago, count, duration, failureMarkdown, inMarkdown, inertLine, list, markdownTable, timelineMarkdown, type Said } from '@slipway/report'
import { adoptionLines } from './adoption-lines.ts'
import type { RolloutResult } from './run.ts'
import type { Settings } from './settings.ts'
import { whatWhere } from './what-where.ts'

/** What a rollout came to. */
export interface Told {
  readonly result: RolloutResult
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
  const failure = result.targets.flatMap(({ services }) => services).find((one) => one.failure !== undefined)?.failure
  const rolled = ({ sequence, status, seconds }: ServiceResult): RolledService => ({ sequence, status, seconds, ...(version === undefined ? {} : { version }) })
  const releases = result.targets.flatMap(({ target, services }) =>
    targetRule.is(target) ? [[target, new Map(services.flatMap((one) => (serviceRule.is(one.service) ? [[one.service, rolled(one)] as const] : [])))] as const] : [],
  )
  return {
    releases: encodeReleases(new Map(releases)),
    seconds: (milliseconds / 1000).toFixed(1),
    'failure-code': failure?.code ?? '',
    // A later step may print it: what a server said must not become a command there.
    'failure-reason': failure === undefined ? '' : inertLine(`${failure.what}: ${failure.why}`),
  }
}

/** The summary: what, where, result, seconds; what failed, why, and what to do; then how it went. */
export function summaryOf(told: Told): string {
  const { result, settings, timeline } = told
  const isSeveral = settings.targets.length > 1
  const rows = result.targets.flatMap((target) => rowsOf(target, told).map((row) => (isSeveral ? [inMarkdown(target.target), ...row] : row)))
  const services = result.targets.flatMap((target) => target.services.map((one) => ({ ...one, name: isSeveral ? `${target.target}/${one.service}` : one.service })))
  return [
    headline(told),
    '',
    ...services.flatMap(failureLines),
    ...unprovenLines(told),
    markdownTable([...(isSeveral ? ['Target'] : []), 'Service', 'Result', 'Revision', 'Image', 'Time', 'In place of'], rows),
    ...adoptionLines(services),
    ...services.flatMap(({ name, evidence }) => evidenceSection(name, evidence)),
    ...(settings.until === 'deployed' ? [] : ['', 'Nothing was written.']),
    ...timelineMarkdown(timeline),
    '',
  ].join('\n')
}

/** With several targets, `partial: healthy in eu, rolled back in us`. */
function headline({ result, settings: { targets, version }, milliseconds }: Told): string {
  const [target, ...more] = targets
  const names = version ?? count(new Set(result.targets.flatMap(({ services }) => services.map(({ service }) => service))).size, 'service')
  const took = duration(milliseconds)
  if (target !== undefined && more.length === 0) return `### Rollout: ${result.outcome}, ${inMarkdown(names)} in ${inMarkdown(target.namespace)} of ${inMarkdown(target.cluster)}, ${took}`
  const parts = whatWhere(result.targets)
  const where = parts.length > 1 ? `: ${inMarkdown(parts.join(', '))}; ${inMarkdown(names)}` : `, ${inMarkdown(names)} in ${inMarkdown(list(targets.map(({ name }) => name), 'and'))}`
  return `### Rollout: ${result.outcome}${where}, ${took}`
}

function rowsOf({ target, services }: TargetResult, { result, settings, nowMs }: Told): string[][] {
  return services.toSorted((a, b) => (a.service < b.service ? -1 : 1)).map((one) => [
    inMarkdown(one.service),
    statusWords(one, settings.until),
    one.sequence === 0 ? '' : String(one.sequence),
    imageOf(one, result.wanted.get(target) ?? []),
    one.seconds === 0 ? '' : duration(one.seconds * 1000),
    replacedBy(one, nowMs),
  ])
}

/** What no other environment has proven, and why it was let in. */
function unprovenLines({ result: { wanted } }: Told): string[] {
  const reasons = new Map([...wanted.values()].flat().flatMap(({ service, unproven }) => (unproven === undefined ? [] : [[service, unproven] as const])))
  return reasons.size === 0 ? [] : [...[...reasons].map(([service, reason]) => `- **${inMarkdown(service)} was let in unproven**: ${inMarkdown(reason)}`), '']
}

function failureLines({ failure, restored }: ServiceResult): string[] {
  if (failure === undefined) return []
  const back = restored === undefined ? '' : ` The last good content, that of revision ${restored.from}, is back as revision ${restored.sequence}.`
  return [failureMarkdown(failure, back), '']
}

function statusWords({ status, restored }: ServiceResult, until: Settings['until']): string {
  if (restored !== undefined) return `failed; revision ${restored.from} is back`
  if (status === 'planned') return until === 'preflight' ? 'checked' : 'would change'
  return status === 'not-started' ? 'not started' : status
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
  if (replaced.sequence === 0) return 'what ran before it was taken over'
  const branch = ref.replace(/^refs\/(?:heads|tags)\//, '')
  return `revision ${replaced.sequence}: ${inMarkdown(branch)} at <code>${inMarkdown(commit.slice(0, 7))}</code> by ${inMarkdown(actor)}${since}`
}
