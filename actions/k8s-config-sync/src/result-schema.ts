import { resultEntries, syncedObject, type JsonObject } from '@slipway/release'
import * as v from 'valibot'
import { deeds, type SyncResult } from './result.ts'

const keys = v.array(v.string())

/** The output `result`. */
export const resultSchema = v.strictObject({
  ...resultEntries,
  /** Commit of the configuration repository, where it is one of its own. */
  commit: v.exactOptional(v.string()),
  /** Target → declared name. */
  targets: v.exactOptional(
    v.record(v.string(), v.record(v.string(), v.strictObject({ ...syncedObject.entries, did: v.picklist(deeds), keys: v.exactOptional(v.strictObject({ added: keys, changed: keys, removed: keys })) }))),
  ),
})

/** What `result` says besides outcome and failures. Keys, never values. */
export function resultOf({ targets, configurationCommit }: SyncResult): JsonObject {
  return {
    ...(configurationCommit === undefined ? {} : { commit: configurationCommit }),
    targets: Object.fromEntries(
      targets.map(({ target, objects }) => [
        target,
        Object.fromEntries(objects.map(({ declaredName, difference, ...object }) => [declaredName, { ...object, ...(difference === undefined ? {} : { keys: { added: difference.added, changed: difference.changed, removed: difference.removed } }) }])),
      ]),
    ),
  }
}
