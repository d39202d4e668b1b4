import type { JsonObject } from '@slipway/release'
import { visible } from '@slipway/report'
import { quoted, type Cause } from './cause.ts'
import { containersOf } from './containers.ts'
import { withheldWords, type Hiding } from './evidence-report.ts'
import { textAt } from './objects.ts'
import type { Observation } from './workload.ts'

/** What containers may have said stands in these. */
type Said = Pick<Observation, 'pods' | 'events'>

/** The cause without any value of a Secret in its sentences; where one could not be read, without the words of containers. */
export function redactCause(cause: Cause, observed: Said, hiding: Hiding): Cause {
  const { probe } = cause.evidence
  return {
    ...cause,
    reason: inParts(cause.reason, hiding),
    why: redactSentence(cause.why, observed, hiding),
    next: redactSentence(cause.next, observed, hiding),
    evidence: {
      ...cause.evidence,
      probe: probe && { ...probe, answer: hiding.unreadable.length > 0 ? withheldWords(hiding) : inParts(probe.answer, hiding) },
    },
  }
}

/** A sentence about an observation, such as a warning's, redacted in the same way. */
export function redactSentence(text: string, observed: Said, hiding: Hiding): string {
  return inParts(hiding.unreadable.length === 0 ? text : withoutWords(text, observed, hiding), hiding)
}

/**
 * Redacted as it is and as it will be seen, without control characters. What a sentence quotes was cut at each `…`:
 * half of a value may stand before it.
 */
function inParts(text: string, { redaction }: Hiding): string {
  return redaction(visible(redaction(text))).split('…').map(redaction).join('…')
}

/** A sentence quotes them behind a colon. */
function withoutWords(text: string, observed: Said, hiding: Hiding): string {
  return containerWords(observed)
    .flatMap((words) => [words, quoted(words)])
    .reduce((left, words) => left.replaceAll(`: ${words}`, `: ${withheldWords(hiding)}`), text)
}

/** Everything that containers said of themselves, as far as it stands in objects: last words, answers to probes and hooks. */
function containerWords({ pods, events }: Said): string[] {
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
