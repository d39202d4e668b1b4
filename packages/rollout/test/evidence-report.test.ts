import { describe, expect, test } from '@jest/globals'
import { redaction, secretForms } from '@slipway/report'
import * as fc from 'fast-check'
import { evidenceMarkdown, evidenceText, redactCause, redactSentence, reportOf, type Cause, type EvidenceReport, type Gathered, type Hiding } from '../src/index.ts'

const open: Hiding = { redaction: redaction([]), unreadable: [] }
const nothing: Gathered = { events: [], log: undefined, probe: undefined, node: undefined }
const logged = (text: string | undefined): Gathered => ({ ...nothing, log: { namespace: 'staging', pod: 'cart-1', container: 'app', previous: true, text } })
const printed = (report: EvidenceReport): string => [...evidenceText(report), ...evidenceMarkdown(report)].join('\n')

function everywhere(words: string): Gathered {
  return {
    events: [{ object: { kind: 'Pod', name: 'cart-1' }, reason: 'Unhealthy', message: `Readiness probe failed: ${words}`, times: 3, age: '4 s' }],
    log: { namespace: 'staging', pod: 'cart-1', container: 'app', previous: false, text: `first\n${words}\nlast` },
    probe: { kind: 'Readiness', container: 'app', answer: words, times: 3 },
    node: { metadata: { name: 'node-1' }, status: { conditions: [{ type: 'Ready', status: 'Unknown', message: words }, { type: 'MemoryPressure', status: 'True', reason: 'KubeletHasInsufficientMemory' }, { type: 'DiskPressure', status: 'False' }] } },
  }
}

test('the evidence is told as lines of a log', () => {
  expect(evidenceText(reportOf(everywhere('no route'), open))).toEqual([
    'The log of container app of pod cart-1:',
    '  first',
    '  no route',
    '  last',
    'The readiness probe of container app failed 3 times and was answered:',
    '  no route',
    'Node node-1, on which the pod was: it is not ready (no route) and MemoryPressure (KubeletHasInsufficientMemory)',
    'Events:',
    '  4 s ago  Pod cart-1  Unhealthy (3 times): Readiness probe failed: no route',
  ])
})

test('where a Secret cannot be read, nothing that a container said is shown, and the command that shows it is', () => {
  const hiding: Hiding = { redaction: redaction([]), unreadable: ['cart-db'] }
  const text = printed(reportOf({ ...everywhere('hunter22'), node: undefined }, hiding))
  expect(text).not.toContain('hunter22')
  expect(text).toContain('Secret cart-db')
  expect(text).toContain('kubectl logs cart-1 --namespace staging --container app --tail 25')
  const cause: Cause = { code: 'probe-failed', object: { kind: 'Pod', name: 'cart-1' }, container: 'app', reason: 'Killing', why: 'it was answered: hunter22 (exit code 1)', next: 'mend it', evidence: { eventsOf: [], log: undefined, probe: everywhere('hunter22').probe, node: undefined } }
  const events = [{ reason: 'Unhealthy', message: 'Liveness probe failed: hunter22' }]
  expect(JSON.stringify(redactCause(cause, { pods: [], events }, hiding))).not.toContain('hunter22')
})

test('half of a value before a cut is redacted from the sentence of a cause', () => {
  const cause: Cause = { code: 'container-crashed', object: { kind: 'Pod', name: 'cart-1' }, container: 'app', reason: 'Error', why: 'it ended, saying: no entry with correct horse b…, 3 times', next: 'mend it', evidence: { eventsOf: [], log: undefined, probe: undefined, node: undefined } }
  expect(redactCause(cause, { pods: [], events: [] }, { redaction: redaction(['correct horse battery']), unreadable: [] }).why).toBe('it ended, saying: no entry with ***…, 3 times')
})

describe('the report stays readable', () => {
  test('megabytes of log become the last lines', () => {
    const { log } = reportOf(logged(`${'noise\n'.repeat(500_000)}the end\n\n`), open)
    expect(log && 'lines' in log ? [log.lines.length, log.lines.at(-1), log.isWhole] : log).toEqual([25, 'the end', false])
  })

  test('a long line is cut in its middle, never in a redaction', () => {
    const { log } = reportOf(logged(`begin ${'hunter22 '.repeat(200)} end`), { redaction: redaction(['hunter22']), unreadable: [] })
    const line = log && 'lines' in log ? (log.lines[0] ?? '') : ''
    expect(line.length).toBeLessThanOrEqual(300)
    expect(line).toMatch(/^begin (\*{3} )+ ?… ?( ?\*{3})+ {2}end$/)
  })

  test('all in all it is no more than 8 KiB', () => {
    const report = reportOf({ ...everywhere('é"\n'.repeat(10_000)), events: Array.from({ length: 50 }, (_, index) => ({ object: { kind: 'Pod', name: 'cart-1' }, reason: index === 0 ? 'Pulled' : 'BackOff', message: '漢'.repeat(1000), times: 1, age: undefined })) }, open)
    expect(Buffer.byteLength(evidenceText(report).join('\n'))).toBeLessThanOrEqual(8192)
    expect(report.events.length).toBeLessThanOrEqual(10)
  })

  test('an empty log and one that could not be read are told apart', () => {
    expect(printed(reportOf(logged('\n'), open))).toContain('is empty')
    expect(printed(reportOf(logged(undefined), open))).toContain('kubectl logs cart-1 --namespace staging --container app --previous')
  })
})

test('hostile lines forge no command and end no fence', () => {
  const lines = ['::error::forged', ' ::set-output name=a::b', 'x ##[error]forged', 'over\r::error::forged', '\u001b[2J\u001b]0;title\u0007::error::x', 'nul\u0000', '````', '</details><h1>']
  const report = reportOf(everywhere(lines.join('\n')), open)
  const text = printed(report)
  expect(text).not.toMatch(/^\s*::|##\[/m)
  expect(text).not.toMatch(/[\u0000\r\u001b\u0007]/)
  expect(evidenceMarkdown(report).filter((line) => /^`{5}(text)?$/.test(line))).toHaveLength(2 * 3) // of log, probe and events
})

test('a value that control characters part is redacted as it would be seen', () => {
  expect(printed(reportOf(logged('pass hun\u001b[0mter\u000022'), { redaction: redaction(['hunter22']), unreadable: [] }))).toContain('pass ***')
  expect(redactSentence('said: hun\u001b[0mter\u000022', { pods: [], events: [] }, { redaction: redaction(['hunter22']), unreadable: [] })).toBe('said: ***')
})

test('no form of any value is left in any output', () => {
  const frame = printed(reportOf(everywhere(''), open))
  const value = fc.string({ minLength: 4, maxLength: 40, unit: 'grapheme' }).filter((text) => text.trim().length >= 4)
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), fc.array(fc.oneof(fc.string(), fc.nat()), { maxLength: 12 }), (values, parts) => {
      const forms = values.flatMap(secretForms)
      const words = parts.map((part) => (typeof part === 'string' ? part : forms[part % forms.length])).join('')
      const text = evidenceText(reportOf(everywhere(words), { redaction: redaction(values), unreadable: [] })).join('\n')
      expect(forms.filter((form) => text.includes(form) && !frame.includes(form) && form.trim().length >= 4)).toEqual([])
    }),
    { numRuns: 300 },
  )
})
