import { Failed, type Failure } from '@slipway/report'
import { allSettled, type ServiceResult, type Underway } from './delivery.ts'
import { lockLost, superseded } from './failures.ts'
import { sequenceOf } from './marks.ts'
import type { History, Lock } from './ports.ts'
import type { PreparedService } from './prepare.ts'
import { resultOf } from './result.ts'

/** What is done behind the locks, in phases that all services end before the next begins. */
export interface Phases<Plan> {
  /** Take locks from other runs without asking. */
  readonly oust: boolean
  /** Looks again, knowing what is recorded of all services now. Whatever one service throws here, nothing is done for any. */
  plan(one: PreparedService, lock: Lock, history: Promise<History>): Promise<Plan>
  act(plan: Plan, one: PreparedService, lock: Lock): Promise<ServiceResult>
}

interface Held {
  readonly one: PreparedService
  readonly lock: Lock
}

/** Takes the locks of all services, plans all, then acts on all side by side; each lock is given back when its service is done. */
export async function behindLocks<Plan>(services: readonly PreparedService[], run: Underway, phases: Phases<Plan>): Promise<ServiceResult[]> {
  const { held, reasons: untaken } = await takeAll(services.toSorted((a, b) => (a.wanted.service < b.wanted.service ? -1 : 1)), run, phases)
  const refuse = async (reasons: ReadonlyMap<string, unknown>): Promise<ServiceResult[]> => {
    await Promise.all(held.map(({ one, lock }) => giveBack(one, lock, run)))
    return services.map((one) => refusal(one, reasons, run))
  }
  if (untaken.size > 0) return refuse(untaken)
  const lost = held.filter(({ lock }) => !lock.held())
  if (lost.length > 0) return refuse(new Map(lost.map(({ one: { wanted }, lock }) => [wanted.service, new Failed(lockLost(wanted.service, run.mission, lock.oustedBy()))])))
  const history = run.ports.records.history(services.map(({ wanted }) => wanted.service))
  // Told by the plans that use it.
  history.catch(() => undefined)
  const planned = await Promise.allSettled(held.map(async ({ one, lock }) => ({ one, lock, plan: await phases.plan(one, lock, history) })))
  const reasons = new Map(planned.flatMap((end, index) => (end.status === 'rejected' ? [[held[index]?.one.wanted.service ?? '', end.reason]] : [])))
  if (reasons.size > 0) return refuse(reasons)
  const ready = planned.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  try {
    await run.observer
  } catch (error) {
    return refuse(new Map(services.map(({ wanted }) => [wanted.service, error])))
  }
  return allSettled(
    ready.map(async ({ one, lock, plan }) => {
      try {
        return await phases.act(plan, one, lock)
      } catch (error) {
        // One service's trouble ends neither the others nor what is told of them.
        if (!(error instanceof Failed)) throw error
        return { ...resultOf(one, statusOf(error.failures[0])), failure: error.failures[0] }
      } finally {
        await giveBack(one, lock, run)
      }
    }),
  )
}

/**
 * Takes all locks at once where all are free. Where one is not, those that come after it by name are given back, and
 * waited for in name order: who waits holds none that comes later, so no two runs wait for each other. Who takes locks
 * without asking keeps to name order from the first: two of them would take them from each other otherwise.
 */
async function takeAll(sorted: readonly PreparedService[], run: Underway, { oust }: { readonly oust: boolean }): Promise<{ readonly held: Held[]; readonly reasons: ReadonlyMap<string, unknown> }> {
  const atOnce = oust || sorted.length === 1 ? [] : sorted
  const ends = await Promise.allSettled(atOnce.map(async (one) => ({ one, lock: await take(one, run, { oust, isImpatient: true }) })))
  const taken = (some: typeof ends): Held[] => some.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const isBusy = (end: (typeof ends)[number]): boolean => end.status === 'rejected' && end.reason instanceof Failed && end.reason.failures[0].code === 'lock-held'
  const firstBusy = ends.findIndex(isBusy)
  if (atOnce.length > 0 && (firstBusy === -1 || ends.some((end) => end.status === 'rejected' && !isBusy(end)))) {
    return { held: taken(ends), reasons: new Map(ends.flatMap((end, index) => (end.status === 'rejected' ? [[sorted[index]?.wanted.service ?? '', end.reason]] : []))) }
  }
  const from = Math.max(0, firstBusy)
  await Promise.all(taken(ends.slice(from)).map(({ one, lock }) => giveBack(one, lock, run)))
  const held = taken(ends.slice(0, from))
  for (const one of sorted.slice(from)) {
    try {
      held.push({ one, lock: await take(one, run, { oust, isImpatient: false }) })
    } catch (error) {
      return { held, reasons: new Map([[one.wanted.service, error]]) }
    }
  }
  return { held, reasons: new Map() }
}

function take(one: PreparedService, run: Underway, { oust, isImpatient }: { readonly oust: boolean; readonly isImpatient: boolean }): Promise<Lock> {
  const { service } = one.wanted
  return run.ports.locks.take(service, {
    // The records may be gone, and the workload still carry a number.
    atLeast: Math.max(one.newest?.sequence ?? 0, sequenceOf(one.workload.live) ?? 0) + 1,
    oust,
    isImpatient,
    signal: run.stop,
    waiting(holder) {
      if (!isImpatient) run.narrator.say(`[${service}] waiting for the lock: ${holder} holds it`)
    },
  })
}

async function giveBack({ wanted }: PreparedService, lock: Lock, { narrator }: Underway): Promise<void> {
  if ((await lock.release()) === 'left') narrator.warn(`[${wanted.service}] the lock could not be given back; the next run takes it after 15 s`)
}

/** What is told of a service where nothing is done, since something is wrong with it or with another one. */
function refusal(one: PreparedService, reasons: ReadonlyMap<string, unknown>, run: Underway): ServiceResult {
  const { service } = one.wanted
  const isOusted = !run.work.aborted && run.stop.aborted
  if (isOusted) return { ...resultOf(one, 'superseded'), failure: superseded(service, run.mission, `the run ${String(run.stop.reason)} has taken over`) }
  const [[first = '', any] = []] = reasons
  const own = reasons.get(service)
  const bug = [own, any].find((reason) => reason instanceof Error && !(reason instanceof Failed))
  if (bug instanceof Error) throw bug
  if (own instanceof Failed) return { ...resultOf(one, statusOf(own.failures[0])), failure: own.failures[0] }
  const isStopped = any instanceof Failed && any.failures[0].code === 'cancelled'
  return { ...resultOf(one, isStopped ? 'cancelled' : 'refused'), failure: notAlone(service, first, any, run) }
}

function statusOf({ code }: Failure): 'cancelled' | 'superseded' | 'refused' {
  return code === 'cancelled' || code === 'superseded' ? code : 'refused'
}

function notAlone(service: string, other: string, reason: unknown, { mission }: Underway): Failure {
  const failure = reason instanceof Failed ? reason.failures[0] : undefined
  return {
    code: failure?.code ?? 'superseded',
    what: `${service} was left as it is in ${mission.target.name}`,
    why: `nothing is written for any service while something is wrong with ${other}: ${failure?.what ?? 'it cannot go on'}`,
    next: failure?.next ?? 'start the run again',
  }
}
