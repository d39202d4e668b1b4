import { fingerprint, sameJson, type JsonObject, type RecordHead, type Revision } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { objectText, withAt, type Manifest } from '@slipway/rollout'
import { fieldManager, fenced, marked, owned, strangersClaim } from './marks.ts'
import type { ApplyAnswer, TargetPorts } from './ports.ts'

/** What one service is to run in a target: its revision's content, the Deployment apart from what supports it. */
export interface WantedService {
  readonly service: string
  readonly workload: Manifest
  readonly supporting: readonly Manifest[]
  readonly images: Revision['images']
  readonly configuration: Revision['configuration']
}

/** One object as it is to be written, beside what is live. */
export interface PreparedObject {
  readonly manifest: Manifest
  readonly live: JsonObject | undefined
  /** Whether a write would change anything on the server. */
  readonly changes: boolean
}

/** One service, planned against the state that was read. */
export interface PreparedService {
  readonly wanted: WantedService
  readonly revision: Revision
  readonly fingerprint: string
  /** The newest record, whatever its verdict. */
  readonly newest: RecordHead | undefined
  readonly workload: PreparedObject
  readonly supporting: readonly PreparedObject[]
  /** The newest record is healthy, says the same content, and everything live equals it. */
  readonly unchanged: boolean
}

/** A service's content with the labels that say whose it is. */
export function wantedService(parts: WantedService, repository: string): WantedService {
  const own = (manifest: Manifest): Manifest => ({ ...manifest, object: owned(manifest.object, parts.service, repository) })
  return { ...parts, workload: own(parts.workload), supporting: parts.supporting.map(own) }
}

/**
 * Reads what is live and tries every object on the server without writing.
 * Problems: `ownership-conflict`, `cluster-refused`, an object each.
 */
export async function prepare(wanted: WantedService, repository: string, where: string, ports: TargetPorts, problems: Problems): Promise<PreparedService> {
  const revision: Revision = {
    images: wanted.images,
    configuration: wanted.configuration,
    manifests: [wanted.workload, ...wanted.supporting].map(({ object }) => object),
  }
  const content = fingerprint(revision)
  const heads = await ports.records.heads([wanted.service])
  const newest = heads.reduce<RecordHead | undefined>((last, head) => (last === undefined || head.sequence > last.sequence ? head : last), undefined)
  const same = newest?.verdict === 'healthy' && newest.fingerprint === content ? newest : undefined
  const sequence = same?.sequence ?? (newest?.sequence ?? 0) + 1
  const release = same?.release ?? 'dry-run'
  const [workload, ...supporting] = await Promise.all([
    tried({ ...wanted.workload, object: marked(wanted.workload.object, sequence, release) }, wanted, repository, where, ports, problems),
    ...wanted.supporting.map((manifest) => tried(manifest, wanted, repository, where, ports, problems)),
  ])
  const unchanged = same !== undefined && [workload, ...supporting].every(({ changes }) => !changes)
  return { wanted, revision, fingerprint: content, newest, workload: { ...workload, manifest: wanted.workload }, supporting, unchanged }
}

async function tried(manifest: Manifest, wanted: WantedService, repository: string, where: string, ports: TargetPorts, problems: Problems): Promise<PreparedObject> {
  const live = await ports.objects.get(manifest)
  const claim = strangersClaim(live, wanted.service, repository)
  if (claim !== undefined) {
    problems.add({
      code: 'ownership-conflict',
      what: `${objectText(manifest)} exists already and is not this service's`,
      where,
      why: claim,
      next: 'rename the object in the manifests, or remove the live one after a look at who needs it',
    })
    return { manifest, live, changes: true }
  }
  const answer = await ports.objects.apply(fenced(manifest.object, live), { dryRun: true, manager: fieldManager })
  complain(answer, manifest, where, problems)
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
      next: 'leave these fields out of the manifest, or let their manager give them up',
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
  const bare = ['managedFields', 'resourceVersion', 'generation'].reduce((rest, key) => withAt(rest, ['metadata', key], () => undefined), object)
  return withAt(bare, ['status'], () => undefined)
}
