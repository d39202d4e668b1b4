import { fingerprint, isJsonObject, newestOf, sameJson, type Block, type JsonObject, type RecordHead, type Revision } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { objectText, textAt, type Manifest } from '@slipway/rollout'
import { ownersText } from './adopt-owners.ts'
import { tryTaking, type Taking } from './adopt-try.ts'
import { isAsApplied } from './as-applied.ts'
import type { Mission } from './delivery.ts'
import { fieldManager, isOwnHandOver, isUnclaimed, marked, otherServicesClaim, sequenceOf, withLiveReplicas } from './marks.ts'
import type { WantedService } from './wanted.ts'
import type { ApplyAnswer, History, TargetPorts } from './ports.ts'

/** One object as it is to be written, beside what is live. */
export interface PreparedObject {
  readonly manifest: Manifest
  readonly live: JsonObject | undefined
  /** Whether a write would change anything on the server. */
  readonly changes: boolean
  /** Set where fields are to be taken from others first. */
  readonly taking?: Taking | undefined
}

/** One service, planned against the state that was read. */
export interface PreparedService {
  readonly wanted: WantedService
  readonly revision: Revision
  readonly fingerprint: string
  /** The newest record, whatever its verdict. */
  readonly newest: RecordHead | undefined
  /** The record whose number the live workload carries. */
  readonly running: RecordHead | undefined
  /** The record whose content the running one put back, where it did; the first of all where that one had put it back, too. */
  readonly restored: RecordHead | undefined
  readonly blocks: readonly Block[]
  readonly workload: PreparedObject
  readonly supporting: readonly PreparedObject[]
  /** What runs was seen healthy, says the same content, everything live equals it, and no record waits for its verdict. */
  readonly unchanged: boolean
}

/** What is known already where a service is prepared. */
export interface KnownBefore {
  /** What is recorded of the service, and maybe of others; read for it alone where it is left out. */
  readonly history?: Promise<History>
  /** The same service as it was prepared before: what has not changed on the server since is not tried there again. */
  readonly planned?: PreparedService
  /** Whether that was a moment ago: what supports it and needed no write is then not even read again, while its workload is as it was and its newest record is healthy and runs. */
  readonly isRecent?: boolean
  /** Called as soon as it is known that the service will change, while the server is still asked. */
  readonly onChange?: () => void
}

/**
 * Reads what is live and tries every object on the server without writing, unless it is seen to be as it was applied.
 * Problems: `ownership-conflict`, `cluster-refused`, an object each.
 */
export async function prepare(wanted: WantedService, mission: Mission, ports: TargetPorts, problems: Problems, { history = ports.records.history([wanted.service]), planned, isRecent = false, onChange = () => undefined }: KnownBefore = {}): Promise<PreparedService> {
  const { service, workload } = wanted
  const revision: Revision = {
    images: wanted.images,
    configuration: wanted.configuration,
    manifests: [workload, ...wanted.supporting].map(({ object }) => object),
  }
  const content = fingerprint(revision)
  const known = isRecent && planned?.wanted === wanted ? planned.supporting.map((object) => (object.changes ? undefined : object)) : []
  const [{ heads: recorded, blocks }, live, read] = await Promise.all([
    history,
    ports.objects.get(workload),
    Promise.all(wanted.supporting.map(async (manifest, index) => (known[index] === undefined ? ports.objects.get(manifest) : known[index].live))),
  ])
  const heads = recorded.filter((head) => head.service === service)
  const newest = newestOf(heads).get(service)
  const running = heads.find(({ sequence }) => sequence === sequenceOf(live))
  const same = running?.verdict === 'healthy' && running.fingerprint === content ? running : undefined
  const isSettled = heads.every(({ verdict }) => verdict !== 'pending')
  const stands = same !== undefined && isSettled
  if (!stands) onChange()
  // What stays would keep its marks: only then does a dry run without a change mean that nothing would be written.
  const marks = same ?? { sequence: (newest?.sequence ?? 0) + 1, release: 'dry-run' }
  const object = wanted.comesBack ? withLiveReplicas(workload.object, live) : workload.object
  const isMarkedAlike = newest?.sequence === planned?.newest?.sequence && running?.sequence === planned?.running?.sequence && running?.verdict === planned?.running?.verdict
  // Who writes what supports a service has a record that waits: where the newest one runs and was seen healthy, or there is none, nobody was about to.
  const isCalm = newest === undefined || (newest === running && newest.verdict === 'healthy')
  const isAsRead = isMarkedAlike && isCalm && isSameState(planned?.workload.live, live)
  const others = isAsRead ? read : await Promise.all(wanted.supporting.map(async (manifest, index) => (known[index] === undefined ? read[index] : ports.objects.get(manifest))))
  const asPlanned = (before: PreparedObject | undefined, now: JsonObject | undefined): PreparedObject | undefined =>
    planned?.wanted === wanted && before !== undefined && before.taking === undefined && isSameState(before.live, now) ? before : undefined
  const [first, ...supporting] = await Promise.all([
    (isMarkedAlike ? asPlanned(planned?.workload, live) : undefined) ?? tried({ ...workload, object: marked(object, marks.sequence, marks.release) }, live, wanted, mission, ports, problems),
    ...wanted.supporting.map((manifest, index) => asPlanned(planned?.supporting[index], others[index]) ?? tried(manifest, others[index], wanted, mission, ports, problems)),
  ])
  const differs = [first, ...supporting].some(({ changes }) => changes)
  if (stands && differs) onChange()
  return {
    wanted,
    revision,
    fingerprint: content,
    newest,
    running,
    restored: restoredBy(running, heads),
    blocks: blocks.get(service) ?? [],
    workload: { ...first, manifest: workload },
    supporting,
    unchanged: stands && !differs,
  }
}

