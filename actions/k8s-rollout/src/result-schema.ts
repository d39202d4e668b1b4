import type { ServiceResult } from '@slipway/delivery'
import { resultEntries, rolledService, type JsonObject } from '@slipway/release'
import { inertLine } from '@slipway/report'
import * as v from 'valibot'
import type { RolloutResult } from './run.ts'

/** The output `result`. */
export const resultSchema = v.strictObject({
  ...resultEntries,
  /** The version that was rolled out. */
  release: v.exactOptional(v.string()),
  /** Target → service. */
  targets: v.exactOptional(
    v.record(
      v.string(),
      v.record(
        v.string(),
        v.strictObject({
          ...rolledService.entries,
          /** Repository → digest. */
          images: v.record(v.string(), v.string()),
          failure: v.exactOptional(v.string()),
          /** What was put back after a failure: the new revision, and the one whose content it has. */
          restored: v.exactOptional(v.strictObject({ sequence: v.number(), from: v.number() })),
          /** What ran before, and whose work it was. */
          replaced: v.exactOptional(v.strictObject({ sequence: v.number(), commit: v.string(), ref: v.string(), actor: v.string(), at: v.string() })),
        }),
      ),
    ),
  ),
})

/** What `result` says besides outcome and failures. */
export function resultOf({ targets, wanted }: RolloutResult, version: string | undefined): JsonObject {
  return {
    ...(version === undefined ? {} : { release: inertLine(version) }),
    targets: Object.fromEntries(
      targets.map(({ target, services }) => [target, Object.fromEntries(services.map((one) => [one.service, serviceOf(one, wanted.get(target)?.find(({ service }) => service === one.service)?.images ?? {})]))]),
    ),
  }
}

function serviceOf({ sequence, status, seconds, failure, restored, replaced }: ServiceResult, images: Readonly<Record<string, string>>): JsonObject {
  return {
    sequence,
    status,
    seconds,
    images: { ...images },
    ...(failure === undefined ? {} : { failure: failure.code }),
    ...(restored === undefined ? {} : { restored: { sequence: restored.sequence, from: restored.from } }),
    ...(replaced === undefined ? {} : { replaced: sourceOf(replaced) }),
  }
}

function sourceOf({ sequence, source: { commit, ref, actor }, at }: NonNullable<ServiceResult['replaced']>): JsonObject {
  return { sequence, commit: inertLine(commit), ref: inertLine(ref), actor: inertLine(actor), at: inertLine(at) }
}
