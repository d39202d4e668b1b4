import { resultEntries, type JsonObject } from '@slipway/release'
import { inertLine } from '@slipway/report'
import * as v from 'valibot'
import type { Result } from './run.ts'

/** The output `result`. */
export const resultSchema = v.strictObject({
  ...resultEntries,
  /** The version that the commit has; where nothing changed, the last one. */
  release: v.exactOptional(v.strictObject({ version: v.string(), previousVersion: v.exactOptional(v.string()), tag: v.string(), sha: v.string(), created: v.boolean() })),
  /** The release's page at GitHub. */
  page: v.exactOptional(v.strictObject({ url: v.string(), draft: v.boolean() })),
  /** The run that takes the tag to production. */
  run: v.exactOptional(v.strictObject({ url: v.string(), state: v.string() })),
})

/** What `result` says besides outcome and failures. */
export function resultOf({ tagged: { version, previous, tag, commit, isOurs }, released, started }: Result): JsonObject {
  return {
    release: { version, ...(previous === undefined ? {} : { previousVersion: previous.version }), tag, sha: commit, created: isOurs },
    ...(released === undefined ? {} : { page: { url: inertLine(released.page.url), draft: released.page.isDraft } }),
    ...(started === undefined ? {} : { run: { url: inertLine(started.run.url), state: inertLine(started.run.state) } }),
  }
}
