import { Failed, duration } from '@slipway/report'
import type { JsonObject } from '@slipway/release'
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
  readonly cluster: Pick<Cluster, 'get' | 'create' | 'replace'>
  readonly clock: Clock
  readonly namespace: string
  readonly name: string
  readonly holder: Holder
  /** The lowest number that may be given out with the lock; left out, none is given out. */
  readonly atLeast?: number
  /** How long to wait for another holder, in milliseconds. */
  readonly patienceMs: number
  readonly signal: AbortSignal
  /** Takes it from another run without asking. Safe where every write is fenced: the other run finds itself overtaken. */
  readonly oust?: boolean
  /** What earlier looks at other locks and at this one have seen: a holder that was silent meanwhile is not watched anew. */
  readonly sightings?: Sightings
  /** Told once for each holder that is waited for. */
  readonly waiting: (holder: string) => void
}

/** By lock: the state in which it was seen, and since when on our monotonic clock. */
export type Sightings = Map<string, { readonly version: string; readonly sinceMs: number }>

/** A Lease that is ours. */
export interface HeldLease {
  /** The number that was given out with the lock; without `atLeast` the last one before, 0 where there is none. */
  readonly sequence: number
  /** False from 10 s after the last renewal on: another run may take it soon. */
  held(): boolean
  /** The run that took it from us, once that is seen. */
  oustedBy(): string | undefined
  /** The run whose lock was taken without asking. */
  readonly tookFrom: string | undefined
  /** Ends when nothing may be written any more: no write may outlive the lock. */
  readonly signal: AbortSignal
  /** Gives out another number. @throws Failed `lock-lost` where the lock is not ours any more. */
  next(): Promise<number>
  /** Gives it back within 4 s; `left` where the server does not answer: others find it abandoned 15 s later. */
  release(): Promise<'released' | 'left'>
}

const renewEveryMs = 5_000
const renewAgainMs = 1_000
const renewWithinMs = 3_000
const writeWithinMs = 10_000
const releaseWithinMs = 4_000
const durationSeconds = 15
const lookAgainMs = 1_000
const sequenceAnnotation = 'slipway.dev/last-sequence'
const runAnnotation = 'slipway.dev/run'

/**
 * Takes a Lease by compare-and-set, and a number with it where one is wanted; renews it until it is released.
 * A holder counts as gone when the Lease has not changed for its full duration on our own monotonic clock.
 * @throws Failed `lock-held` when the patience ends; the signal's reason when that comes first.
 */
export async function takeLease(options: LeaseOptions): Promise<HeldLease> {
  const { cluster, clock, holder, name, signal } = options
  signal.throwIfAborted()
  const sightings: Sightings = options.sightings ?? new Map<string, never>()
  const ref = refTo(options)
  const startedMs = clock.monotonic()
  let told: string | undefined
  let ousted: string | undefined
  if (options.atLeast === 1 && !sightings.has(name)) {
    // Who never got a number has no lock yet, most likely: it is made without a look.
    const made = await tryToTake(options, ref, undefined)
    if (made) return hold(options, made, startedMs, undefined)
  }
  for (;;) {
    const askedMs = clock.monotonic()
    const live = await cluster.get(ref, { signal })
    const owner = textAt(live, 'spec', 'holderIdentity') ?? ''
    const version = textAt(live, 'metadata', 'resourceVersion') ?? ''
    const url = textAt(live, 'metadata', 'annotations', runAnnotation) ?? owner
    // Counted from after the first answer to before the next question: a slow answer makes no holder look dead.
    const before = sightings.get(name)
    const seen = before?.version === version ? before : { version, sinceMs: clock.monotonic() }
    sightings.set(name, seen)
    const abandonedAfterMs = (numberAt(live, 'spec', 'leaseDurationSeconds') ?? durationSeconds) * 1000
    if (options.oust === true || owner === '' || owner === holder.identity || askedMs - seen.sinceMs >= abandonedAfterMs) {
      const takenMs = clock.monotonic()
      const isAbandoned = owner === '' || owner === holder.identity || askedMs - seen.sinceMs >= abandonedAfterMs
      // Kept where our reply was lost: then the next look finds us as the holder.
      if (owner !== holder.identity) ousted = isAbandoned ? undefined : url
      const taken = await tryToTake(options, ref, live)
      if (taken) return hold(options, taken, takenMs, ousted)
    } else if (told !== owner) {
      options.waiting(url)
      told = owner
    }
    if (askedMs - startedMs >= options.patienceMs) throw stillHeld(options, url)
    await clock.wait(lookAgainMs, signal)
  }
}

async function tryToTake(options: LeaseOptions, ref: ObjectRef, live: JsonObject | undefined): Promise<JsonObject | undefined> {
  const { cluster, clock, holder } = options
  const now = microTime(clock.now())
  const spec = {
    holderIdentity: holder.identity,
    leaseDurationSeconds: durationSeconds,
    acquireTime: now,
    renewTime: now,
    leaseTransitions: (numberAt(live, 'spec', 'leaseTransitions') ?? 0) + (live ? 1 : 0),
  }
  const base: JsonObject = live ?? { apiVersion: ref.apiVersion, kind: ref.kind, metadata: { name: ref.name, namespace: options.namespace } }
  const { atLeast } = options
  const numbered = atLeast === undefined ? base : withAt(base, ['metadata', 'annotations', sequenceAnnotation], () => String(Math.max(lastOf(live) + 1, atLeast)))
  const named = withAt(numbered, ['metadata', 'annotations', runAnnotation], () => holder.url)
  const wanted: JsonObject = { ...named, spec }
  try {
    return live ? await cluster.replace(wanted) : await cluster.create(wanted)
  } catch (error) {
    // Another was faster, or a reply of ours was lost: the next look shows it.
    if (error instanceof ApiError && (error.isStale || error.alreadyExists)) return undefined
    await giveUp(options, ref)
    throw error
  }
}

