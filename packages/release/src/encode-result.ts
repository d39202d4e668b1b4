import { inertLine, type Failure } from '@slipway/report'
import type { JsonObject } from './canonical.ts'
import type { Outcome } from './outcome.ts'
import type { FailureEntry } from './result.ts'

/** The output `result`: one JSON document, its texts inert, since a later step may print it. */
export function encodeResult(action: string, outcome: Outcome, failures: readonly Failure[], own: JsonObject): string {
  return JSON.stringify({ version: 1, action, outcome, failures: failures.map(inertFailure), ...own })
}

function inertFailure({ code, what, where, at, why, next }: Failure): FailureEntry {
  return {
    code,
    what: inertLine(what),
    ...(where === undefined ? {} : { where: inertLine(where) }),
    ...(at === undefined ? {} : { at: { ...at, file: inertLine(at.file) } }),
    why: inertLine(why),
    next: inertLine(next),
  }
}
