import type { Underway } from './delivery.ts'

/** Ends waits at their time. */
export interface Alarm {
  /** Resolves at a moment of the clock, or before it: at one that was asked for earlier, and at once when the run is told to stop. */
  by(atMs: number): Promise<void>
  close(): void
}

/** One timer for many waits that others end: a look at every change would else make and break one each. */
export function openAlarm({ clock, stop }: Pick<Underway, 'clock' | 'stop'>): Alarm {
  const closed = new AbortController()
  const signal = AbortSignal.any([closed.signal, stop])
  let set: { readonly atMs: number; readonly rings: Promise<void> } | undefined
  return {
    by(atMs) {
      if (set !== undefined && set.atMs <= atMs) return set.rings
      const rings = clock.wait(Math.max(1, atMs - clock.monotonic()), signal).then(rung, rung)
      set = { atMs, rings }
      return rings

      function rung(): void {
        if (set?.rings === rings) set = undefined
      }
    },
    close() {
      closed.abort()
    },
  }
}
