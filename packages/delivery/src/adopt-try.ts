import type { JsonObject } from '@slipway/release'
import { list, type Problems } from '@slipway/report'
import { objectText, textAt, withAt, type Manifest } from '@slipway/rollout'
import { differenceOf, type Adoption } from './adopt-difference.ts'
import { controllerOf, reconcilerOf, takenEntries, type Reach } from './adopt-owners.ts'
import type { Mission } from './delivery.ts'
import { fieldManager } from './marks.ts'
import type { ApplyAnswer, TargetPorts } from './ports.ts'

/** An object whose fields are to be taken from others before it is written. */
export interface Taking {
  readonly reach: Reach
  /** It was no object of ours before. */
  readonly isStranger: boolean
  readonly adoption: Adoption
}

/** An object as it was tried: what is live, and what the server says to an apply of the manifest. */
export interface Tried {
  readonly manifest: Manifest
  readonly live: JsonObject
  readonly isStranger: boolean
  readonly answer: ApplyAnswer
}

/**
 * Whether fields of an object are to be taken from others, and what that comes to; undefined where nothing is. Of our own
 * objects, what somebody has set by hand is always taken back; everything else only with `adopt`.
 * Problems: `ownership-conflict` where an object, or a field that the manifest names, cannot be taken.
 */
export async function tryTaking(tried: Tried, mission: Mission, ports: TargetPorts, problems: Problems): Promise<Taking | undefined> {
  const { manifest, live, isStranger, answer } = tried
  const reach: Reach = mission.adopt === undefined ? 'hand' : 'all'
  const taken = takenEntries(live, reach)
  const isWanted = isStranger || answer.kind === 'owned' || (reach === 'all' && taken.length > 0)
  if (!isWanted || answer.kind === 'refused' || answer.kind === 'stale') return undefined
  const refused = notTakeable(tried, taken)
  if (refused !== undefined && mission.adopt === undefined) return undefined
  if (refused !== undefined && mission.adopt !== 'plan') {
    problems.add({
      code: 'ownership-conflict',
      what: `${objectText(manifest)} cannot be taken over`,
      where: mission.target.name,
      why: refused,
      next: 'let its owner give it up first (take it out of the application, or stop what keeps it), or leave it and the fields that are named out of the manifests; nothing was written',
    })
    return undefined
  }
  const over = await ports.objects.apply(manifest.object, { dryRun: true, manager: fieldManager, overOwners: true })
  if (over.kind !== 'applied') {
    if (over.kind === 'refused') problems.add({ code: 'cluster-refused', what: `the API server would not take ${objectText(manifest)} over what is live`, where: mission.target.name, why: over.why, next: 'mend the manifest, or deploy the service under another name; nothing was written' })
    return undefined
  }
  const difference = differenceOf(live, { over: over.object, alone: await alone(manifest, ports) }, reach)
  return { reach, isStranger, adoption: { object: objectText(manifest), ...difference, ...(refused === undefined ? {} : { refused }) } }
}

function notTakeable({ live, answer }: Tried, taken: readonly JsonObject[]): string | undefined {
  const reconciler = reconcilerOf(live)
  if (reconciler !== undefined) return `${reconciler}, and would put it back at once`
  const controller = controllerOf(live)
  if (controller !== undefined) return `${controller} controls it (ownerReferences), and would put it back`
  const names = new Set(taken.map((entry) => textAt(entry, 'manager')))
  const staying = answer.kind === 'owned' ? answer.owners.filter(({ manager }) => !names.has(manager)) : []
  return staying.length === 0 ? undefined : `${list(staying.map(({ manager, field }) => `${field} belongs to ${manager}`))}, which keeps what it owns`
}

/** The manifest with the server's defaults: what stands there by itself does not go when nobody names it. As written where that cannot be tried. */
async function alone({ object }: Manifest, ports: TargetPorts): Promise<JsonObject> {
  const unnamed = withAt(object, ['metadata', 'name'], (name) => `${typeof name === 'string' ? name.slice(0, 50) : ''}-slipway-dry-run`)
  const answer = await ports.objects.apply(unnamed, { dryRun: true, manager: fieldManager })
  return answer.kind === 'applied' ? answer.object : object
}
