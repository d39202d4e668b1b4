import { expect, test } from '@jest/globals'
import type { Clock } from '@slipway/wire'
import { openAlarm } from '../src/alarm.ts'

interface Timer {
  readonly ms: number
  readonly ring: () => void
  readonly isOver: () => boolean
}

/** A clock that stands still, and its timers. */
function standing(): { clock: Clock; timers: Timer[] } {
  const timers: Timer[] = []
  const wait = (ms: number, signal?: AbortSignal): Promise<void> => {
    const timer = Promise.withResolvers<undefined>()
    signal?.addEventListener('abort', () => {
      timer.reject(signal.reason)
    })
    timers.push({
      ms,
      ring: () => {
        timer.resolve(undefined)
      },
      isOver: () => signal?.aborted === true,
    })
    return timer.promise
  }
  return { clock: { now: () => 0, monotonic: () => 1000, wait }, timers }
}

test('one timer ends all waits of its time or later, an earlier one has its own, and after it rang another is set', async () => {
  const { clock, timers } = standing()
  const alarm = openAlarm({ clock, stop: new AbortController().signal })
  const waits = [alarm.by(2000), alarm.by(2500), alarm.by(1400), alarm.by(2000)]
  expect(timers.map(({ ms }) => ms)).toEqual([1000, 400])
  timers[1]?.ring()
  await Promise.all(waits.slice(2))
  void alarm.by(2000)
  void alarm.by(900)
  expect(timers.map(({ ms }) => ms)).toEqual([1000, 400, 1000, 1])
  timers[0]?.ring()
  await Promise.all(waits)
})

test.each(['stop', 'close'] as const)('no wait outlasts a %s', async (end) => {
  const { clock, timers } = standing()
  const stop = new AbortController()
  const alarm = openAlarm({ clock, stop: stop.signal })
  const wait = alarm.by(2000)
  if (end === 'stop') stop.abort()
  else alarm.close()
  await wait
  expect(timers.map(({ isOver }) => isOver())).toEqual([true])
})
