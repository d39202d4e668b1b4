import { builtImage, resultEntries, type JsonObject } from '@slipway/release'
import { inertLine } from '@slipway/report'
import * as v from 'valibot'
import { copyDeeds, deeds, type RunResult } from './result.ts'

/** The output `result`. */
export const resultSchema = v.strictObject({
  ...resultEntries,
  /** The commit of the configuration that was proven with the images, where it has a repository of its own. */
  'configuration-commit': v.exactOptional(v.string()),
  /** By service. */
  services: v.exactOptional(v.record(v.string(), v.strictObject({ did: v.picklist(deeds), reason: v.string(), image: v.exactOptional(builtImage), copies: v.exactOptional(v.record(v.string(), v.picklist(copyDeeds))), seconds: v.exactOptional(v.number()) }))),
})

/** What `result` says besides outcome and failures. */
export function resultOf({ services, configurationCommit }: RunResult): JsonObject {
  return {
    ...(configurationCommit === undefined ? {} : { 'configuration-commit': configurationCommit }),
    services: Object.fromEntries(
      services.map(({ service, did, reason, image, copies, milliseconds }) => [
        service,
        { did, reason: inertLine(reason), ...(image === undefined ? {} : { image }), ...(copies === undefined ? {} : { copies: Object.fromEntries(copies) }), ...(milliseconds === undefined ? {} : { seconds: Math.round(milliseconds / 100) / 10 }) },
      ]),
    ),
  }
}
