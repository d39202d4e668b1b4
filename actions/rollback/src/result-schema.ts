import type { ListedRevision, NamedRevision, ServiceResult, UndoneTarget } from '@slipway/delivery'
import { outcomes, resultEntries, rolledService, type JsonObject } from '@slipway/release'
import { inertLine } from '@slipway/report'
import * as v from 'valibot'
import { asRollback } from './outcome.ts'
import type { Result } from './run.ts'

const texts = v.array(v.string())
const revision = v.strictObject({ sequence: v.number(), versions: texts })

/** The output `result`. */
export const resultSchema = v.strictObject({
  ...resultEntries,
  /** Of a rollback: the release that was undone, or the one whose block was lifted. */
  release: v.exactOptional(v.string()),
  /** Of a rollback: target → what became of it, service by service. */
  targets: v.exactOptional(
    v.record(
      v.string(),
      v.strictObject({
        outcome: v.picklist(outcomes),
        blocked: v.boolean(),
        services: v.record(v.string(), v.strictObject({ ...rolledService.entries, from: v.exactOptional(revision), to: v.exactOptional(revision) })),
      }),
    ),
  ),
  /** Of `list`: target → service → its revisions, the newest first. */
  revisions: v.exactOptional(
    v.record(
      v.string(),
      v.record(
        v.string(),
        v.array(v.strictObject({ sequence: v.number(), release: v.string(), versions: texts, verdict: v.string(), at: v.string(), actor: v.string(), commit: v.string(), runs: v.boolean(), blocked: v.exactOptional(v.string()) })),
      ),
    ),
  ),
  /** Of `unblock`: target → the services where a block was lifted. */
  unblocked: v.exactOptional(v.record(v.string(), texts)),
})

/** What `result` says besides outcome and failures. */
export function resultOf(result: Result): JsonObject {
  switch (result.kind) {
    case 'undone':
      return { release: inertLine(result.undone.release), targets: Object.fromEntries(result.undone.targets.map((one) => [one.target, targetOf(one)])) }
    case 'listed':
      return { revisions: Object.fromEntries([...result.listed.targets].map(([target, services]) => [target, Object.fromEntries(services.map(({ service, revisions }) => [service, revisions.map(listedOf)]))])) }
    case 'unblocked':
      return { release: inertLine(result.release), unblocked: Object.fromEntries([...result.unbarred.targets].map(([target, lifted]) => [target, [...new Set(lifted.map(({ service }) => service))]])) }
  }
}

function targetOf({ outcome, isBlocked, services, moves }: UndoneTarget): JsonObject {
  return { outcome: asRollback(outcome), blocked: isBlocked, services: Object.fromEntries(services.map((one) => [one.service, serviceOf(one, moves.get(one.service))])) }
}

function serviceOf({ sequence, status, seconds }: ServiceResult, move: { readonly from: NamedRevision; readonly to: NamedRevision } | undefined): JsonObject {
  const version = move?.to.versions.at(-1)
  return {
    sequence,
    ...(version === undefined ? {} : { version: inertLine(version) }),
    status,
    seconds,
    ...(move === undefined ? {} : { from: named(move.from), to: named(move.to) }),
  }
}

function named({ sequence, versions }: NamedRevision): JsonObject {
  return { sequence, versions: versions.map((one) => inertLine(one)) }
}

function listedOf({ head, isRunning, block }: ListedRevision): JsonObject {
  const { sequence, release, versions, verdict, createdAt, source } = head
  return {
    sequence,
    release: inertLine(release),
    versions: versions.map((one) => inertLine(one)),
    verdict,
    at: inertLine(createdAt),
    actor: inertLine(source.actor),
    commit: inertLine(source.commit),
    runs: isRunning,
    ...(block === undefined ? {} : { blocked: inertLine(`by ${block.actor}: ${block.reason}`) }),
  }
}
