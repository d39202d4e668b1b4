import { isWritten, type Outcome, type ReleaseHistory, type RunningNumbers } from '@slipway/release'
import { Failed, Problems, list, type Failure } from '@slipway/report'
import { bar, barredHere } from './bar.ts'
import type { Mission, ServiceResult, Surroundings } from './delivery.ts'
import { environmentReleases } from './environment-history.ts'
import { impatient } from './impatient.ts'
import { toldByTarget } from './in-each-target.ts'
import { outcomeOf, outcomeOfTargets } from './outcome.ts'
import { preflight, type PreflightCaller } from './preflight.ts'
import type { PreparedService } from './prepare.ts'
import { eachForItself, reachEach, throwTold, type TargetToReach } from './reach.ts'
import { resultOf } from './result.ts'
import { goBackIn } from './undo-move.ts'
import { planUndo, type Move, type NamedRevision, type Undo, type UndoPlan } from './undo-plan.ts'
import { knownNow, knownToUndo, undoneRelease, type Known } from './undo-release.ts'

/** What became of a rollback, by target in the order in which they were given. */
export interface UndoResult {
  /** The release that was undone. */
  readonly release: string
  readonly outcome: Outcome
  readonly targets: readonly UndoneTarget[]
}

/** What became of a rollback in one target. */
export interface UndoneTarget {
  readonly target: string
  readonly outcome: Outcome
  readonly services: readonly ServiceResult[]
  /** Service → the bad revision and the one gone back to. */
  readonly moves: ReadonlyMap<string, Moved>
  /** Whether what the release brought is blocked there, from now on or already. */
  readonly isBlocked: boolean
  /** Why nothing moved there, or what could not be blocked. */
  readonly failures: readonly Failure[]
}

/** How one service goes back. */
export interface Moved {
  readonly from: NamedRevision
  readonly to: NamedRevision
  /** Declared names of Secrets that keep their newest version. */
  readonly keptSecrets: readonly string[]
}

/**
 * Undoes a release in all targets: only what it changed, each service to its last good revision before it. What is bad is
 * blocked first, in every target; then all targets move side by side. One that has nothing to go back to, or cannot be
 * reached while the release is named, holds up no other. Repeated, it writes nothing.
 * @throws Failed with every problem where nothing can go back anywhere; before anything is written, unless it is the block
 * that cannot be.
 */
export async function undo(wish: Undo, targets: readonly TargetToReach[]): Promise<UndoResult> {
  const { done: sites, failed: unreached } = await reachEach(targets, async (target, around): Promise<Site> => {
    around.ports.rights.ahead()
    return { target, around, known: await knownToUndo(wish, around) }
  })
  const { release, targets: changed } = chosen(wish, sites, unreached)
  if (unreached.size > 0 && wish.of === undefined) throw new Failed(unknownNewest(release, unreached), ...toldByTarget(unreached))
  const checked = new Map(await Promise.all([...sites].map(async ([name, site]) => [name, await check(site, changed.get(name), wish)] as const)))
  throwUnlessAny([...changed.keys()], checked, unreached)
  const end = (moved: ReadonlyMap<string, readonly ServiceResult[]>, failed: ReadonlyMap<string, readonly Failure[]>, isBlocked: (name: string) => boolean): UndoResult => {
    const ends = targets.map(({ target: { name } }): UndoneTarget => ({
      ...undone(name, checked.get(name), moved.get(name), [...(unreached.get(name) ?? []), ...(failed.get(name) ?? [])], wish),
      isBlocked: isBlocked(name),
    }))
    return { release, outcome: outcomeOfTargets(ends.map(({ outcome }) => outcome)), targets: ends }
  }
  if (wish.until !== 'deployed') return end(new Map([...checked].map(([name, { prepared }]) => [name, [...prepared.keys()].map((one) => resultOf(one, one.unchanged ? 'unchanged' : 'planned'))])), new Map(), () => false)

  const { unblocked, blocked, running } = await blockedFirst(checked, release, wish)
  throwUnlessAny([...changed.keys()], checked, new Map([...unreached, ...unblocked]))
  const movable = new Map([...checked].filter(([name, site]) => !isRefused(site) && !unblocked.has(name)))
  const participants = [...movable.values()].flatMap(({ target: { name: target, namespace }, prepared }) => [...prepared.keys()].map(({ wanted: { service } }) => ({ target, namespace, service })))
  const { done, failed } = await eachForItself(movable, async ({ target, prepared, around, history }) =>
    goBackIn(prepared, running.get(target.name) ?? (await around.ports.objects.running()), history?.release ?? release, { ...wish, target, participants }, around),
  )
  return end(done, new Map([...unblocked, ...failed]), (name) => blocked.has(name))
}