/** Frees a lock that may be ours without our knowing: the run was stopped before the answer was read. */
async function giveUp({ cluster, holder }: LeaseOptions, ref: ObjectRef): Promise<void> {
  const limits = { signal: AbortSignal.timeout(releaseWithinMs) }
  try {
    const live = await cluster.get(ref, limits)
    if (live !== undefined && textAt(live, 'spec', 'holderIdentity') === holder.identity) await cluster.replace(freed(live), limits)
  } catch {
    // It ends by itself.
  }
}

function freed(lease: JsonObject): JsonObject {
  return withAt(lease, ['spec', 'holderIdentity'], () => '')
}

function hold(options: LeaseOptions, taken: JsonObject, takenMs: number, tookFrom: string | undefined): HeldLease {
  const { cluster, clock, holder } = options
  const ended = new AbortController()
  const over = new AbortController()
  let current = taken
  let renewedMs = takenMs
  let lost = false
  let oustedBy: string | undefined
  const isOurs = (): boolean => !lost && !ended.signal.aborted
  const leftMs = (): number => renewedMs + writeWithinMs - clock.monotonic()

  const change = async (edit: (lease: JsonObject) => JsonObject, signal: AbortSignal): Promise<'done' | 'stale'> => {
    // No attempt outlasts the time in which something may be written.
    const limits = (): { readonly timeoutMs: number; readonly signal: AbortSignal } => ({ timeoutMs: over.signal.aborted ? renewWithinMs : Math.max(1, Math.min(renewWithinMs, leftMs())), signal })
    try {
      current = await cluster.replace(edit(current), limits())
      return 'done'
    } catch (error) {
      if (!(error instanceof ApiError && (error.isStale || error.isPassing)) && !(error instanceof TransportError)) throw error
      const live = await cluster.get(refTo(options), limits())
      const owner = textAt(live, 'spec', 'holderIdentity') ?? ''
      if (live !== undefined && owner === holder.identity) current = live
      else {
        lost = true
        // Who gave it back already has left its name.
        if (live !== undefined) oustedBy = textAt(live, 'metadata', 'annotations', runAnnotation) ?? owner
        over.abort(lockLost(`the lock ${options.name} is lost`, 'somebody has deleted it', oustedBy))
      }
      return 'stale'
    }
  }
  const renewing = (async () => {
    let renewed = true
    while (isOurs()) {
      try {
        await clock.wait(renewed ? renewEveryMs : Math.max(1, Math.min(renewAgainMs, over.signal.aborted ? renewAgainMs : leftMs())), ended.signal)
        const askedMs = clock.monotonic()
        renewed = (await change((lease) => withAt(lease, ['spec', 'renewTime'], () => microTime(clock.now())), ended.signal)) === 'done'
        if (renewed) renewedMs = askedMs
      } catch {
        // Not renewed: `held` tells the writers in time, and the next round tries again.
        renewed = false
      }
      if (leftMs() <= 0) over.abort(lockLost(`the lock ${options.name} is lost`, 'it could not be renewed for 10 s', oustedBy))
    }
  })()

  return {
    sequence: lastOf(taken),
    tookFrom,
    signal: over.signal,
    held: () => isOurs() && leftMs() > 0,
    oustedBy: () => oustedBy,
    async next() {
      for (let attempt = 0; isOurs() && attempt < 5; attempt += 1) {
        const sequence = lastOf(current) + 1
        if ((await change((lease) => withAt(lease, ['metadata', 'annotations', sequenceAnnotation], () => String(sequence)), options.signal)) === 'done') return sequence
      }
      throw lockLost(`the lock ${options.name} gave out no further number`, 'it is not ours any more, or changes faster than it can be written', oustedBy)
    },
    async release() {
      ended.abort()
      await renewing
      // A signal of its own: a run that was stopped gives the lock back all the same.
      const signal = AbortSignal.timeout(releaseWithinMs)
      try {
        for (let attempt = 0; attempt < 3; attempt += 1) if (lost || (await change(freed, signal)) === 'done') return 'released'
      } catch {
        // It ends by itself; what the run has done is not undone by this.
      }
      return 'left'
    },
  }
}

function refTo({ namespace, name }: LeaseOptions): ObjectRef {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name }
}

/** The last number that was given out with a lock. */
function lastOf(lease: JsonObject | undefined): number {
  const last = Number(textAt(lease, 'metadata', 'annotations', sequenceAnnotation) ?? '0')
  return Number.isSafeInteger(last) ? last : 0
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

/** Why a lock cannot be used any more, by whoever has it now. */
function lockLost(what: string, why: string, oustedBy: string | undefined): Failed {
  return new Failed({
    code: 'lock-lost',
    what,
    why: oustedBy === undefined ? why : `the run ${oustedBy} has taken it`,
    next: 'look at what runs now; deploy again if this run\'s content is still wanted',
  })
}
