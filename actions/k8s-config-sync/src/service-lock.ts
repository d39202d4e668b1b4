import { takeLease, type HeldLease } from '@slipway/kubernetes'
import { Failed, inertLine } from '@slipway/report'
import type { Clock } from '@slipway/wire'
import type { LockedUse } from './fixed-write.ts'
import { notedWrites } from './noted-writes.ts'
import type { ConfigCluster, Ports } from './ports.ts'
import type { SyncTarget } from './settings.ts'

/** Whose lock is to be taken, and for how long it is waited for. */
export interface ServiceLock {
  readonly service: string
  readonly target: SyncTarget
  readonly cluster: ConfigCluster
  readonly patienceMs: number
  /** Told of a lock that may be taken and that nothing gives back. */
  readonly left: () => void
}

/** A run that was told to stop is killed some seconds later: so long may it take to make again what was deleted. */
const graceMs = 3_000

/**
 * Does the work behind the lock of a service, which a rollout of it takes, too; gives the lock back in every case.
 * @throws Failed `lock-held`, and whatever the work throws.
 */
export async function behindLock({ service, target, cluster, patienceMs, left }: ServiceLock, ports: Ports, work: (use: LockedUse) => Promise<void>): Promise<void> {
  let isInDoubt = false
  const unanswered = (): void => {
    isInDoubt = true
  }
  const lock = await takeLease({
    cluster: notedWrites(cluster, ports.work, { written: () => undefined, unanswered }),
    clock: ports.clock,
    namespace: target.recordNamespace,
    name: `${target.namespace}.${service}`,
    holder: ports.holder,
    patienceMs,
    signal: ports.work,
    waiting: (holder) => {
      ports.log.info(`[${target.name}] ${service}: waiting for the lock: ${inertLine(holder)} holds it`)
    },
  }).catch((error: unknown) => {
    if (isInDoubt) left()
    throw error
  })
  const late = lateSignal(ports)
  try {
    await work({
      target,
      cluster,
      late: late.signal,
      guard() {
        ports.work.throwIfAborted()
        if (!lock.held()) throw lost(target, service, lock)
      },
      hide({ content }) {
        if (content.kind === 'Secret') for (const value of content.values.values()) ports.mask(Buffer.from(value).toString())
      },
    })
  } finally {
    late.end()
    if ((await lock.release()) === 'left') {
      left()
      ports.log.warning(`[${target.name}] ${service}: the lock could not be given back; the next run takes it after 15 s`)
    }
  }
}

/** A signal that ends a little later than the run does. */
function lateSignal({ work, clock }: { readonly work: AbortSignal; readonly clock: Clock }): { readonly signal: AbortSignal; end(): void } {
  const late = new AbortController()
  const ended = new AbortController()
  const stop = (): void => {
    clock.wait(graceMs, ended.signal).then(
      () => {
        late.abort(work.reason)
      },
      () => undefined,
    )
  }
  if (work.aborted) stop()
  else work.addEventListener('abort', stop, { once: true, signal: ended.signal })
  return {
    signal: late.signal,
    end() {
      ended.abort()
    },
  }
}

function lost(target: SyncTarget, service: string, lock: HeldLease): Failed {
  const by = lock.oustedBy()
  return new Failed({
    code: 'lock-lost',
    what: `the lock of ${service} was lost, and nothing more was written`,
    where: `target ${target.name}`,
    why: by === undefined ? 'it was not renewed for 10 s, so that another run may hold it by now' : `the run ${by} has taken it`,
    next: 'look at what that run does; run again if this content is still wanted',
  })
}
