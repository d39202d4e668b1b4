import { Failed, duration, inertLine, type Failure } from '@slipway/report'
import type { JsonObject, ReleaseRecord, Revision } from '@slipway/release'
import { evidenceText, textAt, type ConfigurationReference, type EvidenceReport } from '@slipway/rollout'
import type { Underway } from './delivery.ts'
import { stopped, superseded, unhealthy } from './failures.ts'
import { collectEvidence } from './evidence.ts'
import { follow } from './follow.ts'
import type { Lock } from './ports.ts'
import type { PreparedService } from './prepare.ts'
import { recordOf, type RecordMarks } from './record.ts'
import { write } from './write.ts'

/** How a revision ended. Only the first two have a verdict; after the others nothing more is written. */
export type Revised =
  | { readonly state: 'healthy' }
  | { readonly state: 'failed'; readonly failure: Failure; readonly evidence?: EvidenceReport }
  /** Overtaken, told to stop, or cut off from the cluster. */
  | { readonly state: 'superseded' | 'stopped' | 'cut-off'; readonly failure: Failure; readonly wrote: boolean }

/** Makes a prepared service a revision: record, write, follow, label. */
export async function revise(prepared: PreparedService, sequence: number, marks: RecordMarks, lock: Lock, run: Underway): Promise<Revised> {
  const { service } = prepared.wanted
  const record = recordOf(prepared, sequence, marks, run)
  if (isOver(run)) return ended(service, 'nothing of it was written', run, false)
  if ((await run.ports.records.create(record, prepared.fingerprint, marks.version)) === 'taken') {
    return { state: 'superseded', failure: superseded(service, run.mission, `another run has made revision ${sequence}`), wrote: false }
  }
  try {
    return await writeAndFollow(prepared, record, lock, run)
  } catch (error) {
    if (isOver(run)) return ended(service, `revision ${sequence} was recorded; whether its last write arrived is not known, and the next deploy settles it`, run, true)
    if (!(error instanceof Failed)) throw error
    return { state: 'cut-off', failure: error.failures[0], wrote: true }
  }
}

async function writeAndFollow(prepared: PreparedService, record: ReleaseRecord, lock: Lock, run: Underway): Promise<Revised> {
  const { service, sequence } = record
  if (isOver(run)) return ended(service, `revision ${sequence} was recorded, and not written`, run, true)
  const written = await write(prepared, record, lock, run)
  if (!('code' in written)) return followRevision(record, written.object, lock, run)
  if (written.code === 'superseded' || written.code === 'lock-lost') {
    const by = lock.oustedBy()
    if (by !== undefined) run.oust(by)
    return { state: 'superseded', failure: written, wrote: true }
  }
  await run.ports.records.conclude(service, sequence, 'failed')
  return { state: 'failed', failure: written }
}

/** Follows what a record says and the cluster has taken to its verdict, and labels the record. */
export async function followRevision({ service, sequence, revision }: ReleaseRecord, answer: JsonObject, lock: Lock, run: Underway): Promise<Revised> {
  const startedMs = run.clock.monotonic()
  const followed = await follow({ service, answer, own: ownConfiguration(revision) }, lock, run)
  switch (followed.state) {
    case 'healthy':
      await run.ports.records.conclude(service, sequence, 'healthy')
      run.narrator.say(`[${service}] healthy: revision ${sequence}, ${followed.replicas} of ${followed.replicas} pods, after ${duration(run.clock.monotonic() - startedMs)}`)
      return { state: 'healthy' }
    case 'failed': {
      // Read at once: what explains it goes with the pods.
      const { cause, report } = await collectEvidence(followed.cause, followed.observed, run.ports.evidence, { clock: run.clock, signal: run.stop })
      await run.ports.records.conclude(service, sequence, 'failed')
      run.narrator.say(`[${service}] revision ${sequence} failed after ${duration(run.clock.monotonic() - startedMs)}: ${inertLine(cause.why)}`)
      for (const line of evidenceText(report)) run.narrator.say(`[${service}]   ${line}`)
      return { state: 'failed', failure: unhealthy(service, cause, run.mission), evidence: report }
    }
    case 'superseded':
      return { state: 'superseded', failure: superseded(service, run.mission, followed.why), wrote: true }
    case 'stopped':
      return ended(service, `it still waited for ${followed.waitingFor}; the rollout goes on in the cluster, unwatched`, run, true)
  }
}

/** What is there because of the release itself: synced for it, or among its manifests. */
function ownConfiguration({ configuration, manifests }: Revision): ConfigurationReference[] {
  const maps = manifests.filter((object) => textAt(object, 'kind') === 'ConfigMap')
  return [
    ...Object.values(configuration).map(({ kind, name }) => ({ kind, name })),
    ...maps.map((object) => ({ kind: 'ConfigMap' as const, name: textAt(object, 'metadata', 'name') ?? '' })),
  ]
}

function isOver({ stop }: Underway): boolean {
  return stop.aborted
}

/** The run was told to stop, or was ousted from one of its services. */
function ended(service: string, stands: string, run: Underway, wrote: boolean): Revised {
  if (run.work.aborted) return { state: 'stopped', failure: stopped(service, run.mission, stands), wrote }
  return { state: 'superseded', failure: superseded(service, run.mission, `the run ${String(run.stop.reason)} has taken over; ${stands}`), wrote }
}
