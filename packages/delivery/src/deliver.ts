import { Failed, Problems, duration, type Failure } from '@slipway/report'
import type { Outcome, RolledService } from '@slipway/release'
import type { Delivery, DeliveryResult, ServiceResult, Surroundings } from './delivery.ts'
import { stopped, superseded, unhealthy } from './failures.ts'
import { follow } from './follow.ts'
import type { Lock, Observer } from './ports.ts'
import { preflight } from './preflight.ts'
import { prepare, type PreparedService } from './prepare.ts'
import { recordOf } from './record.ts'
import { write } from './write.ts'

/**
 * Takes services to their wanted content: preflight of all, then each by lock, look again, record, write, follow, label.
 * @throws Failed with every problem of the preflight; nothing was written then.
 */
export async function deliver(delivery: Delivery, around: Surroundings): Promise<DeliveryResult> {
  const prepared = await preflight(delivery, around.ports, around.clock)
  if (delivery.until !== 'deployed') {
    return { outcome: 'planned', services: prepared.map((one) => result(one, one.unchanged ? 'unchanged' : 'planned', 0)) }
  }
  const changing = prepared.filter((one) => !one.unchanged)
  const standing = await Promise.all(prepared.filter((one) => one.unchanged).map((one) => confirm(one, delivery, around)))
  if (changing.length === 0) return { outcome: 'unchanged', services: standing }

  const observer = await around.ports.observe()
  try {
    const sorted = changing.toSorted((a, b) => (a.wanted.service < b.wanted.service ? -1 : 1))
    const changed = await allSettled(sorted.map((one) => deliverOne(one, delivery, around, observer)))
    return { outcome: outcomeOf([...standing, ...changed]), services: [...standing, ...changed] }
  } finally {
    await observer.close()
  }
}

/** The outcome of services that settle one by one. */
export function outcomeOf(services: readonly ServiceResult[]): Outcome {
  const bad = services.filter(({ status }) => status === 'failed' || status === 'cancelled')
  const superseded = services.filter(({ status }) => status === 'superseded')
  if (bad.length > 0) return services.some(({ status }) => status === 'healthy') ? 'partial' : 'broken'
  if (superseded.length > 0) return superseded.length < services.length ? 'partial' : 'superseded'
  return services.some(({ status }) => status === 'healthy') ? 'changed' : 'unchanged'
}

async function confirm(one: PreparedService, delivery: Delivery, around: Surroundings): Promise<ServiceResult> {
  const { newest } = one
  if (newest !== undefined && delivery.version !== undefined && !newest.versions.includes(delivery.version)) {
    await around.ports.records.addVersion(newest, delivery.version)
  }
  around.narrator.say(`[${one.wanted.service}] unchanged: revision ${newest?.sequence ?? 0} runs and was seen healthy`)
  return result(one, 'unchanged', 0)
}

async function deliverOne(planned: PreparedService, delivery: Delivery, around: Surroundings, observer: Observer): Promise<ServiceResult> {
  const { service } = planned.wanted
  const startedMs = around.clock.monotonic()
  const seconds = (): number => (around.clock.monotonic() - startedMs) / 1000
  const lock = await around.ports.locks.take(service, (planned.newest?.sequence ?? 0) + 1, (holder) => {
    around.narrator.say(`[${service}] waiting for the lock: ${holder} holds it`)
  })
  try {
    return await underLock(planned, lock, delivery, around, observer, seconds)
  } catch (error) {
    // One service's trouble must not end the follow of the others.
    if (!(error instanceof Failed)) throw error
    return { ...result(planned, 'failed', seconds()), failure: error.failures[0] }
  } finally {
    await lock.release()
  }
}

async function underLock(
  planned: PreparedService,
  lock: Lock,
  delivery: Delivery,
  around: Surroundings,
  observer: Observer,
  seconds: () => number,
): Promise<ServiceResult> {
  const { service } = planned.wanted
  const again = await lookAgain(planned, delivery, around)
  if (again.unchanged) return await confirm(again, delivery, around)
  const record = recordOf(again, lock.sequence, delivery, around.clock)
  if ((await around.ports.records.create(record, again.fingerprint, delivery.version)) === 'taken') {
    return { ...result(again, 'superseded', seconds()), failure: superseded(service, delivery, `another run has made revision ${lock.sequence}`) }
  }
  const answer = await write(again, record, lock, delivery, around)
  if ('code' in answer) return { ...result(again, answer.code === 'superseded' ? 'superseded' : 'failed', seconds(), lock.sequence), failure: answer }
  const followed = await follow(service, answer.object, observer, delivery.patience, around.clock, around.work, around.narrator)
  const done = (status: RolledService['status'], failure?: Failure): ServiceResult => ({
    ...result(again, status, seconds(), lock.sequence),
    ...(failure ? { failure } : {}),
  })
  switch (followed.state) {
    case 'healthy':
      await around.ports.records.conclude(service, lock.sequence, 'healthy')
      around.narrator.say(`[${service}] healthy: revision ${lock.sequence}, ${followed.replicas} of ${followed.replicas} pods, after ${duration(seconds() * 1000)}`)
      return done('healthy')
    case 'failed':
      await around.ports.records.conclude(service, lock.sequence, 'failed')
      return done('failed', unhealthy(again, delivery, followed.code, followed.why))
    case 'superseded':
      return done('superseded', superseded(service, delivery, followed.why))
    case 'stopped':
      return done('cancelled', stopped(service, delivery, followed.waitingFor))
  }
}

/** What was planned before the lock is planned again behind it. */
async function lookAgain(planned: PreparedService, delivery: Delivery, around: Surroundings): Promise<PreparedService> {
  const problems = new Problems()
  const again = await prepare(planned.wanted, delivery.source.repository, delivery.target.name, around.ports, problems)
  problems.throwIfAny()
  if (again.newest?.sequence !== planned.newest?.sequence) {
    around.narrator.warn(`[${planned.wanted.service}] revision ${again.newest?.sequence ?? 0} appeared since the plan was made; planned again from there`)
  }
  return again
}

function result(one: PreparedService, status: RolledService['status'], seconds: number, sequence = one.newest?.sequence ?? 0): ServiceResult {
  const { newest } = one
  return {
    service: one.wanted.service,
    sequence,
    status,
    seconds: Math.round(seconds * 10) / 10,
    ...(newest && sequence !== newest.sequence ? { replaced: { sequence: newest.sequence, source: newest.source } } : {}),
  }
}

/** As Promise.all, but nothing is left running behind a rejection. */
async function allSettled<T>(running: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(running)
  return Promise.all(running)
}
