import { expect, test } from '@jest/globals'
import type { RunEvent } from '@slipway/workflow-runner'
import { teller } from '../src/telling.ts'

/** A teller whose seconds pass when the test says so. */
function listening(expectsFailure = false): { lines: string[]; hear: (...events: RunEvent[]) => void; aSecondPasses: () => void } {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const tell = teller(
    (line) => { lines.push(line) },
    (_, act) => {
      waiting.add(act)
      return () => waiting.delete(act)
    },
    () => expectsFailure,
  )
  return {
    lines,
    hear: (...events) => { events.forEach(tell) },
    aSecondPasses: () => {
      for (const act of [...waiting]) {
        if (waiting.delete(act)) act()
      }
    },
  }
}

const where = { run: '1', job: 'deploy / build', step: 'Build images' }
const started: RunEvent = { type: 'step-started', ...where }
const line = (text: string): RunEvent => ({ type: 'line', ...where, line: text })
const finished = (conclusion: 'success' | 'failure'): RunEvent => ({ type: 'step-finished', ...where, conclusion, milliseconds: 3210 })

test('a step that ends within a second is not told', () => {
  const { lines, hear, aSecondPasses } = listening()
  hear(started, line('[cart] building'), finished('success'))
  aSecondPasses()
  expect(lines).toEqual([])
})

test('a step that takes longer is told with the lines that the action wrote, as they come; other lines are left out', () => {
  const { lines, hear, aSecondPasses } = listening()
  hear(started, line('##[group]Run x'), line('[cart] building'))
  aSecondPasses()
  hear(line('#5 exporting'), line('[cart] pushed'), finished('success'))
  expect(lines).toEqual(['  … deploy / build: Build images', '    [cart] building', '    [cart] pushed'])
})

test('a job of many short steps is told by the step that it is at after a second', () => {
  const { lines, hear, aSecondPasses } = listening()
  const [checkout, check] = [{ ...where, step: 'Check out' }, { ...where, step: 'Check' }]
  hear({ type: 'job-started', run: '1', job: where.job, name: 'Build' }, { type: 'step-started', ...checkout }, { type: 'step-finished', ...checkout, conclusion: 'success', milliseconds: 600 })
  hear({ type: 'step-started', ...check })
  aSecondPasses()
  expect(lines).toEqual(['  … deploy / build: Check'])
})

test("of a builder's lines only the steps of the Dockerfile are told, cut to a line's length", () => {
  const { lines, hear, aSecondPasses } = listening()
  hear(started, line('[cart] #3 [1/4] FROM base'), line('[cart] #3 DONE 0.0s'), line('[cart] ------'), line('[cart]  > importing:'), line('[cart] #4 [build 2/4] COPY src ./src'), line(`[cart] ${'x'.repeat(200)}`))
  aSecondPasses()
  expect(lines.slice(1)).toEqual(['    [cart] [1/4] FROM base', '    [cart] [build 2/4] COPY src ./src', `    [cart] ${'x'.repeat(112)}…`])
})

test('the same step of a later run is named anew', () => {
  const { lines, hear, aSecondPasses } = listening()
  for (const text of ['[cart] one', '[cart] two']) {
    hear(started)
    aSecondPasses()
    hear(line(text), finished('success'))
  }
  expect(lines).toEqual(['  … deploy / build: Build images', '    [cart] one', '  … deploy / build: Build images', '    [cart] two'])
})

test('where two steps speak at once, it is said whose lines follow', () => {
  const { lines, hear, aSecondPasses } = listening()
  const other = { ...where, job: 'deploy / config' }
  hear(started, { type: 'step-started', ...other })
  aSecondPasses()
  hear({ type: 'line', ...other, line: '[eu] synced' }, line('[cart] pushed'))
  expect(lines.slice(2)).toEqual(['    [eu] synced', '  … deploy / build: Build images', '    [cart] pushed'])
})

test('a step that fails is told with its last lines, however short it was', () => {
  const { lines, hear } = listening()
  hear(started, line('one'), line('two'), finished('failure'))
  expect(lines).toEqual(['  … deploy / build: Build images', '    failed after 3.2 s; its last lines:', '    | one', '    | two'])
})

test('a failure that is expected is not told a second time', () => {
  const { lines, hear } = listening(true)
  hear(started, line('one'), finished('failure'))
  expect(lines).toEqual([])
})

test('silence of a step that is told is told, until it speaks again or ends', () => {
  const { lines, hear, aSecondPasses } = listening()
  hear(started, line('[cart] waiting for the lock'))
  aSecondPasses()
  aSecondPasses()
  aSecondPasses()
  hear(line('[cart] written'))
  aSecondPasses()
  hear(finished('success'))
  aSecondPasses()
  expect(lines.slice(1)).toEqual(['    [cart] waiting for the lock', '    … nothing new for 5.0 s', '    … nothing new for 10.0 s', '    [cart] written', '    … nothing new for 5.0 s'])
})

test('of a pod its start, its end and its readiness are told, and of a log the lines without the events; what is as it was is not', () => {
  const { lines, hear, aSecondPasses } = listening()
  const said = ['ConfigMap cart-env: unchanged (cart-env-1)', 'cart-1  waiting for a node', 'cart-1  starting', 'cart-1  running, not ready, restarted 1×', 'cart-1  cart exited with 1', '  The log of container cart:', '    at file:///app', '  Events:', '    2 s ago  Pod cart-1  Pulled: x', 'cart-1  running, ready']
  hear(started, ...said.map((text) => line(`[cart] ${text}`)))
  aSecondPasses()
  expect(lines.slice(1)).toEqual(['    [cart] cart-1  starting', '    [cart] cart-1  cart exited with 1', '    [cart]   The log of container cart:', '    [cart]     at file:///app', '    [cart] cart-1  running, ready'])
})

test('runs, jobs and warnings are always told; notices are not', () => {
  const { lines, hear } = listening()
  hear(
    { type: 'run-started', run: '1', number: 2, workflow: 'Deploy', event: 'workflow_dispatch', ref: 'refs/heads/main', sha: '0123456789', actor: 'alice' },
    { type: 'annotation', ...where, annotation: { level: 'notice', message: 'the builder exports no cache' } },
    { type: 'annotation', ...where, annotation: { level: 'warning', message: 'slow' } },
    { type: 'job-finished', run: '1', job: 'a', name: 'Build', conclusion: 'success', milliseconds: 1500 },
    { type: 'job-finished', run: '1', job: 'b', name: 'Later', conclusion: 'skipped', milliseconds: 0 },
    { type: 'run-finished', run: '1', conclusion: 'success', milliseconds: 61_000 },
  )
  expect(lines).toEqual(['  Deploy #2, started by alice on main at 0123456', '    warning: slow', '  ✓ Build  1.5 s', '  – Later (skipped)', '  ✓ the run ended with success after 1 min 1 s'])
})

test('nothing that a run prints can move the cursor or end a line', () => {
  const { lines, hear, aSecondPasses } = listening()
  hear(started, line('[cart] \u001b[2Jgone\u0007\rover'))
  aSecondPasses()
  expect(lines.at(-1)).toBe('    [cart] gone over')
})
