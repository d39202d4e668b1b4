import type { JsonObject, RecordHead, ReleaseRecord } from '@slipway/release'
import { Failed, Problems } from '@slipway/report'
import { objectAt, sameTemplate, withAt } from '@slipway/rollout'
import type { Underway } from './delivery.ts'
import { lockLost } from './failures.ts'
import { fieldManager, marked, sequenceOf, withLiveReplicas } from './marks.ts'
import type { History, Lock } from './ports.ts'
import { prepare } from './prepare.ts'
import { recordedService } from './recorded.ts'
import { restore } from './restore.ts'
import { followRevision } from './revise.ts'

/**
 * Puts right what dead runs left of a service, behind its lock: a record whose number never reached the workload was
 * interrupted; one that runs is followed to its verdict, and put back where it fails. Gives the number that is next.
 */
export async function settleLeft(service: string, lock: Lock, { heads }: History, run: Underway): Promise<{ readonly sequence: number; readonly isAnySettled: boolean }> {
  let sequence = lock.sequence
  const pending = pendingOf(service, heads)
  for (const head of pending) {
    const record = await run.ports.records.read(head.name)
    if (record === undefined) continue
    const live = await run.ports.objects.get(recordedService(record).workload)
    if (live === undefined || sequenceOf(live) !== head.sequence || !(await isAsRecorded(record, live, run))) {
      if (!lock.held()) throw new Failed(lockLost(`the verdict on revision ${head.sequence} of ${service}`, run.mission, lock.oustedBy()))
      await run.ports.records.conclude(service, head.sequence, 'interrupted')
      run.narrator.say(`[${service}] revision ${head.sequence} of ${head.source.run} was recorded and does not run: noted as interrupted`)
      continue
    }
    run.narrator.say(`[${service}] revision ${head.sequence} was left without a verdict by ${head.source.run}: it is followed first`)
    // A deadline that has passed since the write counts, though it stands in what is read now: conditions are left out.
    if (await isPutBack(record, withAt(live, ['status'], () => undefined), lock, run)) sequence = await lock.next()
  }
  return { sequence, isAnySettled: pending.length > 0 }
}

async function isPutBack(record: ReleaseRecord, live: JsonObject, lock: Lock, run: Underway): Promise<boolean> {
  const { service } = record
  const revised = await followRevision(record, live, lock, run)
  if (revised.state !== 'failed') return false
  const failed = await prepare(recordedService(record), run.mission, run.ports, new Problems())
  const back = await restore(failed, lock, run)
  if (back.state !== 'restored') run.narrator.warn(`[${service}] ${back.why}`)
  return true
}

/** Somebody may have set another image by hand since: then a verdict on what runs says nothing of the record. */
async function isAsRecorded(record: ReleaseRecord, live: JsonObject, { ports }: Underway): Promise<boolean> {
  const { workload } = recordedService(record)
  const desired = marked(withLiveReplicas(workload.object, live), record.sequence, record.release)
  const answer = await ports.objects.apply(desired, { dryRun: true, manager: fieldManager })
  return answer.kind === 'applied' && sameTemplate(objectAt(answer.object, 'spec', 'template'), objectAt(live, 'spec', 'template'))
}

function pendingOf(service: string, heads: readonly RecordHead[]): readonly RecordHead[] {
  return heads.filter((head) => head.service === service && head.verdict === 'pending').toSorted((a, b) => a.sequence - b.sequence)
}
