import type { Said } from '@slipway/report'
import type { Clock } from '@slipway/wire'
import type { Log } from './log.ts'

/** Where a run tells its story while it happens, and what was told so far. */
export interface Narration {
  readonly narrator: { say(text: string): void; warn(text: string): void }
  readonly timeline: readonly Said[]
  /** Milliseconds since the start. */
  readonly elapsedMs: () => number
}

/** A story that starts now. */
export function narration(log: Pick<Log, 'info' | 'warning'>, clock: Clock): Narration {
  const startedMs = clock.monotonic()
  const timeline: Said[] = []
  const elapsedMs = (): number => clock.monotonic() - startedMs
  return {
    narrator: {
      say(text) {
        timeline.push({ atMs: elapsedMs(), text })
        log.info(text)
      },
      warn(text) {
        timeline.push({ atMs: elapsedMs(), text })
        log.warning(text)
      },
    },
    timeline,
    elapsedMs,
  }
}
