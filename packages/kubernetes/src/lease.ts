import { Failed, duration } from '@slipway/report'
import { isJsonObject, type JsonObject } from '@slipway/release'
import { numberAt, textAt, withAt } from '@slipway/rollout'
import { TransportError, type Clock } from '@slipway/wire'
import { ApiError } from './api-error.ts'
import type { Cluster, ObjectRef } from './cluster.ts'

/** Who wants the lock. */
export interface Holder {
  /** Unique among all runs and attempts. */
  readonly identity: string
  /** The run's address, for those who wait. */
  readonly url: string
}

export interface LeaseOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly namespace: string
  readonly name: string
  readonly holder: Holder
  /** The lowest number that may be given out with the lock. */
  readonly atLeast: number
  /** How long to wait for another holder, in milliseconds. */
  readonly patienceMs: number
  readonly signal: AbortSignal
  /** Told once for each holder that is waited for. */
  readonly waiting: (holder: string) => void
}

/** A Lease that is ours. */
export interface HeldLease {
  readonly sequence: number
  /** False from 10 s after the last renewal on: another run may take it soon. */
  held(): boolean
  /** Gives it back; where the server does not answer, others find it abandoned 15 s later. */
  release(): Promise<void>
}

const renewEveryMs = 5_000
const renewAgainMs = 1_000
const renewWithinMs = 3_000
const writeWithinMs = 10_000
const durationSeconds = 15
const lookAgainMs = 1_000
const sequenceAnnotation = 'slipway.dev/last-sequence'
const runAnnotation = 'slipway.dev/run'

/**
 * Takes a Lease by compare-and-set, and a number with it; renews it until it is released.
 * A holder counts as gone when the Lease has not changed for its full duration on our own monotonic clock.
 * @throws Failed `lock-held` when the patience ends; the signal's reason when that comes first.
 */
export async function takeLease(options: LeaseOptions): Promise<HeldLease> {
  const { cluster, clock, holder } = options
  const ref = refTo(options)
  const startedMs = clock.monotonic()
  let seen: { version: string; sinceMs: number } | undefined
  let told: string | undefined
  for (;;) {
    const askedMs = clock.monotonic()
    const live = await cluster.get(ref, { signal: options.signal })
    const owner = textAt(live, 'spec', 'holderIdentity') ?? ''
    const version = textAt(live, 'metadata', 'resourceVersion') ?? ''
    const url = textAt(live, 'metadata', 'annotations', runAnnotation) ?? owner
    // Counted from after the first answer to before the next question: a slow answer makes no holder look dead.
    if (seen?.version !== version) seen = { version, sinceMs: clock.monotonic() }
    const abandonedAfterMs = (numberAt(live, 'spec', 'leaseDurationSeconds') ?? durationSeconds) * 1000
    if (owner === '' || owner === holder.identity || askedMs - seen.sinceMs >= abandonedAfterMs) {
      const takenMs = clock.monotonic()
      const taken = await tryToTake(options, ref, live)
      if (taken) return hold(options, taken, takenMs)
    } else if (told !== owner) {
      options.waiting(url)
      told = owner
    }
    if (askedMs - startedMs >= options.patienceMs) throw stillHeld(options, url)
    await clock.wait(lookAgainMs, options.signal)
  }
}

async function tryToTake(options: LeaseOptions, ref: ObjectRef, live: JsonObject | undefined): Promise<JsonObject | undefined> {
  const { cluster, clock, holder } = options
  const last = Number(textAt(live, 'metadata', 'annotations', sequenceAnnotation) ?? '0')
  const sequence = Math.max(Number.isSafeInteger(last) ? last + 1 : 1, options.atLeast)
  const now = microTime(clock.now())
  const spec = {
    holderIdentity: holder.identity,
    leaseDurationSeconds: durationSeconds,
    acquireTime: now,
    renewTime: now,
    leaseTransitions: (numberAt(live, 'spec', 'leaseTransitions') ?? 0) + (live ? 1 : 0),
  }
  const base: JsonObject = live ?? { apiVersion: ref.apiVersion, kind: ref.kind, metadata: { name: ref.name, namespace: options.namespace } }
  const numbered = withAt(base, ['metadata', 'annotations', sequenceAnnotation], () => String(sequence))
  const named = withAt(numbered, ['metadata', 'annotations', runAnnotation], () => holder.url)
  const wanted: JsonObject = { ...named, spec }
  try {
    return live ? await cluster.replace(wanted) : await cluster.create(wanted)
  } catch (error) {
    // Another was faster, or a reply of ours was lost: the next look shows it.
    if (error instanceof ApiError && (error.isStale || error.alreadyExists)) return undefined
    throw error
  }
}

function hold(options: LeaseOptions, taken: JsonObject, takenMs: number): HeldLease {
  const { cluster, clock, holder } = options
  const ended = new AbortController()
  let current = taken
  let renewedMs = takenMs
  let lost = false
  const isOurs = (): boolean => !lost && !ended.signal.aborted

  const change = async (spec: (before: JsonObject) => JsonObject, signal: AbortSignal): Promise<'done' | 'stale'> => {
    const limits = { timeoutMs: renewWithinMs, signal }
    try {
      current = await cluster.replace(withAt(current, ['spec'], (before) => spec(isJsonObject(before) ? before : {})), limits)
      return 'done'
    } catch (error) {
      if (!(error instanceof ApiError && (error.isStale || error.isPassing)) && !(error instanceof TransportError)) throw error
      const live = await cluster.get(refTo(options), limits)
      if (live === undefined || textAt(live, 'spec', 'holderIdentity') !== holder.identity) lost = true
      else current = live
      return 'stale'
    }
  }
  const renewing = (async () => {
    let renewed = true
    while (isOurs()) {
      try {
        await clock.wait(renewed ? renewEveryMs : renewAgainMs, ended.signal)
        const askedMs = clock.monotonic()
        renewed = (await change((before) => ({ ...before, renewTime: microTime(clock.now()) }), ended.signal)) === 'done'
        if (renewed) renewedMs = askedMs
      } catch {
        // Not renewed: `held` tells the writers in time, and the next round tries again.
        renewed = false
      }
    }
  })()

  return {
    sequence: Number(textAt(taken, 'metadata', 'annotations', sequenceAnnotation)),
    held: () => isOurs() && clock.monotonic() - renewedMs < writeWithinMs,
    async release() {
      ended.abort()
      await renewing
      // A signal of its own: a run that was stopped gives the lock back all the same.
      const { signal } = new AbortController()
      const free = (before: JsonObject): JsonObject => ({ ...before, holderIdentity: '' })
      try {
        for (let attempt = 0; attempt < 3; attempt += 1) if (lost || (await change(free, signal)) === 'done') return
      } catch {
        // It ends by itself; what the run has done is not undone by this.
      }
    },
  }
}

function refTo({ namespace, name }: LeaseOptions): ObjectRef {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name }
}

/** Kubernetes' MicroTime: exactly six digits behind the second. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.(\d{3})Z$/, '.$1000Z')
}

function stillHeld({ name, patienceMs }: LeaseOptions, url: string): Failed {
  return new Failed({
    code: 'lock-held',
    what: `the lock ${name} was not free within ${duration(patienceMs)}`,
    why: url === '' ? 'other runs were faster each time it was free' : `another run holds it and keeps renewing it: ${url}`,
    next: 'wait for that run or cancel it, then start this one again; `lock-timeout` sets how long to wait',
  })
}
