import type { Clock } from './clock.ts'

/** What a retry may cost, and what is worth one. */
export interface RetryPolicy {
  readonly clock: Clock
  readonly signal?: AbortSignal
  /** The longest time from the first attempt to the last, in milliseconds. */
  readonly budgetMs: number
  /** 0 up to 1, for the jitter. */
  readonly random: () => number
  /** Whether another attempt may mend the error, and the wait that the server asked for. */
  retry(error: unknown): false | { readonly afterMs?: number }
  onWait?(waitMs: number, error: unknown): void
}

const firstWaitMs = 100
const longestWaitMs = 5_000

/** The one retry policy: exponential back-off with full jitter, a server's Retry-After first, within a budget. */
export async function withRetries<T>(attempt: (number: number) => Promise<T>, policy: RetryPolicy): Promise<T> {
  const startedMs = policy.clock.monotonic()
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number)
    } catch (error) {
      const again = policy.signal?.aborted === true ? false : policy.retry(error)
      if (again === false) throw error
      const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** (number - 1))
      const waitMs = again.afterMs ?? ceiling * (0.5 + policy.random() / 2)
      if (policy.clock.monotonic() - startedMs + waitMs > policy.budgetMs) throw error
      policy.onWait?.(waitMs, error)
      await policy.clock.wait(waitMs, policy.signal)
    }
  }
}

/** The wait that a Retry-After header asks for, in milliseconds: seconds or an HTTP date (RFC 9110, section 10.2.3). */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}
