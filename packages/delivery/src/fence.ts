import type { Failure } from '@slipway/report'
import type { JsonObject, ReleaseRecord } from '@slipway/release'
import type { Underway } from './delivery.ts'
import { lockLost, superseded } from './failures.ts'
import { sequenceOf } from './marks.ts'
import type { Lock } from './ports.ts'
import type { PreparedService } from './prepare.ts'

/** What a write of a revision asks before each request, since another run may have gone past it. */
export interface Fence {
  /** Ends with the lock: no request outlives it. */
  readonly signal: AbortSignal
  /** Why `what` is not to be written, the workload looked at anew; later attempts wait a little. */
  overtaken(what: string, attempt: number): Promise<Failure | undefined>
  /** Why not, by the lock alone. */
  unheld(what: string, attempt: number): Promise<Failure | undefined>
  /** Why not, by the workload as it was read. */
  behind(live: JsonObject | undefined): Failure | undefined
}

const mostAttempts = 20

export function openFence({ workload }: PreparedService, { service, sequence }: ReleaseRecord, lock: Lock, { ports, clock, mission, stop }: Underway): Fence {
  const fence: Fence = {
    signal: AbortSignal.any([lock.signal, stop]),
    async overtaken(what, attempt) {
      return (await fence.unheld(what, attempt)) ?? fence.behind(await ports.objects.get(workload.manifest))
    },
    async unheld(what, attempt) {
      if (attempt > mostAttempts) return superseded(service, mission, `${what} changes faster than it can be written`)
      if (attempt > 0) await clock.wait(Math.min(50 * 2 ** attempt, 1000), fence.signal).catch(() => undefined)
      return lock.held() ? undefined : lockLost(what, mission, lock.oustedBy())
    },
    behind(live) {
      const newer = sequenceOf(live)
      return newer !== undefined && newer > sequence ? superseded(service, mission, `revision ${newer} runs already`) : undefined
    },
  }
  return fence
}
