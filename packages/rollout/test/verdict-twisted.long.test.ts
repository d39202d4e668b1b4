import { describe, expect, test } from '@jest/globals'
import { replay, scenarios, type Twist } from './replay.ts'

const { judged } = scenarios()

describe('on what a follower sees that is not so well placed', () => {
  describe.each<[string, Twist]>([
    ['looked at once a second', { isCoarse: true }],
    ['with Events that come two seconds late', { isCoarse: true, late: { kind: 'Event', byMs: 2000 } }],
    ['with pods that come two seconds late', { isCoarse: true, late: { kind: 'Pod', byMs: 2000 } }],
    ['with ReplicaSets that come two seconds late', { isCoarse: true, late: { kind: 'ReplicaSet', byMs: 2000 } }],
    ['with a Deployment that comes two seconds late', { isCoarse: true, late: { kind: 'Deployment', byMs: 2000 } }],
  ])('%s', (_, twist) => {
    test.each(judged)('$file is $verdict all the same', (scenario) => {
      expect(replay(scenario, twist).verdict.state).toBe(scenario.verdict)
    })
  })

  test.each(judged)('$file is not judged wrongly without any Event, though perhaps not at all', (scenario) => {
    const { verdict } = replay(scenario, { isCoarse: true, late: { kind: 'Event', byMs: Infinity } })
    expect([scenario.verdict, ...(scenario.verdict === 'failed' ? ['undecided'] : [])]).toContain(verdict.state)
  })
})
