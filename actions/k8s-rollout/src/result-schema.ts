import type { Adoption, ServiceResult } from '@slipway/delivery'
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
          /** Objects whose fields belong, or belonged, to others: whose, and what becomes of them. Fields without their values. */
          adoption: v.exactOptional(
            v.array(
              v.strictObject({
                object: v.string(),
                owners: v.array(v.strictObject({ manager: v.string(), operation: v.string(), subresource: v.exactOptional(v.string()), fields: v.number() })),
                changes: v.array(v.string()),
                goes: v.array(v.string()),
                refused: v.exactOptional(v.string()),
              }),
            ),
          ),
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

function serviceOf({ sequence, status, seconds, failure, restored, replaced, adoption }: ServiceResult, images: Readonly<Record<string, string>>): JsonObject {
  return {
    sequence,
    status,
    seconds,
    images: { ...images },
    ...(failure === undefined ? {} : { failure: failure.code }),
    ...(restored === undefined ? {} : { restored: { sequence: restored.sequence, from: restored.from } }),
    ...(adoption === undefined ? {} : { adoption: adoption.map(adoptionOf) }),
    ...(replaced === undefined ? {} : { replaced: sourceOf(replaced) }),
  }
}

/** Names in a cluster are anybody's words. */
function adoptionOf({ object, owners, changes, goes, refused }: Adoption): JsonObject {
  return {
    object: inertLine(object),
    owners: owners.map(({ manager, operation, subresource, fields }) => ({ manager: inertLine(manager), operation: inertLine(operation), ...(subresource === undefined ? {} : { subresource: inertLine(subresource) }), fields })),
    changes: changes.map((field) => inertLine(field)),
    goes: goes.map((field) => inertLine(field)),
    ...(refused === undefined ? {} : { refused: inertLine(refused) }),
  }
}

function sourceOf({ sequence, source: { commit, ref, actor }, at }: NonNullable<ServiceResult['replaced']>): JsonObject {
  return { sequence, commit: inertLine(commit), ref: inertLine(ref), actor: inertLine(actor), at: inertLine(at) }
}