/** A guess would undo a good release where the bad one never came, and the next click would take it for the one to undo everywhere. */
function unknownNewest(release: string, unreached: ReadonlyMap<string, unknown>): Failure {
  const names = list([...unreached.keys()], 'and')
  return {
    code: 'input-missing',
    what: `which release is the newest cannot be told: ${names} cannot be reached`,
    why: `the newest of the other targets is ${release}; what came to ${names} is not known`,
    next: 'name the bad release by the input "of": then all that can be reached goes back at once, and the same click brings the rest back later',
  }
}

/** A target that was reached, and what is known of it. */
interface Site {
  readonly target: Mission['target']
  readonly around: Surroundings
  readonly known: Known
}

/** A target with its checked plan. */
interface Checked extends Site {
  /** What the release did there; absent where it never reached the target. */
  readonly history?: ReleaseHistory
  /** Absent where there is none to make, or where it could not be made. */
  readonly plan?: UndoPlan
  readonly prepared: ReadonlyMap<PreparedService, Move>
  /** Why nothing moves. */
  readonly failures: readonly Failure[]
}

/** The release that is undone. What could not be reached is told where none is found. */
function chosen(wish: Undo, sites: ReadonlyMap<string, Site>, unreached: ReadonlyMap<string, readonly Failure[]>): ReturnType<typeof undoneRelease> {
  const problems = new Problems()
  const release = problems.try(() => undoneRelease(wish, new Map([...sites].map(([name, { known }]) => [name, known]))))
  if (release !== undefined) return release
  for (const failure of toldByTarget(unreached)) problems.add(failure)
  problems.throwIfAny()
  throw new Error('a release that is not found is a problem')
}

/** Plans a target and makes every check that needs no write. */
async function check(site: Site, history: ReleaseHistory | undefined, wish: Undo): Promise<Checked> {
  const { target, around, known } = site
  const empty = { ...site, prepared: new Map<PreparedService, Move>(), failures: [] }
  if (history === undefined) return empty
  const nothing = { ...empty, history }
  const problems = new Problems()
  const mission = { ...wish, target }
  const plan = await problems.tryAsync(() => planUndo(history, mission, known, { ...around, ports: { ...around.ports, images: impatient(around.ports.images, around.clock) } }))
  if (plan === undefined) return { ...nothing, failures: problems.all }
  for (const warning of plan.warnings) around.narrator.warn(warning)
  if (plan.refused.length > 0) return { ...nothing, plan, failures: plan.refused }
  const prepared = await problems.tryAsync(() => preflight(mission, plan.moves.map(({ wanted }) => wanted), withoutRegistry(around), blocking))
  if (prepared === undefined) return { ...nothing, plan, failures: problems.all }
  return { ...nothing, plan, prepared: new Map(plan.moves.flatMap((move, index) => prepared.slice(index, index + 1).map((one) => [one, move] as const))) }
}

/** What is bad is blocked, whatever moves. */
const blocking: PreflightCaller = { judge: () => undefined, needsRights: () => true }

/** The plan has asked for each image already; what a registry that is down could not say is no reason to stay broken. */
function withoutRegistry(around: Surroundings): Surroundings {
  return { ...around, ports: { ...around.ports, images: { has: () => Promise.resolve(true) } } }
}

/** Where what the release brought is barred from now on or was already, and where it could not be. */
interface Blocked {
  readonly blocked: ReadonlySet<string>
  readonly unblocked: ReadonlyMap<string, readonly Failure[]>
  /** The numbers that the workloads of each target carried when it was looked at again. */
  readonly running: ReadonlyMap<string, RunningNumbers>
}

