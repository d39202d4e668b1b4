import { replay, scenarios } from '../packages/rollout/test/replay.ts'
import type { Part } from './part.ts'

/** How long after the write each recording of a real cluster had its verdict, and its first warning. */
export function knownAfter(): Part {
  const { judged, notYet } = scenarios()
  const replayed = judged.map((scenario) => ({ scenario, ...replay(scenario) }))
  const right = replayed.filter(({ scenario, verdict }) => isRight(scenario.verdict, verdict.state)).length
  return {
    title: 'Known after: the recordings of a real cluster, replayed',
    notes: [
      'Seconds from the write to the first final verdict, the soak of 10 s included, and to the first warning. A recording that is left undecided holds nothing final; it is judged for two minutes more.',
      ...(notYet.length === 0 ? [] : [`${notYet.length} recordings of other kinds than Deployments are not replayed: there is no verdict for their kinds yet.`]),
    ],
    head: ['recording', 'right verdict', 'verdict', 'known after, s', 'first warning, s'],
    rows: replayed.map(({ scenario, verdict, afterMs, warnings }) => [
      scenario.file.replace(/\.ndjson$/, ''),
      scenario.verdict,
      verdict.state,
      ['healthy', 'failed', 'superseded'].includes(verdict.state) ? seconds(afterMs) : '–',
      warnings[0] === undefined ? '–' : seconds(warnings[0].afterMs),
    ]),
    goals: [{ what: 'recordings with the right verdict', goal: `${judged.length} of ${judged.length}`, measured: `${right} of ${judged.length}`, kept: right === judged.length }],
  }
}

function isRight(expected: string, state: string): boolean {
  return expected === state || (expected === 'undecided' && !['healthy', 'failed', 'superseded'].includes(state))
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1)
}
