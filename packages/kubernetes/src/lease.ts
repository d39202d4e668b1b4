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
  release(): Promise<void>
}

const renewEveryMs = 5_000
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
  const ref: ObjectRef = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: options.namespace, name: options.name }
  const startedMs = clock.monotonic()
  let seen: { version: string; sinceMs: number } | undefined
  let told: string | undefined
  for (;;) {
    const nowMs = clock.monotonic()
    const live = await cluster.get(ref)
    const owner = textAt(live, 'spec', 'holderIdentity') ?? ''
    const version = textAt(live, 'metadata', 'resourceVersion') ?? ''
    if (seen?.version !== version) seen = { version, sinceMs: nowMs }
    const abandonedAfterMs = (numberAt(live, 'spec', 'leaseDurationSeconds') ?? durationSeconds) * 1000
    if (owner === '' || owner === holder.identity || nowMs - seen.sinceMs >= abandonedAfterMs) {
      const taken = await tryToTake(options, ref, live)
      if (taken) return hold(options, taken)
      seen = undefined
      continue
    }
    const url = textAt(live, 'metadata', 'annotations', runAnnotation) ?? owner
    if (told !== owner) options.waiting(url)
    told = owner
    if (nowMs - startedMs >= options.patienceMs) throw stillHeld(options, url)
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
    if (error instanceof ApiError && (error.isStale || error.alreadyExists)) return undefined
    // A lost reply: the next look shows whether the Lease is ours.
    if (error instanceof TransportError) return undefined
    throw error
  }
}

function hold(options: LeaseOptions, taken: JsonObject): HeldLease {
  const { cluster, clock, holder } = options
  const ended = new AbortController()
  let current = taken
  let renewedMs = clock.monotonic()
  let lost = false
  const isOurs = (): boolean => !lost && !ended.signal.aborted

  const change = async (spec: (before: JsonObject) => JsonObject): Promise<'done' | 'stale'> => {
    try {
      current = await cluster.replace(withAt(current, ['spec'], (before) => spec(isJsonObject(before) ? before : {})))
      return 'done'
    } catch (error) {
      if (!(error instanceof ApiError && error.isStale) && !(error instanceof TransportError)) throw error
      const ref: ObjectRef = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: options.namespace, name: options.name }
      const live = await cluster.get(ref)
      if (live === undefined || textAt(live, 'spec', 'holderIdentity') !== holder.identity) lost = true
      else current = live
      return 'stale'
    }
  }
  const renewing = (async () => {
    while (isOurs()) {
      const goOn = await clock.wait(renewEveryMs, ended.signal).then(
        () => true,
        () => false,
      )
      if (!goOn) return
      const askedMs = clock.monotonic()
      try {
        if ((await change((before) => ({ ...before, renewTime: microTime(clock.now()) }))) === 'done') renewedMs = askedMs
      } catch {
        // Not renewed: `held` tells the writers in time, and the next round tries again.
      }
    }
  })()

  return {
    sequence: Number(textAt(taken, 'metadata', 'annotations', sequenceAnnotation)),
    held: () => isOurs() && clock.monotonic() - renewedMs < writeWithinMs,
    async release() {
      ended.abort()
      await renewing
      const free = (before: JsonObject): JsonObject => ({ ...before, holderIdentity: '' })
      for (let attempt = 0; attempt < 3; attempt += 1) if (lost || (await change(free)) === 'done') return
    },
  }
}

/** Kubernetes' MicroTime: exactly six digits behind the second. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.(\d{3})Z$/, '.$1000Z')
}

function stillHeld({ name, patienceMs }: LeaseOptions, url: string): Failed {
  return new Failed({
    code: 'lock-held',
    what: `the lock ${name} was not free within ${duration(patienceMs)}`,
    why: `another run holds it and keeps renewing it: ${url}`,
    next: 'wait for that run or cancel it, then start this one again; `lock-timeout` sets how long to wait',
  })
}
