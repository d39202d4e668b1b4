import type { ContentNames, Participant, ReleaseRecord } from '@slipway/release'
import type { Clock } from '@slipway/wire'
import type { Mission } from './delivery.ts'
import type { PreparedService } from './prepare.ts'

/** What a record says besides its content, and what its content is called. */
export interface RecordMarks extends Pick<ReleaseRecord, 'source' | 'restores' | 'undoes'>, ContentNames {}

/** The record of a prepared service, as it would be kept under this number. */
export function recordOf(
  prepared: PreparedService,
  sequence: number,
  { source, restores, undoes }: RecordMarks,
  { mission, services, clock }: { readonly mission: Mission; readonly services: readonly string[]; readonly clock: Clock },
): ReleaseRecord {
  const { name: target, namespace } = mission.target
  return {
    sequence,
    service: prepared.wanted.service,
    release: mission.release,
    participants: mission.participants ?? services.map((service): Participant => ({ target, namespace, service })),
    revision: prepared.revision,
    source,
    startedAt: new Date(clock.now()).toISOString(),
    ...(restores === undefined ? {} : { restores }),
    ...(undoes === undefined ? {} : { undoes }),
  }
}
