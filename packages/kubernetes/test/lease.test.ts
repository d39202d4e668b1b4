import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Clock } from '@slipway/wire'
import { takeLease, type Cluster, type HeldLease, type LeaseOptions, type Sightings } from '../src/index.ts'
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

/** A clock that stands still until the test lets time pass, and only once somebody sleeps. */
function steppedClock(): Clock & { waiting(): Promise<void>; pass(ms: number): Promise<void> } {
  let nowMs = 0
  let slept = Promise.withResolvers<undefined>()
  const sleepers = new Map<() => void, number>()
  const waiting = async (): Promise<void> => {
    while (sleepers.size === 0) await slept.promise
  }
  return {
    now: () => 1_700_000_000_000 + nowMs,
    monotonic: () => nowMs,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const untilMs = nowMs + ms
        sleepers.set(resolve, untilMs)
        signal?.addEventListener('abort', () => {
          sleepers.delete(resolve)
          reject(new Error('stopped'))
        })
        slept.resolve(undefined)
        slept = Promise.withResolvers()
      }),
    waiting,
    async pass(ms) {
      await waiting()
      nowMs += ms
      for (const [wake, untilMs] of sleepers) {
        if (untilMs > nowMs) continue
        sleepers.delete(wake)
        wake()
      }
    },
  }
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

test('whoever never got a number has no lock yet, and makes it in one request; where there is one, it is looked at', async () => {
  const taken = async (): Promise<string[]> => {
    const before = bed.ledger.exchanges.length
    const lease = await takeLease(wanted('a', quickClock()))
    const asked = bed.ledger.exchanges.slice(before).map(({ operation, status }) => `${operation} ${status}`)
    await lease.release()
    return asked
  }
  expect(await taken()).toEqual(['POST leases 201'])
  expect(await taken()).toEqual(['POST leases 409', 'GET leases 200', 'PUT leases 200'])
})

test('a run that was told to stop asks for no lock any more, and makes none', async () => {
  const stopped = new Error('stopped')
  await expect(takeLease(wanted('a', quickClock(), { signal: AbortSignal.abort(stopped) }))).rejects.toBe(stopped)
  expect(bed.ledger.exchanges).toEqual([])
})

test('a lock that is taken for something else than a revision uses up no number', async () => {
  const { cluster, clock, namespace, name, holder, patienceMs, signal, waiting } = wanted('a', quickClock())
  const unnumbered: LeaseOptions = { cluster, clock, namespace, name, holder, patienceMs, signal, waiting }
  const first = await takeLease(unnumbered)
  expect(first.sequence).toBe(0)
  await first.release()
  const numbered = await takeLease(wanted('a', quickClock()))
  await numbered.release()
  const again = await takeLease(unnumbered)
  expect([numbered.sequence, again.sequence]).toEqual([1, 1])
  await again.release()
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

test('several locks of a run that died are waited for once, where each was looked at before', async () => {
  const names = ['staging.cart', 'staging.catalog', 'staging.web']
  for (const name of names) await takeLease(wanted('dead', quickClock(), { name }))
  const clock = quickClock()
  const sightings: Sightings = new Map()
  for (const name of names) await expect(takeLease(wanted('next', clock, { name, sightings, patienceMs: 0 }))).rejects.toThrow(/lock-held/)
  for (const name of names) await (await takeLease(wanted('next', clock, { name, sightings }))).release()
  expect([clock.ms >= 15_000, clock.ms < 17_000]).toEqual([true, true])
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

test('a slow answer does not make a holder look dead', async () => {
  await takeLease(wanted('slow', quickClock()))
  const clock = quickClock()
  const cluster = bed.client()
  const askedAt: number[] = []
  const slow: Cluster = {
    ...cluster,
    async get(ref, limits) {
      askedAt.push(clock.ms)
      const live = await cluster.get(ref, limits)
      clock.ms += 8_000
      return live
    },
  }
  const lease = await takeLease(wanted('next', clock, { cluster: slow }))
  expect(askedAt).toEqual([0, 9_000, 18_000, 27_000])
  await lease.release()
})

test('a lock whose reply was lost is ours all the same, and so is one whose renewal was lost', async () => {
  bed.ledger.script({ server: 'kubernetes:test', operation: /^POST leases/, effect: 'reset-after-handling' })
  const clock = steppedClock()
  const taking = takeLease(wanted('a', clock))
  await clock.pass(1_000)
  const lease = await taking
  expect(bed.server.objects('Lease', 'slipway')[0]?.['spec']).toMatchObject({ holderIdentity: 'a' })
  bed.ledger.script({ server: 'kubernetes:test', operation: /^PUT leases/, effect: 'reset-after-handling' })
  for (const ms of [5_000, 1_000, 5_000, 5_000]) {
    await clock.pass(ms)
    expect(lease.held()).toBe(true)
  }
  await clock.waiting()
  await lease.release()
  expect(bed.server.objects('Lease', 'slipway')[0]?.['spec']).toMatchObject({ holderIdentity: '' })
})

test('a holder that was ousted sees it at its next renewal and leaves the lock to the other', async () => {
  const clock = steppedClock()
  const lease = await takeLease(wanted('a', clock))
  const live = bed.server.objects('Lease', 'slipway')[0]
  if (!live) throw new Error('there is no lease')
  bed.server.put({ ...live, spec: { holderIdentity: 'b' } })
  await clock.pass(5_000)
  while (lease.held()) await new Promise(setImmediate)
  await lease.release()
  expect(bed.server.objects('Lease', 'slipway')[0]?.['spec']).toMatchObject({ holderIdentity: 'b' })
})

test('who ousts a holder knows from whom, also where the reply to that was lost', async () => {
  await takeLease(wanted('deploy', quickClock()))
  bed.ledger.script({ server: 'kubernetes:test', operation: /^PUT leases/, effect: 'reset-after-handling' })
  const lease = await takeLease(wanted('rollback', quickClock(), { oust: true }))
  expect(lease.tookFrom).toBe('run deploy')
  await lease.release()
})

test('a run that was stopped gives its lock back, although its client sends nothing else any more', async () => {
  const stop = new AbortController()
  const cluster = bed.client({ signal: stop.signal })
  const lease = await takeLease(wanted('a', quickClock(), { cluster }))
  stop.abort(new Error('cancelled'))
  await expect(cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging' })).rejects.toThrow('cancelled')
  await lease.release()
  expect(bed.server.objects('Lease', 'slipway')[0]?.['spec']).toMatchObject({ holderIdentity: '' })
})

test('a lock that cannot be given back is left to its end', async () => {
  const lease = await takeLease(wanted('a', quickClock()))
  bed.ledger.script({ server: 'kubernetes:test', operation: /^PUT leases/, effect: { status: 403, body: 'no longer' } })
  await lease.release()
  expect(bed.server.objects('Lease', 'slipway')[0]?.['spec']).toMatchObject({ holderIdentity: 'a' })
})