/**
 * Bars what the release brought, in every target, reached by it or not; and looks again: what a running deploy has
 * recorded meanwhile goes back, too, and what it records from now on finds the block. Gives what could not be blocked.
 */
async function blockedFirst(checked: Map<string, Checked>, release: string, wish: Undo): Promise<Blocked> {
  if (!wish.block) return { unblocked: new Map(), blocked: new Set(), running: new Map() }
  for (;;) {
    const all = [...checked.values()].flatMap(({ plan }) => plan?.barred ?? [])
    const { done, failed } = await eachForItself(checked, async ({ plan, around }) => {
      const own = plan?.barred ?? []
      const elsewhere = all.filter(({ service }) => own.every((one) => one.service !== service))
      const barred = [...own, ...(await barredHere(elsewhere, wish, around))]
      await bar(barred, plan?.release ?? release, wish, around)
      return barred.length > 0
    })
    const late = await eachForItself(new Map([...checked].filter(([name]) => !failed.has(name))), (site) => lookedAgain(site, site.history?.release ?? release, wish))
    const came = [...late.done].flatMap(([name, { late: site }]) => (site === undefined ? [] : [[name, site] as const]))
    if (came.length === 0) {
      const unblocked = new Map([...failed, ...late.failed])
      const running = new Map([...late.done].map(([name, again]) => [name, again.running]))
      return { unblocked, running, blocked: new Set([...done].flatMap(([name, isBarred]) => (isBarred && !unblocked.has(name) ? [name] : []))) }
    }
    for (const [name, site] of came) checked.set(name, site)
  }
}

/** What runs in a target now; and the target with a new plan, where a deploy of the release has gone on there since it was planned. */
async function lookedAgain(site: Checked, release: string, wish: Undo): Promise<{ readonly running: RunningNumbers; readonly late?: Checked }> {
  const { target, around } = site
  const known = await knownNow(wish, around)
  const { running } = known
  const history = environmentReleases(new Map([[target.name, known]]), true).find((one) => one.release === release)?.targets.get(target.name)
  const late = (history?.brought ?? []).filter((head) => {
    const isPlanned = site.history?.brought.some(({ service }) => service === head.service) ?? false
    return !isPlanned && (isWritten(head, running) || site.known.heads.every(({ name }) => name !== head.name))
  })
  if (late.length === 0) return { running }
  for (const head of late) around.narrator.warn(`[${head.service}] revision ${head.sequence} of ${release} came since the rollback was planned, and goes back, too`)
  return { running, late: await check({ target, around, known }, history, wish) }
}

function isRefused(site: Checked | undefined): boolean {
  return site === undefined || site.failures.length > 0
}

/** @throws Failed with everything that failed anywhere, where that leaves none of the changed targets. */
function throwUnlessAny(changed: readonly string[], checked: ReadonlyMap<string, Checked>, failed: ReadonlyMap<string, readonly Failure[]>): void {
  if (changed.some((name) => !isRefused(checked.get(name)) && !failed.has(name))) return
  const all = [...failed.keys(), ...checked.keys()].map((name) => [name, [...(failed.get(name) ?? []), ...(checked.get(name)?.failures ?? [])]] as const)
  throwTold(new Map(all))
}

function undone(target: string, site: Checked | undefined, moved: readonly ServiceResult[] | undefined, more: readonly Failure[], { until }: Undo): Omit<UndoneTarget, 'isBlocked'> {
  const failures = [...(site?.failures ?? []), ...more]
  const { plan } = site ?? {}
  const moves = new Map((plan?.moves ?? []).map(({ wanted, bad, good, keptSecrets }) => [wanted.service, { from: bad, to: good, keptSecrets }]))
  const unmoved = (plan?.moves ?? []).map(({ wanted, bad }): ServiceResult => ({ service: wanted.service, sequence: bad.sequence, status: 'refused', seconds: 0, wrote: false }))
  const services = [...(plan?.settled ?? []), ...(failures.length > 0 || moved === undefined ? unmoved : moved)]
  return { target, services, moves, failures, outcome: failures.length > 0 ? 'refused' : until === 'deployed' ? outcomeOf(services) : 'planned' }
}
