import { afterAll, describe, expect, test } from '@jest/globals'
import { textTable } from '@slipway/report'
import { replay, scenarios } from './replay.ts'

const { judged, notYet } = scenarios()
const replayed = new Map(judged.map((scenario) => [scenario.file, replay(scenario)]))

afterAll(() => {
  const rows = judged.map(({ file }) => {
    const { verdict, afterMs, warnings } = replayed.get(file) ?? {}
    const told = warnings?.[0] === undefined ? '' : `(warned after ${warnings[0].afterMs} ms: ${warnings[0].key})`
    const why =
      verdict?.state === 'failed'
        ? `${verdict.cause.code}: ${verdict.cause.object.kind} ${verdict.cause.object.name}, ${verdict.cause.reason}: ${verdict.cause.why.slice(0, 150)}`
        : verdict?.state === 'undecided' ? `waits for ${verdict.waitingFor} ${told}` : told
    return [file.replace('.ndjson', ''), verdict?.state ?? '', verdict?.state === 'undecided' ? '' : String(afterMs), why]
  })
  const judgedTable = textTable([['scenario', 'verdict', 'after ms', 'cause'], ...rows])
  process.stdout.write(`\n${judgedTable}\nnot judged yet: ${notYet.join(', ')}\n`)
})

describe('on what a real cluster sent', () => {
  test.each(judged)('$file is $verdict', ({ file, verdict }) => {
    const state = replayed.get(file)?.verdict.state
    expect(state).toBe(verdict)
  })
})
