import { failureCodes } from '@slipway/report'
import * as v from 'valibot'
import { outcomes } from './outcome.ts'

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

/** A failure in it. */
export type FailureEntry = v.InferOutput<typeof failure>
