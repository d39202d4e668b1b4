import { expect, test } from '@jest/globals'
import type { RunEvent } from '@slipway/workflow-runner'
import { between, hearing } from '../src/moments.ts'
import { spansOf } from '../src/rollouts.ts'

const said = (...told: [atMs: number, text: string][]) => told.map(([atMs, text]) => ({ atMs, service: 'cart', text }))

test('what the actions say about services is kept with the time since the start of the run', () => {
  let nowMs = 5000
  const { moments, hear } = hearing(() => nowMs)
  const line = (text: string): RunEvent => ({ type: 'line', run: '1', job: 'deploy', step: 'Roll out', line: text })
  hear({ type: 'run-started', run: '1', number: 1, workflow: 'Deploy', event: 'workflow_dispatch', ref: 'refs/heads/main', sha: '', actor: 'alice' })
  nowMs = 6200
  for (const text of ['##[group]Run x', '[cart] written: revision 2, generation 2', 'Checked out']) hear(line(text))
  expect(moments).toEqual([{ atMs: 1200, service: 'cart', text: 'written: revision 2, generation 2' }])
})

test('the time between two words about a service is told, where both were said in this order', () => {
  const moments = said([100, 'failed after'], [1000, 'written: revision 2'], [2700, 'revision 2 failed after 1.7 s'])
  expect(between(moments, 'cart', /^written: /, / failed after /)).toBe(1700)
  expect(between(moments, 'web', /^written: /, / failed after /)).toBeUndefined()
  expect(between(moments, 'cart', / failed after 1/, /^written: /)).toBeUndefined()
})

test('a failed rollout is a span that ends with its failure, and then one of the content that was put back', () => {
  const moments = said([1000, 'written: revision 3, generation 3'], [2800, 'revision 3 failed after 1.8 s: it crashed'], [2900, 'revision 2, the last that was seen healthy, is put back as revision 4'], [3000, 'written: revision 4, generation 4'], [5000, 'healthy: revision 4, 2 of 2 pods, after 2.0 s'])
  expect(spansOf(moments, 6000)).toEqual([
    { service: 'cart', kind: 'failed', text: 'revision 3', fromMs: 1000, toMs: 2800 },
    { service: 'cart', kind: 'healthy', text: 'revision 4, the content of 2', fromMs: 3000, toMs: 5000 },
  ])
})

test('a rollout whose run died is left at the end of the run', () => {
  expect(spansOf(said([1000, 'written: revision 5, generation 5'], [1100, 'cart-1  starting']), 1500)).toEqual([{ service: 'cart', kind: 'left', text: 'revision 5', fromMs: 1000, toMs: 1500 }])
})

test('the wait for a lock ends with the next word, and what was left is followed', () => {
  const moments = said([100, 'waiting for the lock: run 1 holds it'], [15_100, 'revision 5 was left without a verdict by run 1: it is followed first'], [17_100, 'healthy: revision 5, 2 of 2 pods, after 2.0 s'], [17_200, 'unchanged: revision 5 runs and was seen healthy'])
  expect(spansOf(moments, 18_000)).toEqual([
    { service: 'cart', kind: 'waiting', text: 'waits for the lock', fromMs: 100, toMs: 15_100 },
    { service: 'cart', kind: 'healthy', text: 'revision 5, left by another run', fromMs: 15_100, toMs: 17_100 },
  ])
})
