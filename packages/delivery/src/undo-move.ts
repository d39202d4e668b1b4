import { isWritten, workloadMarks, type RecordHead, type RunningNumbers } from '@slipway/release'
import { Failed, Problems } from '@slipway/report'
import { withAt } from '@slipway/rollout'
import { behindLocks } from './behind-locks.ts'
import { underway, type Mission, type ServiceResult, type Surroundings, type Underway } from './delivery.ts'
import { lockLost, superseded } from './failures.ts'
import type { History, Lock } from './ports.ts'
import { prepare, type KnownBefore, type PreparedObject, type PreparedService } from './prepare.ts'
import { resultOf, resultOfRevision } from './result.ts'
import { revise } from './revise.ts'
import type { Move, Undo } from './undo-plan.ts'

/**
 * Moves the checked services of a target back: locks are taken from running deploys, which find themselves overtaken; the
 * locks and the second looks of all come before anything is written. What is back already is written nowhere.
 * @param running The numbers that the workloads carried when what is bad was barred.
 */
export async function goBackIn(moves: ReadonlyMap<PreparedService, Move>, running: RunningNumbers, release: string, wish: Undo & Mission, around: Surroundings): Promise<readonly ServiceResult[]> {
  // The number tells: a bad release may have renamed its workload and left the old one standing.
  const isStanding = (one: PreparedService): boolean => one.unchanged && one.running?.sequence === running.get(one.wanted.service)
  const standing = [...moves].filter(([one]) => isStanding(one)).map(([one, move]) => stands(one, move, around))
  const moving = new Map([...moves].filter(([one]) => !isStanding(one)))
  if (moving.size === 0) return standing
  const services = [...moving.keys()].map(({ wanted }) => wanted.service)
  let runningNow: Promise<RunningNumbers> | undefined
  const moved = await underway(wish, services, around, (run) =>
    behindLocks([...moving.keys()], run, {
      oust: true,
      plan: (one, lock, history) => {
        runningNow ??= around.ports.objects.running()
        return lookAgain(one, moveOf(one, moving), { history, running: runningNow }, wish, lock, run)
      },
      act: (planned, one, lock) => goBack(planned, moveOf(one, moving), lock, release, run),
    }),
  )
  return [...standing, ...moved]
}

function moveOf(one: PreparedService, moves: ReadonlyMap<PreparedService, Move>): Move {
  const move = moves.get(one)
  if (move === undefined) throw new Error(`${one.wanted.service} was prepared without a move`)
  return move
}

/** A service, planned again behind its lock. */
interface Planned {
  readonly again: PreparedService
  /** The good content runs already, and nobody is about to write another. */
  readonly isBack: boolean
}

/** What is looked at once for all services behind their locks. */
interface Now {
  readonly history: Promise<History>
  readonly running: Promise<RunningNumbers>
}

/** What was planned is planned again behind the lock. */
async function lookAgain(planned: PreparedService, move: Move, now: Now, { of }: Undo, lock: Lock, run: Underway): Promise<Planned> {
  const { service } = move.wanted
  const { mission, narrator } = run
  const early = preparedAgain(move, run, { history: now.history, planned })
  early.catch(() => undefined)
  const [{ heads: all }, running] = await Promise.all([now.history, now.running])
  const heads = all.filter((head) => head.service === service)
  const newer = heads.filter((head) => head.sequence > move.newest && isWritten(head, running) && head.verdict !== 'failed')
  if (newer.length > 0 && of === undefined) throw new Failed(superseded(service, mission, `revision ${newer.map(({ sequence }) => sequence).join(', ')} came since the rollback was planned`))
  for (const head of newer) narrator.warn(`[${service}] revision ${head.sequence} by ${head.source.actor} came since the rollback was planned, and goes with it`)
  const closed = await closePending(heads, running, lock, run)
  const again = await (closed > 0 ? preparedAgain(move, run, {}) : early)
  const isRunning = again.unchanged && again.running?.sequence === running.get(service)
  // Who was overtaken may still be about to write: only another number on the workload keeps that out.
  if (lock.tookFrom !== undefined) return { again: touched(again, lock), isBack: false }
  return { again, isBack: isRunning && closed === 0 }
}

async function preparedAgain({ wanted }: Move, { mission, ports }: Underway, known: KnownBefore): Promise<PreparedService> {
  const problems = new Problems()
  const again = await prepare(wanted, mission, ports, problems, known)
  problems.throwIfAny()
  return again
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
async function closePending(heads: readonly RecordHead[], running: RunningNumbers, lock: Lock, { ports, mission }: Underway): Promise<number> {
  const pending = heads.filter(({ verdict }) => verdict === 'pending')
  for (const head of pending) {
    if (!lock.held()) throw new Failed(lockLost(`the verdict on revision ${head.sequence} of ${head.service}`, mission, lock.oustedBy()))
    await ports.records.conclude(head.service, head.sequence, isWritten(head, running) ? 'failed' : 'interrupted')
  }
  return pending.length
}

async function goBack({ again, isBack }: Planned, move: Move, lock: Lock, release: string, run: Underway): Promise<ServiceResult> {
  const startedMs = run.clock.monotonic()
  if (isBack) return stands(again, move, run)
  const { sequence } = lock
  const { run: url, actor } = run.mission.source
  const marks = { source: { ...move.good.source, run: url, actor }, restores: move.good.sequence, undoes: release, sourceKeys: move.good.sourceKeys }
  const revised = await revise(again, sequence, marks, lock, run)
  return resultOfRevision(again, revised, { sequence, milliseconds: run.clock.monotonic() - startedMs })
}

function stands(one: PreparedService, { good }: Move, { narrator }: Pick<Surroundings, 'narrator'>): ServiceResult {
  narrator.say(`[${one.wanted.service}] unchanged: the content of revision ${good.sequence} runs and was seen healthy`)
  return resultOf(one, 'unchanged')
}
