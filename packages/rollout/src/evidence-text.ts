import { inMarkdown, inertLine, list, markdownBlock } from '@slipway/report'
import type { ProbeAnswer } from './cause.ts'
import type { EvidenceReport, GatheredEvent, LogExcerpt } from './evidence-report.ts'

/** The evidence as lines for a log, inert; nothing where there is none. */
export function evidenceText(report: EvidenceReport): string[] {
  return sections(report)
    .flatMap(({ title, lines }) => [lines.length === 0 ? title : `${title}:`, ...lines.map((line) => `  ${line}`)])
    .map(inertLine)
}

/** The evidence as lines of Markdown for a job's summary, which nothing inside can break out of. */
export function evidenceMarkdown(report: EvidenceReport): string[] {
  return sections(report).flatMap(({ title, lines }) => ['', `**${inMarkdown(title)}**`, ...(lines.length === 0 ? [] : ['', ...markdownBlock(lines.join('\n')).split('\n')])]).slice(1)
}

/** The evidence on a service under a heading of its own; nothing where there is none. */
export function evidenceSection(service: string, report: EvidenceReport | undefined): string[] {
  const lines = report === undefined ? [] : evidenceMarkdown(report)
  return lines.length === 0 ? [] : ['', `#### What ${inMarkdown(service)} shows of it`, '', ...lines]
}

interface Section {
  readonly title: string
  readonly lines: readonly string[]
}

/** What the container said comes first: it most often says why. */
function sections({ log, probe, node, events }: EvidenceReport): Section[] {
  return [
    ...(log === undefined ? [] : [logSection(log)]),
    ...(probe === undefined ? [] : [{ title: probeTitle(probe), lines: [probe.answer] }]),
    ...(node === undefined ? [] : [{ title: `Node ${node.name}, on which the pod was: ${list(node.troubles)}`, lines: [] }]),
    ...(events.length === 0 ? [] : [{ title: 'Events', lines: events.map(eventLine) }]),
  ]
}

function logSection(log: LogExcerpt): Section {
  const whose = `container ${log.container} of pod ${log.pod}${log.previous ? ', previous run' : ''}`
  if ('withheld' in log) return { title: `The log of ${whose}, is not shown: ${log.withheld}. This shows it`, lines: [log.command] }
  if (log.lines.length === 0) return { title: `The log of ${whose}, is empty`, lines: [] }
  return { title: `${log.isWhole ? 'The log' : 'The last log lines'} of ${whose}`, lines: log.lines }
}

function probeTitle({ kind, container, times }: ProbeAnswer): string {
  return `The ${kind.toLowerCase()} probe of container ${container} failed ${times === 1 ? 'once' : `${times} times`} and was answered`
}

function eventLine({ object, reason, message, times, age }: GatheredEvent): string {
  return `${age === undefined ? '' : `${age} ago  `}${object.kind} ${object.name}  ${reason}${times > 1 ? ` (${times} times)` : ''}: ${message}`
}
