import type { Failure } from '@slipway/report'
import type { JsonObject, ReleaseRecord } from '@slipway/release'
import { numberAt, objectText } from '@slipway/rollout'
import { takeOver } from './adopt-take.ts'
import type { Underway } from './delivery.ts'
import { notTaken, superseded } from './failures.ts'
import { openFence, type Fence } from './fence.ts'
import { holdFixed } from './fixed-objects.ts'
import { fenced, fieldManager, handedBack, isOwnHandOver, marked, replicasManager, replicasToHandOver, sequenceOf, withLiveReplicas } from './marks.ts'
import type { Lock } from './ports.ts'
import type { PreparedObject, PreparedService } from './prepare.ts'

/** The server's answer to the write of the workload, or why there is none. */
export type Written = { readonly object: JsonObject } | Failure

/** Writes a service: what supports it and differs, then its workload in one fenced request. */
export async function write(prepared: PreparedService, record: ReleaseRecord, lock: Lock, run: Underway): Promise<Written> {
  const fence = openFence(prepared, record, lock, run)
  const unfit = await holdFixed(record, fence, run)
  if (unfit) return unfit
  const own = await takeOver(prepared, fence, run)
  if ('code' in own) return own
  return (await writeSupporting(own, fence, run)) ?? writeWorkload(own, record, fence, run)
}

/** Brings the supporting objects that differ to what is wanted. */
export async function writeSupporting({ supporting }: PreparedService, fence: Fence, run: Underway): Promise<Failure | undefined> {
  for (const object of supporting.filter(({ changes }) => changes)) {
    const failure = await writeOne(object, fence, run)
    if (failure) return failure
  }
  return undefined
}

async function writeOne(object: PreparedObject, fence: Fence, run: Underway): Promise<Failure | undefined> {
  for (let attempt = 0, { live } = object; ; attempt += 1) {
    const overtaken = await fence.overtaken(objectText(object.manifest), attempt)
    if (overtaken) return overtaken
    const answer = await run.ports.objects.apply(fenced(object.manifest.object, live), { dryRun: false, manager: fieldManager, signal: fence.signal })
    if (answer.kind === 'applied') return undefined
    if (answer.kind !== 'stale') return notTaken(object, answer, run.mission)
    live = await run.ports.objects.get(object.manifest)
  }
}

async function writeWorkload(prepared: PreparedService, { service, sequence, release }: ReleaseRecord, fence: Fence, run: Underway): Promise<Written> {
  const { objects } = run.ports
  const { manifest } = prepared.workload
  const whole = marked(manifest.object, sequence, release)
  const options = { dryRun: false, signal: fence.signal }
  for (let attempt = 0, { live } = prepared.workload; ; attempt += 1) {
    const overtaken = fence.behind(live) ?? (await fence.unheld(objectText(manifest), attempt))
    if (overtaken) return overtaken
    const desired = prepared.wanted.comesBack ? withLiveReplicas(whole, live) : whole
    const replicas = replicasToHandOver(live, desired)
    if (replicas !== undefined) {
      const { apiVersion, kind, name } = manifest
      const held = await objects.apply(fenced({ apiVersion, kind, metadata: { name }, spec: { replicas } }, live), { ...options, manager: replicasManager })
      if (held.kind === 'owned' || held.kind === 'refused') return notTaken(prepared.workload, held, run.mission)
      live = await objects.get(manifest)
      continue
    }
    const answer = await objects.apply(fenced(desired, live), { ...options, manager: fieldManager })
    if (answer.kind === 'applied') {
      if (sequenceOf(answer.object) !== sequence) return superseded(service, run.mission, 'another run wrote the workload at the same moment')
      run.narrator.say(`[${service}] written: revision ${sequence}, generation ${numberAt(answer.object, 'metadata', 'generation') ?? 0}`)
      return { object: answer.object }
    }
    if (isOwnHandOver(answer)) {
      const back = await objects.amend(manifest, handedBack(live), { manager: fieldManager, signal: fence.signal })
      if (back.kind === 'owned' || back.kind === 'refused') return notTaken(prepared.workload, back, run.mission)
    } else if (answer.kind !== 'stale') return notTaken(prepared.workload, answer, run.mission)
    live = await objects.get(manifest)
  }
}
