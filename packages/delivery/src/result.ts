import type { RolledService } from '@slipway/release'
import type { ServiceResult } from './delivery.ts'
import type { PreparedService } from './prepare.ts'

/** What became of a prepared service; with a number of its own where one was given out for it. */
export function resultOf(one: PreparedService, status: RolledService['status'], made?: { readonly sequence: number; readonly milliseconds: number }): ServiceResult {
  const before = one.running ?? one.newest
  return {
    service: one.wanted.service,
    sequence: made?.sequence ?? before?.sequence ?? 0,
    status,
    seconds: Math.round((made?.milliseconds ?? 0) / 100) / 10,
    wrote: made !== undefined,
    ...(before !== undefined && made !== undefined ? { replaced: { sequence: before.sequence, source: before.source, at: before.createdAt } } : {}),
  }
}
