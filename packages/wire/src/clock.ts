import { setTimeout } from 'node:timers/promises'

/** Time as an argument: the machine's for a run, a test's own for a test. */
export interface Clock {
  /** Milliseconds since 1970, for texts and signatures. */
  now(): number
  /** Milliseconds that never go back, for spans and deadlines. */
  monotonic(): number
  /** Ends after `ms` milliseconds; rejects with the signal's reason when that comes first. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async wait(ms, signal) {
    try {
      await setTimeout(ms, undefined, signal ? { signal } : {})
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error
    }
  },
}