/** Whether an object is as it was when it was read before; one that is absent both times is, too. */
function isSameState(before: JsonObject | undefined, now: JsonObject | undefined): boolean {
  if (before === undefined || now === undefined) return before === now
  return (['uid', 'resourceVersion'] as const).every((name) => textAt(now, 'metadata', name) !== undefined && textAt(now, 'metadata', name) === textAt(before, 'metadata', name))
}

function restoredBy(record: RecordHead | undefined, heads: readonly RecordHead[]): RecordHead | undefined {
  const restored = record?.restores === undefined ? undefined : heads.find(({ sequence }) => sequence === record.restores)
  if (restored === undefined) return undefined
  return restoredBy(restored, heads.filter((head) => head !== restored)) ?? restored
}

async function tried(manifest: Manifest, live: JsonObject | undefined, wanted: WantedService, mission: Mission, ports: TargetPorts, problems: Problems): Promise<PreparedObject> {
  const where = mission.target.name
  const claim = otherServicesClaim(live, wanted.service, mission.source.repository)
  const isStranger = isUnclaimed(live)
  if (claim !== undefined || (isStranger && mission.adopt === undefined)) {
    problems.add({
      code: 'ownership-conflict',
      what: `${objectText(manifest)} exists already and is not this service's`,
      where,
      why: claim ?? (isStranger ? `its fields were written by ${ownersText(live)}` : ''),
      next: `${claim === undefined ? 'look at what k8s-rollout says with `adopt: plan`, and take it over with `adopt: take`; or ' : ''}rename the object in the manifests, or remove the live one after a look at who needs it`,
    })
    return { manifest, live, changes: true }
  }
  if (mission.adopt === undefined && live !== undefined && isAsApplied(manifest.object, live)) return { manifest, live, changes: false }
  // Not bound to what was read: a status that moves on meanwhile is no change.
  const asIs = await ports.objects.apply(manifest.object, { dryRun: true, manager: fieldManager })
  const answer = isOwnHandOver(asIs) ? await ports.objects.apply(manifest.object, { dryRun: true, manager: fieldManager, overOwners: true }) : asIs
  const taking = live === undefined ? undefined : await tryTaking({ manifest, live, isStranger, answer }, mission, ports, problems)
  if (taking !== undefined) return { manifest, live, changes: true, taking }
  // With `adopt`, what belongs to others was told, or is planned, already.
  if (mission.adopt === undefined || answer.kind === 'refused') complain(answer, manifest, where, problems)
  const changes = answer.kind !== 'applied' || live === undefined || !sameJson(comparable(answer.object), comparable(live))
  return { manifest, live, changes }
}

function complain(answer: ApplyAnswer, manifest: Manifest, where: string, problems: Problems): void {
  if (answer.kind === 'owned') {
    problems.add({
      code: 'ownership-conflict',
      what: `fields of ${objectText(manifest)} belong to others`,
      where,
      why: answer.owners.map(({ manager, field }) => `${field} to ${manager}`).join('; '),
      next: 'leave these fields out of the manifest, or let their manager give them up; what another tool deploys, `adopt: take` of k8s-rollout takes over',
    })
  }
  if (answer.kind === 'refused') {
    problems.add({
      code: 'cluster-refused',
      what: `the API server would not take ${objectText(manifest)}`,
      where,
      why: answer.why,
      next: 'mend the manifest; nothing was written',
    })
  }
}

/** What a server changes by itself at each look is no change. */
function comparable(object: JsonObject): JsonObject {
  const metadata = object['metadata']
  return { ...without(object, ['status', 'metadata']), metadata: isJsonObject(metadata) ? without(metadata, ['managedFields', 'resourceVersion', 'generation']) : {} }
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}
