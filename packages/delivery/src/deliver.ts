import type { ContentNames, RecordHead } from '@slipway/release'
import { Problems } from '@slipway/report'
import { underway, type Delivery, type ServiceResult, type Surroundings, type Underway } from './delivery.ts'
import { keepBefore } from './adopt-before.ts'
import { planTexts } from './adopt-texts.ts'
import { behindLocks } from './behind-locks.ts'
import { judge } from './judge.ts'
import type { History, Lock } from './ports.ts'
import { preflight } from './preflight.ts'
import { prepare, type KnownBefore, type PreparedService } from './prepare.ts'
import { restore } from './restore.ts'
import { resultOf, resultOfRevision } from './result.ts'
import { revise } from './revise.ts'
import { settleLeft } from './settle.ts'

/** A target's services, checked. */
export interface CheckedTarget {
  readonly prepared: readonly PreparedService[]
  /** When the checks were begun, on the run's monotonic clock. */
  readonly checkedMs: number
}

/** How long what was read for the checks, and needs no write, counts as just read. */
const recentMs = 5000

/**
 * Checks all services of a target, without any write.
 * @throws Failed with every problem.
 */
export async function checkTarget(delivery: Delivery, around: Surroundings): Promise<CheckedTarget> {
  const checkedMs = around.clock.monotonic()
  const prepared = await preflight(delivery, delivery.services, around, {
    judge: (one, problems) => judge(one, delivery, problems),
    needsRights: (prepared) => delivery.until !== 'deployed' || prepared.some((one) => !one.unchanged || newNames(one, delivery) !== undefined),
  })
  if (delivery.until === 'plan') for (const one of prepared) for (const text of planTexts(one)) around.narrator.say(`[${one.wanted.service}] ${text}`)
  return { prepared, checkedMs }
}

/**
 * Takes the checked services of a target to their wanted content: the locks of all, settle and look again of all; then
 * each by record, write, follow and label, and back to its last good content where it fails.
 */
export async function carryOut({ prepared, checkedMs }: CheckedTarget, delivery: Delivery, around: Surroundings): Promise<readonly ServiceResult[]> {
  const changing = prepared.filter((one) => !one.unchanged)
  const standing = await Promise.all(prepared.filter((one) => one.unchanged).map((one) => confirm(one, delivery, around)))
  if (changing.length === 0) return standing

  const services = delivery.services.map(({ service }) => service)
  const changed = await underway(delivery, services, around, (run) =>
    behindLocks(changing, run, {
      oust: false,
      plan: (one, lock, history) => planAgain({ planned: one, checkedMs }, lock, history, delivery, run),
      act: (plan, _, lock) => deliverOne(plan, lock, delivery, run),
    }),
  )
  return [...standing, ...changed]
}

/** A service, planned again behind its lock, and the number that its revision gets. */
interface Planned {
  readonly again: PreparedService
  readonly sequence: number
}

/** What runs already is written nowhere; other names for it are noted, and what this deploy of it came from. */
async function confirm(one: PreparedService, delivery: Delivery, { ports, narrator }: Surroundings): Promise<ServiceResult> {
  const { running } = one
  const names = newNames(one, delivery)
  if (running !== undefined && names !== undefined) await ports.records.addNames(running, names)
  narrator.say(`[${one.wanted.service}] unchanged: revision ${running?.sequence ?? 0} runs and was seen healthy`)
  return resultOf(one, 'unchanged')
}

/** What the record of the running revision is to be called besides; undefined where it is already. */
function newNames(one: PreparedService, delivery: Delivery): ContentNames | undefined {
  const names = namesOf(one, delivery)
  return one.running === undefined || isCalled(one.running, names) ? undefined : names
}

function namesOf({ wanted: { sourceKeys = [], unproven } }: PreparedService, { version, source: { configurationCommit } }: Delivery): ContentNames {
  return {
    ...(version === undefined ? {} : { version }),
    sourceKeys,
    ...(configurationCommit === undefined ? {} : { configurationCommit }),
    ...(unproven === undefined ? {} : { unproven }),
  }
}

function isCalled({ versions, sourceKeys, source }: RecordHead, names: ContentNames): boolean {
  const { version, configurationCommit = source.configurationCommit, unproven = source.unproven } = names
  return (
    (version === undefined || versions.includes(version)) &&
    (names.sourceKeys ?? []).every((key) => sourceKeys.includes(key)) &&
    configurationCommit === source.configurationCommit &&
    unproven === source.unproven
  )
}

async function deliverOne({ again, sequence }: Planned, lock: Lock, delivery: Delivery, run: Underway): Promise<ServiceResult> {
  const startedMs = run.clock.monotonic()
  if (again.unchanged) return confirm(again, delivery, run)
  const { unproven } = again.wanted
  const source = { ...delivery.source, ...(unproven === undefined ? {} : { unproven }) }
  await keepBefore(again, run)
  const revised = await revise(again, sequence, { source, ...namesOf(again, delivery) }, lock, run)
  const result = (): ServiceResult => resultOfRevision(again, revised, { sequence, milliseconds: run.clock.monotonic() - startedMs })
  if (revised.state !== 'failed' || delivery.onFailure === 'leave') return result()
  const { failure } = revised
  const back = await restore(again, lock, run)
  if (back.state === 'restored') return { ...result(), status: 'rolled-back', restored: { sequence: back.sequence, from: back.from } }
  return { ...result(), failure: { ...failure, why: `${failure.why}; ${back.why}`, next: back.next ?? failure.next } }
}

/** What was planned before the lock is planned again behind it; what a dead run left is put right first, which is seldom needed. */
async function planAgain({ planned, checkedMs }: { readonly planned: PreparedService; readonly checkedMs: number }, lock: Lock, history: Promise<History>, delivery: Delivery, run: Underway): Promise<Planned> {
  const looked = lookAgain(planned, delivery, run, { history, planned, isRecent: run.clock.monotonic() - checkedMs < recentMs })
  looked.catch(() => undefined)
  const { sequence, isAnySettled } = await settleLeft(planned.wanted.service, lock, await history, run)
  const { again, problems } = await (isAnySettled ? lookAgain(planned, delivery, run, {}) : looked)
  problems.throwIfAny()
  if (again.newest?.sequence !== planned.newest?.sequence) {
    run.narrator.warn(`[${planned.wanted.service}] revision ${again.newest?.sequence ?? 0} appeared since the plan was made; planned again from there`)
  }
  return { again, sequence }
}

async function lookAgain({ wanted }: PreparedService, delivery: Delivery, { ports }: Underway, known: KnownBefore): Promise<{ readonly again: PreparedService; readonly problems: Problems }> {
  const problems = new Problems()
  const again = await prepare(wanted, delivery, ports, problems, known)
  await judge(again, delivery, problems)
  return { again, problems }
}
