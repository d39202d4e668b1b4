import { Failed, Problems, duration, inertLine, type Failure } from '@slipway/report'
import { blockOf, type Block, type JsonObject, type ReleaseRecord, type Revision } from '@slipway/release'
import { evidenceText, textAt, type ConfigurationReference, type EvidenceReport } from '@slipway/rollout'
import { takeOver } from './adopt-take.ts'
import type { Underway } from './delivery.ts'
import { lockLost, stopped, superseded, unhealthy } from './failures.ts'
import { collectEvidence } from './evidence.ts'
import { follow } from './follow.ts'
import type { Lock } from './ports.ts'
import { openFence } from './fence.ts'
import { prepare, type PreparedService } from './prepare.ts'
import { recordedService } from './recorded.ts'
import { recordOf, type RecordMarks } from './record.ts'
import { removeBrought } from './remove-brought.ts'
import { write, writeSupporting } from './write.ts'

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
  if ((await run.ports.records.create(record, prepared.fingerprint, marks)) === 'taken') {
    return { state: 'superseded', failure: superseded(service, run.mission, `another run has made revision ${sequence}`), wrote: false }
  }
  try {
    return await writeAndFollow(prepared, record, lock, run)
  } catch (error) {
    if (lock.signal.aborted && error === lock.signal.reason) return overtaken(lockLost(service, run.mission, lock.oustedBy()), record, lock, run)
    if (isOver(run)) return ended(service, `revision ${sequence} was recorded; whether its last write arrived is not known, and the next deploy settles it`, run, true)
    if (!(error instanceof Failed)) throw error
    return { state: 'cut-off', failure: error.failures[0], wrote: true }
  }
}

async function writeAndFollow(prepared: PreparedService, record: ReleaseRecord, lock: Lock, run: Underway): Promise<Revised> {
  const { service, sequence } = record
  if (isOver(run)) return ended(service, `revision ${sequence} was recorded, and not written`, run, true)
  const block = record.restores === undefined ? await blockedBy(prepared, record, run) : undefined
  if (block !== undefined) {
    await run.ports.records.conclude(service, sequence, 'interrupted')
    return { state: 'superseded', failure: superseded(service, run.mission, `${block.actor} has just undone the same content (${block.reason}), and blocked it`), wrote: true }
  }
  const written = await write(prepared, record, lock, run)
  if (!('code' in written)) return followRevision(record, written.object, lock, run)
  if (written.code === 'superseded' || written.code === 'lock-lost') return overtaken(written, record, lock, run)
  await run.ports.records.conclude(service, sequence, 'failed')
  return { state: 'failed', failure: written }
}

/** Follows what a record says and the cluster has taken to its verdict, and labels the record. */
export async function followRevision(record: ReleaseRecord, answer: JsonObject, lock: Lock, run: Underway): Promise<Revised> {
  const { service, sequence, revision } = record
  const startedMs = run.clock.monotonic()
  const followed = await follow({ service, answer, own: ownConfiguration(revision) }, lock, run)
  switch (followed.state) {
    case 'healthy':
      if (!lock.held()) return overtaken(lockLost(`the verdict on ${service}`, run.mission, lock.oustedBy()), record, lock, run)
      // Before the verdict: a run that dies in between is settled by the next one, which removes the rest.
      await removeBrought(record, run)
      const unright = await rightAgain(record, lock, run)
      if (unright !== undefined) return overtaken(unright, record, lock, run)
      await run.ports.records.conclude(service, sequence, 'healthy')
      run.narrator.say(`[${service}] healthy: revision ${sequence}, ${followed.replicas} of ${followed.replicas} pods, after ${duration(run.clock.monotonic() - startedMs)}`)
      return { state: 'healthy' }
    case 'failed': {
      // Read at once: what explains it goes with the pods.
      const { cause, report } = await collectEvidence(followed.cause, followed.observed, run.ports.evidence, { clock: run.clock, signal: run.stop })
      if (!lock.held()) return overtaken(lockLost(`the verdict on ${service}`, run.mission, lock.oustedBy()), record, lock, run)
      await run.ports.records.conclude(service, sequence, 'failed')
      run.narrator.say(`[${service}] revision ${sequence} failed after ${duration(run.clock.monotonic() - startedMs)}: ${inertLine(cause.why)}`)
      for (const line of evidenceText(report)) run.narrator.say(`[${service}]   ${line}`)
      return { state: 'failed', failure: unhealthy(service, cause, run.mission), evidence: report }
    }
    case 'superseded':
      return overtaken(superseded(service, run.mission, followed.why), record, lock, run)
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

/** Who was overtaken may have written one of the supporting objects after us: what is put back is looked at once more. */
async function rightAgain(record: ReleaseRecord, lock: Lock, run: Underway): Promise<Failure | undefined> {
  if (record.restores === undefined) return undefined
  const prepared = await prepare(recordedService(record), run.mission, run.ports, new Problems())
  const fence = openFence(prepared, record, lock, run)
  const own = await takeOver({ ...prepared, workload: { ...prepared.workload, taking: undefined } }, fence, run)
  return 'code' in own ? own : writeSupporting(own, fence, run)
}

/** Another run goes on from here; the other services and targets of this one end, too. */
async function overtaken(failure: Failure, { service, sequence }: Pick<ReleaseRecord, 'service' | 'sequence'>, lock: Lock, run: Underway): Promise<Revised> {
  const by = lock.oustedBy() ?? (failure.code === 'superseded' ? await newerRun(service, sequence, run) : undefined)
  if (by !== undefined) run.oust(by)
  return { state: 'superseded', failure, wrote: true }
}

/** A newer revision shows sooner on the workload than in the lock, which is looked at every few seconds. */
async function newerRun(service: string, sequence: number, { ports }: Underway): Promise<string | undefined> {
  const { heads } = await ports.records.history([service])
  return heads.find((head) => head.sequence > sequence)?.source.run
}

/** A rollback may have barred the content since it was checked. */
async function blockedBy({ fingerprint, revision }: PreparedService, { service, source }: ReleaseRecord, { ports }: Underway): Promise<Block | undefined> {
  const blocks = await ports.records.blocks(service)
  return blockOf({ commit: source.commit, fingerprint, images: revision.images, configuration: revision.configuration }, blocks)
}

function isOver({ stop }: Underway): boolean {
  return stop.aborted
}

/** The run was told to stop, or was ousted from one of its services. */
function ended(service: string, stands: string, run: Underway, wrote: boolean): Revised {
  if (run.work.aborted) return { state: 'stopped', failure: stopped(service, run.mission, stands), wrote }
  return { state: 'superseded', failure: superseded(service, run.mission, `the run ${String(run.stop.reason)} has taken over; ${stands}`), wrote }
}
