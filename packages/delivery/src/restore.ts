import { blockOf, goodRevisions, type Block, type ReleaseRecord } from '@slipway/release'
import { Failed, Problems, failureText } from '@slipway/report'
import type { Underway } from './delivery.ts'
import { isAvailable } from './available.ts'
import type { Lock } from './ports.ts'
import { prepare, type PreparedService } from './prepare.ts'
import { recordedService } from './recorded.ts'
import { revise } from './revise.ts'

/** Whether the last good content is back, as revision `sequence`, or why not and what to do. */
export type Restored = { readonly state: 'restored'; readonly sequence: number; readonly from: number } | { readonly state: 'not-restored'; readonly why: string; readonly next?: string }

/** Puts the last good content of a service back after a revision of it has failed, as a new revision behind the same lock. */
export async function restore(failed: PreparedService, lock: Lock, run: Underway): Promise<Restored> {
  const { service } = failed.wanted
  try {
    const good = await lastGood(failed, run)
    if (good === undefined) {
      return {
        state: 'not-restored',
        why: 'there is no earlier revision that was seen healthy and still exists, so it was left as it is',
      }
    }
    const problems = new Problems()
    const prepared = await prepare(recordedService(good), run.mission, run.ports, problems)
    problems.throwIfAny()
    const sequence = await lock.next()
    run.narrator.say(`[${service}] revision ${good.sequence}, the last that was seen healthy, is put back as revision ${sequence}`)
    const { run: url, actor } = run.mission.source
    const revised = await revise(prepared, sequence, { source: { ...good.source, run: url, actor }, restores: good.sequence }, lock, run)
    if (revised.state !== 'healthy') return notRestored(`revision ${good.sequence} was put back as ${sequence}, but: ${revised.failure.why}`, run, service)
    return { state: 'restored', sequence, from: good.sequence }
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return notRestored(`the last good content could not be put back: ${failureText(error.failures[0])}`, run, service)
  }
}

async function lastGood(failed: PreparedService, run: Underway): Promise<ReleaseRecord | undefined> {
  const { service } = failed.wanted
  const { heads, blocks } = await run.ports.records.history([service])
  for (const head of goodRevisions(heads, { unlike: failed.fingerprint })) {
    const record = await readable(head.name, run)
    if (record === undefined) continue
    const why = typeof record === 'string' ? record : await barred(record, head.fingerprint, blocks.get(service) ?? [], run)
    if (typeof record !== 'string' && why === undefined) return record
    run.narrator.warn(`[${service}] revision ${head.sequence} is passed over: ${why ?? ''}`)
  }
  return undefined
}

/** A record, or why it cannot be read: one that somebody has damaged keeps no older one from coming back. */
async function readable(name: string, run: Underway): Promise<ReleaseRecord | string | undefined> {
  try {
    return await run.ports.records.read(name)
  } catch (error) {
    if (error instanceof Failed && error.failures[0].code === 'record-unreadable') return `${error.failures[0].what}: ${error.failures[0].why}`
    throw error
  }
}

async function barred(record: ReleaseRecord, fingerprint: string, blocks: readonly Block[], run: Underway): Promise<string | undefined> {
  const { images, configuration } = record.revision
  const block = blockOf({ commit: record.source.commit, fingerprint, images, configuration }, blocks)
  return block === undefined ? isAvailable(record, run) : `${block.actor} has blocked it`
}

function notRestored(why: string, run: Underway, service: string): Restored {
  return { state: 'not-restored', why, next: `look at \`kubectl -n ${run.mission.target.namespace} get pods -l slipway.dev/service=${service}\`; then run rollback, or deploy a commit that mends it` }
}
