import { Failed } from '@slipway/report'
import type { Clock } from '@slipway/wire'
import type { ImageRegistry } from './ports.ts'

const patienceMs = 5_000

/** A registry that is not waited for long, and not asked again once it is silent: for those to whom its answer is only a warning. */
export function impatient(images: ImageRegistry, clock: Clock): ImageRegistry {
  let silence: Failed | undefined
  return {
    async has(repository, digest) {
      if (silence !== undefined) throw silence
      const answered = new AbortController()
      try {
        return await Promise.race([images.has(repository, digest), tooLate(clock, answered.signal)])
      } catch (error) {
        if (error instanceof Failed && error.failures[0].code !== 'access-denied') silence = error
        throw error
      } finally {
        answered.abort()
      }
    },
  }
}

async function tooLate(clock: Clock, signal: AbortSignal): Promise<never> {
  await clock.wait(patienceMs, signal)
  throw new Failed({ code: 'unreachable', what: 'the registry cannot be reached', why: `it did not answer within ${patienceMs / 1000} s`, next: 'look at the status of the registry' })
}
