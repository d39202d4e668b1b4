import type { Failure } from '@slipway/report'
import type { JsonObject, ReleaseRecord } from '@slipway/release'
import { numberAt, objectText } from '@slipway/rollout'
import type { Delivery, Surroundings } from './delivery.ts'
import { lockLost, notTaken, superseded } from './failures.ts'
import { fieldManager, fenced, marked, replicasManager, replicasToHandOver, sequenceOf } from './marks.ts'
import type { Lock } from './ports.ts'
import type { PreparedObject, PreparedService } from './prepare.ts'

/** The server's answer to the write of the workload, or why there is none. */
export type Written = { readonly object: JsonObject } | Failure

/** Writes a service: what supports it and differs, then its workload in one fenced request. */
export async function write(prepared: PreparedService, record: ReleaseRecord, lock: Lock, delivery: Delivery, around: Surroundings): Promise<Written> {
  const { service } = prepared.wanted
  for (const object of prepared.supporting.filter(({ changes }) => changes)) {
    const failure = await writeSupporting(object, lock, delivery, around)
    if (failure) return failure
  }
  const desired = marked(prepared.workload.manifest.object, record.sequence, delivery.release)
  let live = prepared.workload.live
  for (;;) {
    const newer = sequenceOf(live)
    if (newer !== undefined && newer > record.sequence) return superseded(service, delivery, `revision ${newer} runs already`)
    if (!lock.held()) return lockLost(service, delivery)
    const replicas = replicasToHandOver(live, desired)
    if (replicas !== undefined) {
      const { apiVersion, kind, name } = prepared.workload.manifest
      await around.ports.objects.apply({ apiVersion, kind, metadata: { name }, spec: { replicas } }, { dryRun: false, manager: replicasManager })
      live = await around.ports.objects.get(prepared.workload.manifest)
    }
    const answer = await around.ports.objects.apply(fenced(desired, live), { dryRun: false, manager: fieldManager })
    switch (answer.kind) {
      case 'applied':
        if (sequenceOf(answer.object) !== record.sequence) return superseded(service, delivery, 'another run wrote the workload at the same moment')
        around.narrator.say(`[${service}] written: revision ${record.sequence}, generation ${numberAt(answer.object, 'metadata', 'generation') ?? 0}`)
        return { object: answer.object }
      case 'stale':
        live = await around.ports.objects.get(prepared.workload.manifest)
        continue
      case 'owned':
      case 'refused':
        return notTaken(prepared.workload, answer, delivery)
    }
  }
}

async function writeSupporting(object: PreparedObject, lock: Lock, delivery: Delivery, around: Surroundings): Promise<Failure | undefined> {
  for (let { live } = object; ; live = await around.ports.objects.get(object.manifest)) {
    if (!lock.held()) return lockLost(objectText(object.manifest), delivery)
    const answer = await around.ports.objects.apply(fenced(object.manifest.object, live), { dryRun: false, manager: fieldManager })
    if (answer.kind === 'applied') return undefined
    if (answer.kind !== 'stale') return notTaken(object, answer, delivery)
  }
}
