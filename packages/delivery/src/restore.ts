import { goodRevisions, type RecordHead, type ReleaseRecord } from '@slipway/release'
import { Failed, Problems, failureText } from '@slipway/report'
import type { Underway } from './delivery.ts'
import type { Lock } from './ports.ts'
import { prepare, type PreparedService } from './prepare.ts'
import { usableRecord } from './read-record.ts'
import { recordedService } from './recorded.ts'
import { revise } from './revise.ts'

/** Whether the last good content is back, as revision `sequence`, or why not and what to do. */
export type Restored = { readonly state: 'restored'; readonly sequence: number; readonly from: number } | { readonly state: 'not-restored'; readonly why: string; readonly next?: string }

/** Puts the last good content of a service back after a revision of it has failed, as a new revision behind the same lock. */
export async function restore(failed: PreparedService, lock: Lock, run: Underway): Promise<Restored> {
  const { service } = failed.wanted
  try {
    const found = await lastGood(failed, run)
    if (found === undefined) {
      return {
        state: 'not-restored',
        why: 'there is no earlier revision that was seen healthy and still exists, so it was left as it is',
      }
    }
    const { head, record: good } = found
    const problems = new Problems()
    const prepared = await prepare(recordedService(good), run.mission, run.ports, problems)
    problems.throwIfAny()
    const sequence = await lock.next()
    run.narrator.say(`[${service}] revision ${good.sequence}, the last that was seen healthy, is put back as revision ${sequence}`)
    const { run: url, actor } = run.mission.source
    const revised = await revise(prepared, sequence, { source: { ...good.source, run: url, actor }, restores: good.sequence, sourceKeys: head.sourceKeys }, lock, run)
    if (revised.state !== 'healthy') return notRestored(`revision ${good.sequence} was put back as ${sequence}, but: ${revised.failure.why}`, run, service)
    return { state: 'restored', sequence, from: good.sequence }
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return notRestored(`the last good content could not be put back: ${failureText(error.failures[0])}`, run, service)
  }
}

async function lastGood(failed: PreparedService, run: Underway): Promise<{ readonly head: RecordHead; readonly record: ReleaseRecord } | undefined> {
  const { service } = failed.wanted
  const history = await run.ports.records.history([service])
  for (const head of goodRevisions(history.heads, { unlike: failed.fingerprint })) {
    const record = await usableRecord(head, history, run)
    if (typeof record !== 'string') return { head, record }
    run.narrator.warn(`[${service}] revision ${head.sequence} is passed over: ${record}`)
  }
  return undefined
}

function notRestored(why: string, run: Underway, service: string): Restored {
  return { state: 'not-restored', why, next: `look at \`kubectl -n ${run.mission.target.namespace} get pods -l slipway.dev/service=${service}\`; then run rollback, or deploy a commit that mends it` }
}
