import { toldByTarget } from '@slipway/delivery'
import type { Failure } from '@slipway/report'
import type { Result } from './run.ts'

/** Everything that failed, target by target; a failure of one of several targets names it. */
export function failuresOf(result: Result): readonly Failure[] {
  return toldByTarget(byTarget(result))
}

function byTarget(result: Result): ReadonlyMap<string, readonly Failure[]> {
  switch (result.kind) {
    case 'listed':
      return result.listed.failures
    case 'unblocked':
      return result.unbarred.failures
    case 'undone':
      return new Map(result.undone.targets.map(({ target, failures, services }) => [target, [...new Set([...failures, ...services.flatMap(({ failure }) => failure ?? [])])]]))
  }
}
