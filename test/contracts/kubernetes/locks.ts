import { describe, expect, test } from '@jest/globals'
import { textAt } from '@slipway/rollout'
import { takeLease, type HeldLease, type LeaseOptions } from '@slipway/kubernetes'
import { systemClock, type Clock } from '@slipway/wire'
import { lease, leases } from './objects.ts'
import { told, versionOf, type ApiServer } from './server.ts'

const twenty = Array.from({ length: 20 }, (_, index) => `run-${index}`)

/** A clock whose short waits pass at once for its owner; renewals wait for the true time. */
function hurried(): Clock {
  let aheadMs = 0
  return {
    now: () => systemClock.now(),
    monotonic: () => systemClock.monotonic() + aheadMs,
    async wait(ms, signal) {
      if (ms > 1_000) return systemClock.wait(ms, signal)
      aheadMs += ms
      await systemClock.wait(20, signal)
    },
  }
}

/** Leases: compare-and-set by the server, and our lock on top of it. */
export function locks(opened: () => ApiServer): void {
  describe('a Lease', () => {
    const wanted = (namespace: string, run: string, more: Partial<LeaseOptions> = {}): LeaseOptions => ({
      cluster: opened().client(),
      clock: systemClock,
      namespace,
      name: 'staging.cart',
      holder: { identity: run, url: `https://runs.invalid/${run}` },
      atLeast: 1,
      patienceMs: 600_000,
      signal: new AbortController().signal,
      waiting: () => undefined,
      ...more,
    })

    test('is made by one of twenty, and taken by one of twenty with the same version', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const created = await Promise.all(twenty.map((run) => server.send('POST', leases(namespace), lease(run))))
      expect(created.map(({ status }) => status).sort()).toEqual([201, ...twenty.slice(1).map(() => 409)])
      const resourceVersion = versionOf((await server.send('GET', leases(namespace, 'lock'))).body)
      const taken = await Promise.all(twenty.map((run) => server.send('PUT', leases(namespace, 'lock'), lease(`${run}-again`, { resourceVersion }))))
      expect(taken.map(({ status }) => status).sort()).toEqual([200, ...twenty.slice(1).map(() => 409)])
    })

    test('is not overwritten blindly', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await server.send('POST', leases(namespace), lease('a'))
      expect(told(await server.send('PUT', leases(namespace, 'lock'), lease('blind')))).toEqual([422, 'leases.coordination.k8s.io "lock" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update'])
    })

    test('is held by one of twenty at a time, each in turn with the next number', async () => {
      const namespace = await opened().namespace()
      let holding = 0
      let most = 0
      const work = async (held: HeldLease): Promise<number> => {
        holding += 1
        most = Math.max(most, holding)
        await new Promise(setImmediate)
        holding -= 1
        expect(await held.release()).toBe('released')
        return held.sequence
      }
      // Nobody looks abandoned to a clock that does not go on.
      const still = (): Clock => ({ ...hurried(), monotonic: () => 0 })
      const sequences = await Promise.all(twenty.map(async (run) => work(await takeLease(wanted(namespace, run, { clock: still() })))))
      expect(most).toBe(1)
      expect(sequences.toSorted((a, b) => a - b)).toEqual(twenty.map((_, index) => index + 1))
    })

    test('whose holder renews it no more is taken over by one of twenty after its duration, and the holder is named', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await server.send('POST', leases(namespace), lease('dead', { name: 'staging.cart', annotations: { 'slipway.dev/run': 'https://runs.invalid/dead', 'slipway.dev/last-sequence': '4' } }))
      const waitedFor = new Set<string>()
      const stop = new AbortController()
      const takers = twenty.map((run) => takeLease(wanted(namespace, run, { clock: hurried(), patienceMs: 40_000, signal: stop.signal, waiting: (holder) => waitedFor.add(holder) })))
      const first = await Promise.any(takers)
      expect([first.sequence, [...waitedFor][0], first.held()]).toEqual([5, 'https://runs.invalid/dead', true])
      stop.abort(new Error('the other nineteen go home'))
      const others = await Promise.allSettled(takers)
      const holders = others.flatMap((outcome) => (outcome.status === 'fulfilled' && outcome.value.held() ? [outcome.value] : []))
      expect(holders).toEqual([first])
      expect(await first.release()).toBe('released')
    })

    test('that another takes without asking is lost to its holder, who gives out no number any more', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const held = await takeLease(wanted(namespace, 'deploy'))
      expect(await held.next()).toBe(2)
      const ousting = await takeLease(wanted(namespace, 'rollback', { oust: true }))
      expect([ousting.sequence, ousting.tookFrom]).toEqual([3, 'https://runs.invalid/deploy'])
      await expect(held.next()).rejects.toThrow('https://runs.invalid/rollback')
      expect([held.held(), held.oustedBy(), held.signal.aborted]).toEqual([false, 'https://runs.invalid/rollback', true])
      await held.release()
      const { body } = await server.send('GET', leases(namespace, 'staging.cart'))
      expect(textAt(body, 'spec', 'holderIdentity')).toBe('rollback')
      await ousting.release()
      expect(textAt((await server.send('GET', leases(namespace, 'staging.cart'))).body, 'spec', 'holderIdentity')).toBe('')
    })

    test('that is renewed stays with its holder', async () => {
      const namespace = await opened().namespace()
      const quick: Clock = { ...systemClock, wait: (ms, signal) => systemClock.wait(ms / 100, signal) }
      const held = await takeLease(wanted(namespace, 'deploy', { clock: quick }))
      const renewedAt = new Set<string | undefined>()
      while (renewedAt.size < 4) renewedAt.add(textAt((await opened().send('GET', leases(namespace, 'staging.cart'))).body, 'spec', 'renewTime'))
      expect(held.held()).toBe(true)
      await held.release()
    })
  })
}
