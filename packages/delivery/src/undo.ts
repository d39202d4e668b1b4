import { isWritten, workloadMarks, type RecordHead, type RunningNumbers } from '@slipway/release'
import { withAt } from '@slipway/rollout'
import { underway, type DeliveryResult, type ServiceResult, type Surroundings, type Underway } from './delivery.ts'
import { behindLocks } from './behind-locks.ts'
import { bar } from './bar.ts'
import { superseded } from './failures.ts'
import { impatient } from './impatient.ts'
import { Failed, Problems } from '@slipway/report'
import { outcomeOf } from './outcome.ts'
import type { Lock } from './ports.ts'
import { preflight } from './preflight.ts'
import { prepare, type PreparedObject, type PreparedService } from './prepare.ts'
import { resultOf, resultOfRevision } from './result.ts'
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
  const running = await around.ports.objects.running()
  // The number tells: a bad release may have renamed its workload and left the old one standing.
  const isStanding = (one: PreparedService): boolean => one.unchanged && one.running?.sequence === running.get(one.wanted.service)
  const standing = moves.filter(({ one }) => isStanding(one)).map(({ one, move }) => stands(one, move, around))
  const moving = new Map(moves.filter(({ one }) => !isStanding(one)).map(({ one, move }) => [one, move]))
  const moved =
    moving.size === 0
      ? []
      : await underway(wish, [...moving.keys()].map(({ wanted }) => wanted.service), around, (run) =>
          behindLocks([...moving.keys()], run, {
            oust: true,
            plan: (one, lock) => lookAgain(moveOf(one, moving), wish, lock, run),
            act: (planned, one, lock) => goBack(planned, moveOf(one, moving), lock, plan, run),
          }),
        )
  const services = [...plan.settled, ...standing, ...moved]
  return { ...told, services, outcome: outcomeOf(services) }
}

function moveOf(one: PreparedService, moves: ReadonlyMap<PreparedService, Move>): Move {
  const move = moves.get(one)
  if (move === undefined) throw new Error(`${one.wanted.service} was prepared without a move`)
  return move
}

/** The plan has asked for each image already; what a registry that is down could not say is no reason to stay broken. */
function withoutRegistry(around: Surroundings): Surroundings {
  return { ...around, ports: { ...around.ports, images: { has: () => Promise.resolve(true) } } }
}

/** A service, planned again behind its lock. */
interface Planned {
  readonly again: PreparedService
  /** The good content runs already, and nobody is about to write another. */
  readonly isBack: boolean
}

/** What was planned is planned again behind the lock. */
async function lookAgain(move: Move, { of }: Undo, lock: Lock, run: Underway): Promise<Planned> {
  const { service } = move.wanted
  const { ports, mission, narrator } = run
  const [{ heads }, running] = await Promise.all([ports.records.history([service]), ports.objects.running()])
  const newer = heads.filter((head) => head.sequence > move.newest && isWritten(head, running) && head.verdict !== 'failed')
  if (newer.length > 0 && of === undefined) throw new Failed(superseded(service, mission, `revision ${newer.map(({ sequence }) => sequence).join(', ')} came since the rollback was planned`))
  for (const head of newer) narrator.warn(`[${service}] revision ${head.sequence} by ${head.source.actor} came since the rollback was planned, and goes with it`)
  const closed = await closePending(heads, running, run)
  const problems = new Problems()
  const again = await prepare(move.wanted, mission, ports, problems)
  problems.throwIfAny()
  const isRunning = again.unchanged && again.running?.sequence === running.get(service)
  // Who was overtaken may still be about to write: only another number on the workload keeps that out.
  if (lock.tookFrom !== undefined) return { again: touched(again, lock), isBack: false }
  return { again, isBack: isRunning && closed === 0 }
}

/**
 * With every supporting object to be written, changed or not: a request of the run that was overtaken may still be on
 * its way, and is refused only by an object that has changed since it was read. The mark goes at the end.
 */
function touched(again: PreparedService, { sequence }: Lock): PreparedService {
  const touch = (one: PreparedObject): PreparedObject => {
    const object = withAt(one.manifest.object, ['metadata', 'annotations', workloadMarks.sequenceAnnotation], () => String(sequence))
    return { ...one, manifest: { ...one.manifest, object }, changes: true }
  }
  return { ...again, supporting: again.supporting.map(touch) }
}

/** What waits for a verdict gets none any more: what runs is judged bad by whoever rolls back, the rest never ran. */
async function closePending(heads: readonly RecordHead[], running: RunningNumbers, { ports }: Underway): Promise<number> {
  const pending = heads.filter(({ verdict }) => verdict === 'pending')
  for (const head of pending) await ports.records.conclude(head.service, head.sequence, isWritten(head, running) ? 'failed' : 'interrupted')
  return pending.length
}

async function goBack({ again, isBack }: Planned, move: Move, lock: Lock, plan: UndoPlan, run: Underway): Promise<ServiceResult> {
  const startedMs = run.clock.monotonic()
  if (isBack) return stands(again, move, run)
  const { sequence } = lock
  const { run: url, actor } = run.mission.source
  const marks = { source: { ...move.good.source, run: url, actor }, restores: move.good.sequence, undoes: plan.release, sourceKeys: move.good.sourceKeys }
  const revised = await revise(again, sequence, marks, lock, run)
  return resultOfRevision(again, revised, { sequence, milliseconds: run.clock.monotonic() - startedMs })
}

function stands(one: PreparedService, { good }: Move, { narrator }: Pick<Surroundings, 'narrator'>): ServiceResult {
  narrator.say(`[${one.wanted.service}] unchanged: the content of revision ${good.sequence} runs and was seen healthy`)
  return resultOf(one, 'unchanged')
}
