import { Failed, Problems, failureText, type Failure } from '@slipway/report'
import { allSettled } from './delivery.ts'

/**
 * Does the same for several targets side by side, each with its own problems; waits for all of them.
 * @throws Failed with the problems of all targets, each with its target's name; what is wrong in every one is told once.
 */
export async function inEachTarget<Target, T>(targets: readonly Target[], nameOf: (target: Target) => string, work: (target: Target, problems: Problems) => Promise<T>): Promise<T[]> {
  const ends = await allSettled(
    targets.map(async (target) => {
      const problems = new Problems()
      const done = await problems.tryAsync(() => work(target, problems))
      return { name: nameOf(target), problems: problems.all, done }
    }),
  )
  const [first, ...more] = toldByTarget(new Map(ends.map(({ name, problems }) => [name, problems])))
  if (first !== undefined) throw new Failed(first, ...more)
  return ends.flatMap(({ done }) => (done === undefined ? [] : [done]))
}

/** The problems of targets: one that all have is told once, any other names its target where there are several. */
export function toldByTarget(problems: ReadonlyMap<string, readonly Failure[]>): Failure[] {
  const texts = [...problems.values()].map((failures) => new Set(failures.map(failureText)))
  const told = new Set<string>()
  return [...problems].flatMap(([target, failures]) =>
    failures.flatMap((failure) => {
      const text = failureText(failure)
      if (texts.some((all) => !all.has(text))) return [named(failure, target)]
      if (told.has(text)) return []
      told.add(text)
      return [failure]
    }),
  )
}

function named(failure: Failure, target: string): Failure {
  const name = `target ${target}`
  // A place in a file stands where the target would.
  if (failure.at !== undefined) return { ...failure, what: `${failure.what} (${name})` }
  const { where } = failure
  if (where === undefined || where === target) return { ...failure, where: name }
  return where.includes(name) ? failure : { ...failure, where: `${where}, ${name}` }
}
