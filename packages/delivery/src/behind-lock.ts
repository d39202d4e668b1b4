import { Failed } from '@slipway/report'
import type { ServiceResult, Underway } from './delivery.ts'
import type { Lock } from './ports.ts'
import type { PreparedService } from './prepare.ts'
import { resultOf } from './result.ts'

/** Runs `body` behind the service's lock. One service's trouble ends neither the others nor what is told of them. */
export async function behindLock(one: PreparedService, run: Underway, { oust }: { readonly oust: boolean }, body: (lock: Lock) => Promise<ServiceResult>): Promise<ServiceResult> {
  const { service } = one.wanted
  try {
    const lock = await run.ports.locks.take(service, {
      atLeast: (one.newest?.sequence ?? 0) + 1,
      oust,
      signal: run.stop,
      waiting(holder) {
        run.narrator.say(`[${service}] waiting for the lock: ${holder} holds it`)
      },
    })
    try {
      return await body(lock)
    } finally {
      if ((await lock.release()) === 'left') run.narrator.warn(`[${service}] the lock could not be given back; the next run takes it after 15 s`)
    }
  } catch (error) {
    if (error instanceof Failed) return { ...resultOf(one, error.failures[0].code === 'cancelled' ? 'cancelled' : 'refused'), failure: error.failures[0] }
    if (!run.work.aborted && run.stop.aborted) {
      return { ...resultOf(one, 'superseded'), failure: { code: 'superseded', what: `${service} was not deployed to ${run.mission.target.name}`, why: `the run ${String(run.stop.reason)} has taken over`, next: 'look at what runs now; deploy again if this run\'s content is still wanted' } }
    }
    throw error
  }
}
