import type { JsonObject } from '@slipway/release'
import { quoted, type Cause } from './cause.ts'
import { containersOf } from './containers.ts'
import { withheldWords, type Hiding } from './evidence-report.ts'
import { textAt } from './objects.ts'
import type { Observation } from './workload.ts'

/** The cause without any value of a Secret in its sentences; where one could not be read, without the words of containers. */
export function redactCause(cause: Cause, observed: Pick<Observation, 'pods' | 'events'>, hiding: Hiding): Cause {
  const told = (text: string): string => inParts(hiding.unreadable.length === 0 ? text : withoutWords(text, observed, hiding), hiding)
  const { probe } = cause.evidence
  return {
    ...cause,
    reason: hiding.redaction(cause.reason),
    why: told(cause.why),
    next: told(cause.next),
    evidence: {
      ...cause.evidence,
      probe: probe && { ...probe, answer: hiding.unreadable.length > 0 ? withheldWords(hiding) : hiding.redaction(probe.answer) },
    },
  }
}

/** What a sentence quotes was cut at each `…`: half of a value may stand before it. */
function inParts(text: string, { redaction }: Hiding): string {
  return redaction(text).split('…').map(redaction).join('…')
}

/** A sentence quotes them behind a colon. */
function withoutWords(text: string, observed: Pick<Observation, 'pods' | 'events'>, hiding: Hiding): string {
  return containerWords(observed).reduce((left, words) => left.replaceAll(`: ${quoted(words)}`, `: ${withheldWords(hiding)}`), text)
}

/** Everything that containers said of themselves, as far as it stands in objects: last words, answers to probes and hooks. */
function containerWords({ pods, events }: Pick<Observation, 'pods' | 'events'>): string[] {
  const lastWords = pods.flatMap((pod) =>
    containersOf(pod).flatMap(({ status }) => [
      textAt(status, 'state', 'terminated', 'message') ?? '',
      textAt(status, 'lastState', 'terminated', 'message') ?? '',
      textAt(status, 'state', 'waiting', 'reason') === 'PostStartHookError' ? (textAt(status, 'state', 'waiting', 'message') ?? '') : '',
    ]),
  )
  const answers = events.filter(isAboutProbe).map((event) => (textAt(event, 'message') ?? '').trim().replace(/^[^:]*: ?/, ''))
  return [...new Set([...lastWords, ...answers])].filter((words) => quoted(words) !== '').sort((a, b) => b.length - a.length)
}

function isAboutProbe(event: JsonObject): boolean {
  return textAt(event, 'reason') === 'Unhealthy'
}
