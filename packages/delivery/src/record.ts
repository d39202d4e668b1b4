import type { Participant, ReleaseRecord } from '@slipway/release'
import type { Clock } from '@slipway/wire'
import type { Delivery } from './delivery.ts'
import type { PreparedService } from './prepare.ts'

/** The record of a prepared service, as it would be kept under this number. */
export function recordOf(prepared: PreparedService, sequence: number, delivery: Delivery, clock: Clock): ReleaseRecord {
  const participants: Participant[] = delivery.services.map(({ service }) => ({
    target: delivery.target.name,
    namespace: delivery.target.namespace,
    service,
  }))
  return {
    sequence,
    service: prepared.wanted.service,
    release: delivery.release,
    participants,
    revision: prepared.revision,
    source: delivery.source,
    startedAt: new Date(clock.now()).toISOString(),
  }
}
