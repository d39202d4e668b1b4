import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { decodeConfiguration } from '@slipway/release'
import { Failed, failureText } from '@slipway/report'
import type { ConfigCluster } from '../src/ports.ts'
import { outputsOf, summaryOf } from '../src/summary.ts'
import { lockHolder, quickClock, shopIn } from './fixed-world.ts'
import { makeWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

/** Ends when so many requests of a kind have come in. */
function stopAt(operation: RegExp, requests: number): AbortSignal {
  const stop = new AbortController()
  let met = 0
  world.ledger.onRequest = (_, asked) => {
    if (operation.test(asked)) met += 1
    if (met === requests) stop.abort(new Failed({ code: 'cancelled', what: 'the run was told to stop (SIGTERM)', why: 'it was cancelled', next: 'start it again' }))
  }
  return stop.signal
}

test('a run that is stopped while nothing is answered says so once, and of each object under way that it may have been written', async () => {
  // The first four are only tried.
  world.ledger.script({ server: 'kubernetes:nonprod', operation: /^PATCH (configmaps|secrets)/, after: 4, times: 4, effect: 'hang' })
  const result = await world.sync({ targets: 'eu' }, { work: stopAt(/^PATCH (configmaps|secrets)/, 8) })
  expect(result.outcome).toBe('partial')
  expect(result.failures.map(failureText)).toEqual([
    expect.stringMatching(/^the run was told to stop \(SIGTERM\): it was cancelled; no answer came any more to: (?:apply (?:ConfigMap|Secret) cart-[a-z]+-[0-9a-f]{10} in eu(?:, )?){4}\. Run again: what was written is found, and nothing is written twice\. \[cancelled\]$/),
  ])
  expect(result.targets[0]?.objects.map(({ did }) => did)).toEqual(Array(4).fill('unanswered'))
  expect(summaryOf(result)).toContain('may have been written: no answer came')
  expect([...decodeConfiguration(outputsOf(result)['config'] ?? '')].map(([, { size }]) => size)).toEqual([0])
  expect(world.wrote).toBeGreaterThan(0)
})

test('a run that is stopped before it writes is told so once, however many targets it has, and is refused', async () => {
  expect(await world.refusals({}, { work: stopAt(/^LIST configmaps/, 1) })).toEqual(['cancelled: the run was told to stop (SIGTERM)'])
  expect(world.wrote).toBe(0)
})

test('a lock that may have been taken when the run was stopped is a write, since nothing gives it back', async () => {
  world.write('slipway.yml', shopIn('in-place'))
  world.ledger.script({ server: 'kubernetes:nonprod', operation: /^POST leases/, times: 1, effect: 'hang' })
  const result = await world.sync({}, { work: stopAt(/^POST leases/, 1), clock: quickClock() })
  expect([result.outcome, result.failures.map(({ code }) => code)]).toEqual(['partial', ['cancelled']])
})

test('a lock that was taken and given back is none', async () => {
  world.write('slipway.yml', shopIn('in-place'))
  world.ledger.script({ server: 'kubernetes:nonprod', operation: /^PATCH configmaps/, after: 2, effect: { status: 422, body: '{"kind":"Status","status":"Failure","message":"no","reason":"Invalid"}' } })
  world.ledger.script({ server: 'kubernetes:nonprod', operation: /^PATCH secrets/, after: 2, effect: { status: 422, body: '{"kind":"Status","status":"Failure","message":"no","reason":"Invalid"}' } })
  const result = await world.sync()
  expect([result.outcome, lockHolder(world), world.wrote]).toEqual(['refused', '', 0])
})

test('a mistake of ours in one target is thrown when the writes of all have ended, and they are known', async () => {
  const between = (cluster: ConfigCluster): ConfigCluster => ({
    ...cluster,
    apply: (object, options) => (object['kind'] === 'Secret' && options.dryRun !== true ? Promise.reject(new Error('a mistake')) : cluster.apply(object, options)),
  })
  let broken = 0
  await expect(world.sync({}, { between: (cluster) => (broken++ === 0 ? between(cluster) : cluster) })).rejects.toThrow('a mistake')
  expect(world.wrote).toBeGreaterThan(0)
  expect(world.clusters['nonprod-us'].objects('Secret', 'staging')).toHaveLength(2)
})
