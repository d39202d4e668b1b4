import { healthyRuns, isCalled, releasesOf, type RecordHead, type ReleaseHistory, type RunningNumbers } from '@slipway/release'

/** What is recorded in one target, and the number that each service's workload carries there. */
export interface TargetHistory {
  readonly heads: readonly RecordHead[]
  readonly running: RunningNumbers
}

/** One release over the targets of an environment. */
export interface EnvironmentRelease {
  readonly release: string
  /** Target → what it did there; targets that it never reached are not among them. */
  readonly targets: ReadonlyMap<string, ReleaseHistory>
}

/**
 * The releases that changed an environment, the newest first. `named` keeps what is recorded and not written yet.
 */
export function environmentReleases(targets: ReadonlyMap<string, TargetHistory>, named = false): EnvironmentRelease[] {
  return merged(new Map([...targets].map(([name, { heads, running }]) => [name, releasesOf(heads, running, named)])))
}

/**
 * The release that a rollback undoes where none is named: the newest of which anything stands anywhere. Right after a
 * rollback it is the one that was undone, so that a second click changes nothing. Several where the clocks of the
 * targets are too close to tell which of them came last; none where nothing stands.
 */
export function releasesToUndo(releases: readonly EnvironmentRelease[], targets: ReadonlyMap<string, TargetHistory>): EnvironmentRelease[] {
  const standing = latest(releases.filter((one) => [...one.targets.values()].some(({ brought, undone }) => brought.some(({ service }) => !undone.has(service)))))
  const runs = latest(merged(new Map([...targets].map(([name, { heads, running }]) => [name, healthyRuns(heads, running)]))))
  if (runs.length === 0) return standing
  return [
    ...new Set(
      runs.flatMap((run) => {
        const undoes = [...run.targets.values()].find((one) => one.undoes !== undefined)?.undoes
        const undone = undoes === undefined ? undefined : releases.find(({ release }) => release === undoes)
        return undone === undefined ? standing : [undone]
      }),
    ),
  ]
}

/** The release that `of` names: an id, the URL or number of its run, or a version; the newest where several have it. */
export function namedRelease(releases: readonly EnvironmentRelease[], of: string): EnvironmentRelease | undefined {
  return releases.find(({ release, targets }) => {
    const brought = [...targets.values()].flatMap((one) => one.brought)
    return release === of || brought.some(({ source, versions }) => source.run === of || source.run.endsWith(`/runs/${of}`) || isCalled(versions, of))
  })
}

/**
 * A release with its other halves: a run that was started again, or a version that was deployed again, is another
 * release, and leaves alone the targets where the first one went well. Only what runs there counts, or was undone last.
 */
export function withOtherHalves(chosen: EnvironmentRelease, releases: readonly EnvironmentRelease[], targets: ReadonlyMap<string, TargetHistory>): EnvironmentRelease {
  const names = new Set([...chosen.targets.values()].flatMap(({ brought }) => brought.flatMap(namesOf)))
  const halves = [...targets].flatMap(([target, { heads, running }]) => {
    if (chosen.targets.has(target)) return []
    const live = heads.filter(({ service, sequence }) => running.get(service) === sequence)
    const isHalf = ({ release, brought }: ReleaseHistory): boolean =>
      brought.some((head) => namesOf(head).some((name) => names.has(name))) && live.some((head) => head.release === release || head.undoes === release)
    const history = releases.flatMap((one) => one.targets.get(target) ?? []).find(isHalf)
    return history === undefined ? [] : [[target, history] as const]
  })
  return { ...chosen, targets: new Map([...chosen.targets, ...halves]) }
}

function namesOf({ versions, source }: RecordHead): string[] {
  return [...versions, ...(source.run === '' ? [] : [source.run])]
}

/** Clocks of API servers agree to within this. */
const skewMs = 10_000

interface Dated {
  readonly release: string
  readonly at: string
}

interface Merged<One> {
  readonly release: string
  readonly targets: ReadonlyMap<string, One>
}

/**
 * One order out of each target's own: what one target saw first came first. Only where no target saw both do the
 * clocks decide, or where each of two is the later one somewhere, as of runs that overlapped.
 */
function merged<One extends Dated>(lists: ReadonlyMap<string, readonly One[]>): Merged<One>[] {
  const all = new Map<string, Map<string, One>>()
  for (const [target, list] of lists) for (const one of list) all.set(one.release, (all.get(one.release) ?? new Map<string, One>()).set(target, one))
  let left: readonly (readonly One[])[] = [...lists.values()]
  const order: Merged<One>[] = []
  while (order.length < all.size) {
    const firsts = left.flatMap(([first]) => first ?? [])
    const free = firsts.filter(({ release }) => left.every((list) => list.findIndex((one) => one.release === release) <= 0))
    const [next] = (free.length > 0 ? free : firsts).map(({ release }) => ({ release, targets: all.get(release) ?? new Map<string, One>() })).toSorted((a, b) => timeOf(b) - timeOf(a))
    if (next === undefined) break
    order.push(next)
    left = left.map((list) => list.filter(({ release }) => release !== next.release))
  }
  return order
}

/** The first, and each that no target saw beside it and that the clocks cannot tell from it. */
function latest<One extends Dated>(newestFirst: readonly Merged<One>[]): Merged<One>[] {
  const [first, ...others] = newestFirst
  if (first === undefined) return []
  return [first, ...others.filter((other) => Math.abs(timeOf(other) - timeOf(first)) < skewMs && ![...other.targets.keys()].some((target) => first.targets.has(target)))]
}

function timeOf({ targets }: Merged<Dated>): number {
  return Math.max(...[...targets.values()].map(({ at }) => Date.parse(at)))
}
