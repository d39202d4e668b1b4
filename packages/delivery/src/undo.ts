import { allSettled, underway, type DeliveryResult, type ServiceResult, type Surroundings, type Underway } from './delivery.ts'
import { behindLock } from './behind-lock.ts'
import { bar } from './bar.ts'
import { impatient } from './impatient.ts'
import { Problems } from '@slipway/report'
import { outcomeOf } from './outcome.ts'
import type { Lock } from './ports.ts'
import { preflight } from './preflight.ts'
import { prepare, type PreparedService } from './prepare.ts'
import { removeBrought } from './remove-brought.ts'
import { resultOf } from './result.ts'
import { revise } from './revise.ts'
import { planUndo, type Move, type NamedRevision, type Undo, type UndoPlan } from './undo-plan.ts'

export interface UndoResult extends DeliveryResult {
  /** The release that was undone. */
  readonly release: string
  /** Service → the bad revision and the one gone back to. */
  readonly moves: ReadonlyMap<string, Moved>
}

/** How one service goes back. */
export interface Moved {
  readonly from: NamedRevision
  readonly to: NamedRevision
  /** Declared names of Secrets that keep their newest version. */
  readonly keptSecrets: readonly string[]
}

/**
 * Undoes a release in a target: only the services that it changed, each to its last good revision before it. What is bad
 * is blocked first; locks are taken from running deploys, which find themselves overtaken. Repeated, it writes nothing.
 * @throws Failed with every problem, nothing having been written.
 */
export async function undo(wish: Undo, around: Surroundings): Promise<UndoResult> {
  const plan = await planUndo(wish, { ...around, ports: { ...around.ports, images: impatient(around.ports.images, around.clock) } })
  for (const warning of plan.warnings) around.narrator.warn(warning)
  const prepared = await preflight(wish, plan.moves.map(({ wanted }) => wanted), withoutRegistry(around), () => undefined)
  const moves = plan.moves.map((move, index) => ({ move, one: prepared[index] })).flatMap(({ move, one }) => (one === undefined ? [] : [{ move, one }]))
  const told = { release: plan.release, moves: new Map(plan.moves.map(({ wanted, bad, good, keptSecrets }) => [wanted.service, { from: bad, to: good, keptSecrets }])) }
  if (wish.until !== 'deployed') {
    return { ...told, outcome: 'planned', services: [...plan.settled, ...moves.map(({ one }) => resultOf(one, one.unchanged ? 'unchanged' : 'planned'))] }
  }
  if (wish.block) await bar(plan, wish, around)
  const standing = moves.filter(({ one }) => one.unchanged).map(({ one, move }) => stands(one, move, around))
  const moving = moves.filter(({ one }) => !one.unchanged)
  const moved =
    moving.length === 0
      ? []
      : await underway(wish, moving.map(({ one }) => one.wanted.service), around, (run) =>
          allSettled(moving.map(({ move, one }) => behindLock(one, run, { oust: true }, (lock) => goBack(move, lock, plan, run)))),
        )
  const services = [...plan.settled, ...standing, ...moved]
  return { ...told, services, outcome: outcomeOf(services) }
}

/** The plan has asked for each image already; what a registry that is down could not say is no reason to stay broken. */
function withoutRegistry(around: Surroundings): Surroundings {
  return { ...around, ports: { ...around.ports, images: { has: () => Promise.resolve(true) } } }
}

async function goBack(move: Move, lock: Lock, plan: UndoPlan, run: Underway): Promise<ServiceResult> {
  const startedMs = run.clock.monotonic()
  const { service } = move.wanted
  const problems = new Problems()
  await closePending(service, run)
  const prepared = await prepare(move.wanted, run.mission, run.ports, problems)
  problems.throwIfAny()
  if (prepared.unchanged) return stands(prepared, move, run)
  const { sequence } = lock
  const { run: url, actor } = run.mission.source
  const marks = { source: { ...move.good.source, run: url, actor }, restores: move.good.sequence, undoes: plan.release }
  const revised = await revise(prepared, sequence, marks, lock, run)
  const done = (status: ServiceResult['status'], more: Partial<ServiceResult> = {}): ServiceResult => ({
    ...resultOf(prepared, status, { sequence, milliseconds: run.clock.monotonic() - startedMs }),
    ...more,
  })
  switch (revised.state) {
    case 'healthy':
      await removeBrought(move.bad.manifests, move.good.manifests, service, move.bad.createdAt, run)
      return done('healthy')
    case 'stopped':
      return done('cancelled', { failure: revised.failure, wrote: revised.wrote })
    case 'superseded':
      return done('superseded', { failure: revised.failure, wrote: revised.wrote })
    case 'failed':
      return done('failed', { failure: revised.failure, ...(revised.evidence === undefined ? {} : { evidence: revised.evidence }) })
    case 'cut-off':
      return done('failed', { failure: revised.failure })
  }
}

/** What waits for a verdict gets none any more: what runs is judged bad by whoever rolls back, the rest never ran. */
async function closePending(service: string, { ports }: Underway): Promise<void> {
  const { heads } = await ports.records.history([service])
  for (const head of heads.filter(({ verdict }) => verdict === 'pending')) {
    await ports.records.conclude(service, head.sequence, 'failed')
  }
}

function stands(one: PreparedService, { good }: Move, { narrator }: Pick<Surroundings, 'narrator'>): ServiceResult {
  narrator.say(`[${one.wanted.service}] unchanged: the content of revision ${good.sequence} runs and was seen healthy`)
  return resultOf(one, 'unchanged')
}
