import { isJsonObject, type JsonObject } from '@slipway/release'
import { list, type Redaction } from '@slipway/report'
import type { ObjectRef, ProbeAnswer } from './cause.ts'
import { lastLines, oneLine } from './excerpt.ts'
import { listAt, textAt } from './objects.ts'

/** What was found where a cause says that evidence lies, as the cluster gave it. */
export interface Gathered {
  /** The oldest first. */
  readonly events: readonly GatheredEvent[]
  readonly log: GatheredLog | undefined
  readonly probe: ProbeAnswer | undefined
  /** The Node of the pod, where it may be read. */
  readonly node: JsonObject | undefined
}

export interface GatheredEvent {
  readonly object: ObjectRef
  readonly reason: string
  readonly message: string
  readonly times: number
  /** How long ago it happened last, for a person. */
  readonly age: string | undefined
}

export interface GatheredLog {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  /** Whether this is the log of the run before the present one. */
  readonly previous: boolean
  /** Undefined where it could not be read. */
  readonly text: string | undefined
}

/** What may be shown of texts that a pod may have put Secrets into. */
export interface Hiding {
  readonly redaction: Redaction
  /** The Secrets that could not be read: their values cannot be hidden, so nothing that a container said is shown. */
  readonly unreadable: readonly string[]
}

/** The evidence of a failure, redacted and cut to a readable size. Its texts are not inert: print it as text or Markdown. */
export interface EvidenceReport {
  /** The newest ones that fit, the oldest first. */
  readonly events: readonly GatheredEvent[]
  readonly log: LogExcerpt | undefined
  readonly probe: ProbeAnswer | undefined
  /** The node, where something is wrong with it, in a few words each. */
  readonly node: { readonly name: string; readonly troubles: readonly string[] } | undefined
}

/** The last lines of a container's log, or why they are not shown and the command that shows them. */
export type LogExcerpt = Pick<GatheredLog, 'pod' | 'container' | 'previous'> &
  (
    | { readonly lines: readonly string[]; readonly isWhole: boolean }
    | { readonly withheld: string; readonly command: string }
  )

const mostLines = 25
const mostEvents = 10
const longestLine = 300
const longestAnswer = 600
const mostBytes = 8 * 1024

/** Cuts and redacts what was gathered: the last log lines, the newest events, warnings before everyday ones, 8 KiB in all. */
export function reportOf(gathered: Gathered, hiding: Hiding): EvidenceReport {
  const { redaction } = hiding
  const report: EvidenceReport = {
    events: newest(gathered.events).map((event) => ({ ...event, reason: oneLine(event.reason, redaction, 100), message: messageOf(event, hiding) })),
    log: gathered.log && logOf(gathered.log, hiding),
    probe: gathered.probe && { ...gathered.probe, answer: hiding.unreadable.length > 0 ? withheldWords(hiding) : oneLine(gathered.probe.answer, redaction, longestAnswer) },
    node: gathered.node && nodeOf(gathered.node, redaction),
  }
  return fitting(report)
}

/** In place of what a container said, where a Secret could not be read. */
export function withheldWords({ unreadable }: Pick<Hiding, 'unreadable'>): string {
  return `(withheld: Secret ${list(unreadable)} could not be read)`
}

/** Events that repeat what a container or a hook of it said, behind the first colon. */
function messageOf({ reason, message }: GatheredEvent, hiding: Hiding): string {
  const quotesContainer = /^(Unhealthy|ProbeWarning|FailedPostStartHook|FailedPreStopHook)$/.test(reason)
  if (!quotesContainer || hiding.unreadable.length === 0) return oneLine(message, hiding.redaction, longestLine)
  return `${oneLine(message.replace(/:.*$/s, ''), hiding.redaction, longestLine)}: ${withheldWords(hiding)}`
}

function newest(events: readonly GatheredEvent[]): readonly GatheredEvent[] {
  // What goes well tells little; it is left out first.
  const everyday = new Set(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started'])
  const chosen = new Set([...events].reverse().sort((a, b) => Number(everyday.has(a.reason)) - Number(everyday.has(b.reason))).slice(0, mostEvents))
  return events.filter((event) => chosen.has(event))
}

function logOf({ namespace, pod, container, previous, text }: GatheredLog, { redaction, unreadable }: Hiding): LogExcerpt {
  const command = `kubectl logs ${pod} --namespace ${namespace} --container ${container}${previous ? ' --previous' : ''} --tail ${mostLines}`
  const about = { pod, container, previous }
  if (unreadable.length > 0) {
    const [first, ...more] = unreadable
    const secrets = more.length === 0 ? `Secret ${first ?? ''}` : `Secrets ${list(unreadable)}`
    return { ...about, withheld: `${secrets}, to which the pod refers, could not be read, so that no value in the log could be hidden`, command }
  }
  if (text === undefined) return { ...about, withheld: 'the API server did not give it', command }
  return { ...about, ...lastLines(text, redaction, mostLines, longestLine) }
}

function nodeOf(node: JsonObject, redaction: Redaction): EvidenceReport['node'] {
  const troubles = listAt(node, 'status', 'conditions')
    .filter(isJsonObject)
    .flatMap((condition) => {
      const type = textAt(condition, 'type') ?? ''
      const status = textAt(condition, 'status')
      const isReady = type === 'Ready'
      if (isReady ? status === 'True' : status !== 'True' || !/^(Memory|Disk|PID)Pressure$/.test(type)) return []
      const said = oneLine([textAt(condition, 'reason'), textAt(condition, 'message')].filter((word) => word !== undefined && word !== '').join(': '), redaction, longestLine)
      return [`${isReady ? 'it is not ready' : type}${said === '' ? '' : ` (${said})`}`]
    })
  return troubles.length === 0 ? undefined : { name: textAt(node, 'metadata', 'name') ?? '', troubles }
}

/** The oldest lines go first, then the oldest events. */
function fitting(report: EvidenceReport): EvidenceReport {
  let { log, events } = report
  for (;;) {
    const fits = new TextEncoder().encode(JSON.stringify({ ...report, log, events })).length <= mostBytes
    if (fits) return { ...report, log, events }
    if (log !== undefined && 'lines' in log && log.lines.length > 1) log = { ...log, lines: log.lines.slice(1), isWhole: false }
    else if (events.length > 1) events = events.slice(1)
    else return { ...report, log, events }
  }
}
