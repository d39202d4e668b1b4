import { failureCodes, inertLine, type Failure } from '@slipway/report'
import * as v from 'valibot'
import type { JsonObject } from './canonical.ts'
import { outcomes, type Outcome } from './outcome.ts'

const failure = v.strictObject({
  code: v.picklist(Object.keys(failureCodes)),
  /** What happened, in one sentence. */
  what: v.string(),
  /** An object and its target, an input, a service. */
  where: v.exactOptional(v.string()),
  /** The place in a file of the user's. */
  at: v.exactOptional(v.strictObject({ file: v.string(), line: v.exactOptional(v.number()), column: v.exactOptional(v.number()) })),
  why: v.string(),
  /** What to do now. */
  next: v.string(),
})

/** The members of the output `result` that every action writes; its own are absent where it was refused before it knew them. */
export const resultEntries = {
  version: v.literal(1),
  action: v.string(),
  outcome: v.picklist(outcomes),
  failures: v.array(failure),
}

/** The output `result`: one JSON document, its texts inert, since a later step may print it. */
export function encodeResult(action: string, outcome: Outcome, failures: readonly Failure[], own: JsonObject): string {
  return JSON.stringify({ version: 1, action, outcome, failures: failures.map(inertFailure), ...own })
}

function inertFailure({ code, what, where, at, why, next }: Failure): v.InferOutput<typeof failure> {
  return {
    code,
    what: inertLine(what),
    ...(where === undefined ? {} : { where: inertLine(where) }),
    ...(at === undefined ? {} : { at: { ...at, file: inertLine(at.file) } }),
    why: inertLine(why),
    next: inertLine(next),
  }
}
