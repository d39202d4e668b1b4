import type { Failure } from '@slipway/report'
import { objectText } from '@slipway/rollout'
import { handedOver } from './adopt-handover.ts'
import { takenText } from './adopt-texts.ts'
import type { Underway } from './delivery.ts'
import { notTaken } from './failures.ts'
import type { Fence } from './fence.ts'
import { fieldManager } from './marks.ts'
import type { PreparedObject, PreparedService } from './prepare.ts'

/**
 * Moves to us what is to be taken of a service's objects, the workload first: all of it before any content changes, each
 * object by one compare-and-set. Who finds a part of it moved goes on from there.
 */
export async function takeOver(prepared: PreparedService, fence: Fence, run: Underway): Promise<PreparedService | Failure> {
  const taken: PreparedObject[] = []
  for (const object of [prepared.workload, ...prepared.supporting]) {
    const one = await takeOne(object, prepared, fence, run)
    if ('code' in one) return one
    taken.push(one)
  }
  const [workload = prepared.workload, ...supporting] = taken
  return { ...prepared, workload, supporting }
}

async function takeOne(object: PreparedObject, { wanted: { service } }: PreparedService, fence: Fence, run: Underway): Promise<PreparedObject | Failure> {
  const { taking, manifest } = object
  if (taking === undefined) return object
  const { mission, narrator, ports } = run
  for (let attempt = 0, { live } = object; live !== undefined; attempt += 1) {
    const overtaken = await fence.overtaken(objectText(manifest), attempt)
    if (overtaken) return overtaken
    const answer = await ports.objects.amend(manifest, handedOver(live, taking.reach, { service, repository: mission.source.repository }), { manager: fieldManager, signal: fence.signal })
    if (answer.kind === 'applied') {
      narrator.say(`[${service}] ${takenText(taking)}`)
      return { ...object, live: answer.object }
    }
    if (answer.kind !== 'stale') return notTaken(object, answer, mission)
    live = await ports.objects.get(manifest)
  }
  return { ...object, live: undefined }
}
