import { fingerprint, isJsonObject, type JsonObject, type RecordedVerdict, type ReleaseRecord, type Revision } from '@slipway/release'
import { appliedFrom, defaultLimits, judge, objectAt, refreshed, textAt, withAt } from '@slipway/rollout'
import { concerns, fieldsOf, leavesOf, withoutFields } from './field-paths.ts'
import { bareMetadata } from './adopt-handover.ts'
import { entriesOf, isControllers, isOwnApply, takenEntries } from './adopt-owners.ts'
import type { Mission, Underway } from './delivery.ts'
import { owned } from './marks.ts'
import type { PreparedService } from './prepare.ts'
import { recordOf } from './record.ts'

/** The release that what ran before an adoption is recorded under: no deploy brought it, and none is undone by it. */
function beforeRelease(release: string): string {
  return `before-${release}`
}

/**
 * What ran before, as revision 0, where this run takes over a workload that was none of ours; undefined where it does
 * not. Supporting objects are in it as far as they are there.
 */
export function revisionBefore({ wanted: { service }, workload, supporting }: PreparedService, { source }: Pick<Mission, 'source'>): Revision | undefined {
  if (workload.taking?.isStranger !== true) return undefined
  const manifests = [workload, ...supporting].flatMap(({ live }) => (live === undefined ? [] : [owned(bare(live), service, source.repository)]))
  return { images: {}, configuration: {}, manifests }
}

/** The record of what ran before. */
export function recordBefore(one: PreparedService, revision: Revision, around: Parameters<typeof recordOf>[3]): ReleaseRecord {
  const { repository, run, actor } = around.mission.source
  const record = recordOf(one, 0, { source: { repository, run, actor, commit: '', ref: '' } }, around)
  return { ...record, release: beforeRelease(record.release), revision }
}

/**
 * Keeps what ran before as revision 0, behind the lock and before anything of it is moved: made with its verdict in one
 * request, since it runs already. One that is there was made by a run that was killed.
 */
export async function keepBefore(one: PreparedService, run: Underway): Promise<void> {
  const revision = revisionBefore(one, run.mission)
  if (revision === undefined) return
  const { service } = one.wanted
  const content = fingerprint(revision)
  const { heads } = await run.ports.records.history([service])
  const known = heads.find(({ sequence }) => sequence === 0)
  if (known !== undefined) {
    if (known.fingerprint !== content) run.narrator.warn(`[${service}] what runs has changed since revision 0 was recorded at ${known.createdAt}: revision 0 stays as it was then`)
    return
  }
  const { verdict, why } = await verdictNow(one, run)
  const created = await run.ports.records.create(recordBefore(one, revision, run), content, {}, verdict)
  if (created === 'taken') return
  if (verdict === 'healthy') run.narrator.say(`[${service}] what runs now is recorded as revision 0: a deploy that fails goes back to it`)
  else run.narrator.warn(`[${service}] what runs now is recorded as revision 0, and is not healthy (${why}): nothing goes back to it by itself`)
}

/** One look by the rules for a rollout that has ended. */
async function verdictNow({ workload: { live, manifest } }: PreparedService, { observer: opened, clock }: Underway): Promise<{ readonly verdict: RecordedVerdict; readonly why: string }> {
  const observer = await opened
  const fresh = await observer.fresh(manifest.name)
  const applied = appliedFrom(fresh.deployment ?? live ?? {})
  if (applied === undefined) return { verdict: 'interrupted', why: 'it is gone' }
  const nowMs = clock.monotonic()
  const observed = { ...refreshed({ ...observer.observe(manifest.name), answers: new Map() }, fresh) }
  const { verdict } = judge(observed, applied, { ...defaultLimits, soakMs: 0, timeoutMs: Infinity, ownConfiguration: [] }, { nowMs, writtenMs: nowMs }, undefined)
  switch (verdict.state) {
    case 'healthy':
      return { verdict: 'healthy', why: '' }
    case 'failed':
      return { verdict: 'failed', why: verdict.cause.why }
    case 'undecided':
      return { verdict: 'interrupted', why: `it waits for ${verdict.waitingFor}` }
    case 'soaking':
      return { verdict: 'interrupted', why: 'it has only just become available' }
    case 'superseded':
      return { verdict: 'interrupted', why: verdict.why }
  }
}

/** What a server, controllers and autoscalers keep in an object is no part of its manifest. */
function bare(live: JsonObject): JsonObject {
  const taken = takenEntries(live, 'all')
  const written = fieldsOf(entriesOf(live).filter((entry) => taken.includes(entry) || isOwnApply(entry)))
  const controlled = entriesOf(live).filter((entry) => !taken.includes(entry) && isControllers(entry) && textAt(entry, 'subresource') !== 'status')
  const own = withoutFields(live, controlled.flatMap((entry) => leavesOf(fieldsOf([entry])).filter((path) => textAt(entry, 'subresource') === 'scale' || !concerns(written, path))))
  const content = Object.fromEntries(Object.entries(own).filter(([name]) => name !== 'status' && name !== 'metadata'))
  const object: JsonObject = { ...content, metadata: bareMetadata(objectAt(own, 'metadata') ?? {}) }
  if (isJsonObject(objectAt(object, 'spec', 'template'))) return withAt(object, ['spec', 'template', 'metadata', 'creationTimestamp'], () => undefined)
  return textAt(object, 'kind') === 'Service' ? withoutAddress(object) : object
}

/** The address that a server gives to a Service stays with it as long as it lives. */
function withoutAddress(object: JsonObject): JsonObject {
  if (textAt(object, 'spec', 'clusterIP') === 'None') return object
  return ['clusterIP', 'clusterIPs'].reduce((all, name) => withAt(all, ['spec', name], () => undefined), object)
}
