import { Failed, type Failure } from '@slipway/report'
import { allSettled, type Mission, type Surroundings } from './delivery.ts'
import { toldByTarget } from './in-each-target.ts'
import { targetNarrator } from './target-narrator.ts'

/** A target, and how it is reached. */
export interface TargetToReach {
  readonly target: Mission['target']
  /** @throws Failed where the role, the account or the cluster is not to be had. */
  reach(): Promise<Surroundings>
}

/** What was done in each target, and what failed in others; by target. */
export interface Done<T> {
  readonly done: ReadonlyMap<string, T>
  readonly failed: ReadonlyMap<string, readonly Failure[]>
}

/** Does the work for all targets side by side. One that fails holds up no other. */
export async function eachForItself<T, R>(targets: ReadonlyMap<string, T>, work: (one: T, target: string) => Promise<R>): Promise<Done<R>> {
  const ends = await allSettled(
    [...targets].map(async ([target, one]) => {
      try {
        return { target, result: await work(one, target) }
      } catch (error) {
        if (!(error instanceof Failed)) throw error
        return { target, failures: error.failures }
      }
    }),
  )
  return {
    done: new Map(ends.flatMap((end) => ('result' in end ? [[end.target, end.result] as const] : []))),
    failed: new Map(ends.flatMap((end) => ('failures' in end ? [[end.target, end.failures] as const] : []))),
  }
}

/**
 * Reaches all targets side by side, and does the first work in each.
 * @throws Failed with what each of them says where none can be reached.
 */
export async function reachEach<R>(targets: readonly TargetToReach[], work: (target: TargetToReach['target'], around: Surroundings) => Promise<R>): Promise<Done<R>> {
  const reached = await eachForItself(new Map(targets.map((one) => [one.target.name, one])), async (one) => {
    const around = await one.reach()
    const { target } = one
    return work(target, targets.length === 1 ? around : { ...around, narrator: targetNarrator(around.narrator, target.name) })
  })
  if (reached.done.size === 0) throwTold(reached.failed)
  return reached
}

/** @throws Failed with the failures of all targets, if there are any. */
export function throwTold(failures: ReadonlyMap<string, readonly Failure[]>): void {
  const [first, ...more] = toldByTarget(failures)
  if (first !== undefined) throw new Failed(first, ...more)
}
