import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Clock } from '@slipway/wire'
import { takeLease, type HeldLease, type LeaseOptions } from '../src/index.ts'
import { makeBed, type Bed } from './bed.ts'

let bed: Bed
beforeEach(async () => {
  bed = await makeBed()
})
afterEach(() => bed.close())

/** A clock whose waits pass at once, except those that a renewal sleeps through. */
function quickClock(): Clock & { ms: number } {
  const clock: Clock & { ms: number } = {
    ms: 0,
    now: () => 1_700_000_000_000 + clock.ms,
    monotonic: () => clock.ms,
    async wait(ms, signal) {
      if (ms === 5_000) return new Promise((_, reject) => signal?.addEventListener('abort', () => { reject(new Error('released')) }))
      clock.ms += ms
      signal?.throwIfAborted()
      await new Promise(setImmediate)
    },
  }
  return clock
}

function wanted(run: string, clock: Clock, more: Partial<LeaseOptions> = {}): LeaseOptions {
  return {
    cluster: bed.client(),
    clock,
    namespace: 'slipway',
    name: 'staging.cart',
    holder: { identity: run, url: `run ${run}` },
    atLeast: 1,
    patienceMs: 600_000,
    signal: new AbortController().signal,
    waiting: () => undefined,
    ...more,
  }
}

test('each holder gets a number of its own, never below the one asked for', async () => {
  const sequences: number[] = []
  for (const atLeast of [1, 1, 7]) {
    const lease = await takeLease(wanted('a', quickClock(), { atLeast }))
    sequences.push(lease.sequence)
    await lease.release()
    expect(lease.held()).toBe(false)
  }
  expect(sequences).toEqual([1, 2, 7])
})

test('of twenty at once one holds, and each in turn gets the next number', async () => {
  let holding = 0
  let most = 0
  const work = async (lease: HeldLease): Promise<number> => {
    holding += 1
    most = Math.max(most, holding)
    await new Promise(setImmediate)
    holding -= 1
    await lease.release()
    return lease.sequence
  }
  // Renewals stand still under the quick clock, so an abandoned lease would show as two holders; nobody waits that long here.
  const clocks = Array.from({ length: 20 }, (_, index) => ({ index, clock: { ...quickClock(), monotonic: () => 0 } }))
  const sequences = await Promise.all(clocks.map(async ({ index, clock }) => work(await takeLease(wanted(`run-${index}`, clock)))))
  expect(most).toBe(1)
  expect(sequences.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test('a holder that renews no more is taken over after 15 s on our clock, and its run is named', async () => {
  const dead = await takeLease(wanted('dead', quickClock()))
  const clock = quickClock()
  const told: string[] = []
  const lease = await takeLease(wanted('next', clock, { waiting: (holder) => told.push(holder) }))
  expect([told, clock.ms >= 15_000, clock.ms < 17_000, lease.sequence]).toEqual([['run dead'], true, true, dead.sequence + 1])
  await lease.release()
})

test('who waits for longer than allowed is told whose run it is', async () => {
  await takeLease(wanted('first', quickClock()))
  await expect(takeLease(wanted('second', quickClock(), { patienceMs: 5_000 }))).rejects.toThrow(/run first.*lock-held/)
})

test('nothing is written any more when there was no renewal for 10 s', async () => {
  const clock = quickClock()
  const lease = await takeLease(wanted('a', clock))
  clock.ms += 9_999
  expect(lease.held()).toBe(true)
  clock.ms += 1
  expect(lease.held()).toBe(false)
})
