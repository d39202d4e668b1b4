import type { RolledService } from '@slipway/release'
import type { ServiceResult } from './delivery.ts'
import type { PreparedService } from './prepare.ts'
import type { Revised } from './revise.ts'

/** What became of a prepared service; with a number of its own where one was given out for it. */
export function resultOf(one: PreparedService, status: RolledService['status'], made?: { readonly sequence: number; readonly milliseconds: number }): ServiceResult {
  const before = one.running ?? one.newest
  const adoption = [one.workload, ...one.supporting].flatMap(({ taking }) => taking?.adoption ?? [])
  return {
    service: one.wanted.service,
    sequence: made?.sequence ?? before?.sequence ?? 0,
    status,
    seconds: Math.round((made?.milliseconds ?? 0) / 100) / 10,
    wrote: made !== undefined,
    ...(adoption.length === 0 ? {} : { adoption }),
    ...(before !== undefined && made !== undefined ? { replaced: { sequence: before.sequence, source: before.source, at: before.createdAt } } : {}),
  }
}

/** What became of a service that was made a revision, as far as that itself goes: nothing is put back here. */
export function resultOfRevision(one: PreparedService, revised: Revised, made: { readonly sequence: number; readonly milliseconds: number }): ServiceResult {
  switch (revised.state) {
    case 'healthy':
      return resultOf(one, 'healthy', made)
    case 'stopped':
      return { ...resultOf(one, 'cancelled', made), failure: revised.failure, wrote: revised.wrote }
    case 'superseded':
      return { ...resultOf(one, 'superseded', made), failure: revised.failure, wrote: revised.wrote }
    case 'cut-off':
      return { ...resultOf(one, 'failed', made), failure: revised.failure }
    case 'failed':
      return { ...resultOf(one, 'failed', made), failure: revised.failure, ...(revised.evidence === undefined ? {} : { evidence: revised.evidence }) }
  }
}
