import { describe, expect, test } from '@jest/globals'
import { deployments, replay } from './replay.ts'

const scenarios = deployments()
const right = (verdict: string): string[] => scenarios.filter((scenario) => scenario.verdict === verdict).map(({ file }) => file)
const replayed = new Map(scenarios.map((scenario) => [scenario.file, replay(scenario)]))

describe('on what a real cluster sent', () => {
  test.each(right('healthy'))('%s is seen healthy', (file) => {
    expect(replayed.get(file)?.verdict.state).toBe('healthy')
  })

  test.each([...right('failed'), ...right('undecided')])('%s is never called healthy', (file) => {
    expect(['failed', 'undecided', 'soaking']).toContain(replayed.get(file)?.verdict.state)
  })

  test.each(right('undecided'))('%s is left undecided', (file) => {
    expect(replayed.get(file)?.verdict.state).toBe('undecided')
  })

  test.each(['deadline-but-then-healthy.ndjson', 'readiness-never.ndjson'])('%s fails by the deadline of its manifest', (file) => {
    expect(replayed.get(file)?.verdict).toMatchObject({ state: 'failed', code: 'rollout-deadline' })
  })
})
