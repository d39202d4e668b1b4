import type { Failure } from '@slipway/report'
import type { JsonObject, ReleaseRecord } from '@slipway/release'
import { numberAt, objectText } from '@slipway/rollout'
import type { Underway } from './delivery.ts'
import { lockLost, notTaken, superseded } from './failures.ts'
import { holdFixed } from './fixed-objects.ts'
import { fieldManager, fenced, marked, replicasManager, replicasToHandOver, sequenceOf } from './marks.ts'
import type { Lock } from './ports.ts'
import type { PreparedObject, PreparedService } from './prepare.ts'

/** The server's answer to the write of the workload, or why there is none. */
export type Written = { readonly object: JsonObject } | Failure

/** Writes a service: what supports it and differs, then its workload in one fenced request. */
export async function write(prepared: PreparedService, record: ReleaseRecord, lock: Lock, run: Underway): Promise<Written> {
  const { service, sequence, release } = record
  const { objects } = run.ports
  const unfit = await holdFixed(record, lock, run)
  if (unfit) return unfit
  for (const object of prepared.supporting.filter(({ changes }) => changes)) {
    const failure = await writeSupporting(object, lock, run)
    if (failure) return failure
  }
  const desired = marked(prepared.workload.manifest.object, sequence, release)
  let live = prepared.workload.live
  for (;;) {
    const newer = sequenceOf(live)
    if (newer !== undefined && newer > sequence) return superseded(service, run.mission, `revision ${newer} runs already`)
    if (!lock.held()) return lockLost(service, run.mission, lock.oustedBy())
    const replicas = replicasToHandOver(live, desired)
    if (replicas !== undefined) {
      const { apiVersion, kind, name } = prepared.workload.manifest
      await objects.apply({ apiVersion, kind, metadata: { name }, spec: { replicas } }, { dryRun: false, manager: replicasManager })
      live = await objects.get(prepared.workload.manifest)
    }
    const answer = await objects.apply(fenced(desired, live), { dryRun: false, manager: fieldManager })
    switch (answer.kind) {
      case 'applied':
        if (sequenceOf(answer.object) !== sequence) return superseded(service, run.mission, 'another run wrote the workload at the same moment')
        run.narrator.say(`[${service}] written: revision ${sequence}, generation ${numberAt(answer.object, 'metadata', 'generation') ?? 0}`)
        return { object: answer.object }
      case 'stale':
        live = await objects.get(prepared.workload.manifest)
        continue
      case 'owned':
      case 'refused':
        return notTaken(prepared.workload, answer, run.mission)
    }
  }
}

async function writeSupporting(object: PreparedObject, lock: Lock, run: Underway): Promise<Failure | undefined> {
  for (let { live } = object; ; live = await run.ports.objects.get(object.manifest)) {
    if (!lock.held()) return lockLost(objectText(object.manifest), run.mission, lock.oustedBy())
    const answer = await run.ports.objects.apply(fenced(object.manifest.object, live), { dryRun: false, manager: fieldManager })
    if (answer.kind === 'applied') return undefined
    if (answer.kind !== 'stale') return notTaken(object, answer, run.mission)
  }
}
