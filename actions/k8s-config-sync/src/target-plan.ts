import { configFieldManager, configMarks, type JsonObject } from '@slipway/release'
import { granting, Problems } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { changeOf, isWrite, type Change } from './changes.ts'
import { valuesOf, type VersionedObject } from './config-object.ts'
import { difference, type Difference } from './difference.ts'
import { fixedRights, tryFixed, type FixedTrial } from './fixed-plan.ts'
import type { ConfigCluster } from './ports.ts'
import { lockNamespaceMissing, refusal } from './refusal.ts'
import type { SyncTarget } from './settings.ts'

/** A change with the keys that it touches; without a difference where nothing is created or nothing was there before. */
export interface PlannedChange extends Change {
  readonly difference?: Difference
}

const atOnce = 16

/** What is there already, by kind. */
export type LiveObjects = ReadonlyMap<VersionedObject['content']['kind'], Promise<readonly JsonObject[]>>

/** Begins to list what a target has of the kinds of its objects, by one LIST a kind; what is refused is told where it is planned. */
export function listObjects(target: SyncTarget, cluster: ConfigCluster): LiveObjects {
  const labelSelector = `${configMarks.managedByLabel}=${configMarks.managedBy},${configMarks.configLabel}`
  const list = async (kind: string): Promise<readonly JsonObject[]> => (await cluster.list({ apiVersion: 'v1', kind, namespace: target.namespace, labelSelector }, { metadataOnly: true })).items
  const live = new Map([...new Set(target.objects.map(({ kind }) => kind))].map((kind) => [kind, list(kind)]))
  for (const listed of live.values()) listed.catch(() => undefined)
  return live
}

/**
 * Decides what a target lacks, and tries all of it on the server without writing: rights, namespace, every object.
 * Where nothing is lacking, nothing more is asked.
 */
export async function planTarget(target: SyncTarget, wanted: readonly VersionedObject[], live: LiveObjects, cluster: ConfigCluster, problems: Problems): Promise<PlannedChange[]> {
  const own = new Problems()
  const changes = await Promise.all(
    [...live].map(async ([kind, listed]) => {
      const items = await attempt(own, target, `list ${plural(kind)}`, () => listed)
      return wanted.filter(({ content }) => content.kind === kind).map((object) => changeOf(object, items ?? []))
    }),
  )
  const all = inOrder(wanted, changes.flat())
  const writes = all.filter(isWrite)
  if (own.all.length === 0 && writes.length > 0) await Promise.all([rights(target, writes, cluster, own), recordNamespace(target, writes, cluster, own)])
  const planned = own.all.length > 0 ? all : await mapLimit(all, atOnce, (change) => tried(target, change, cluster, own))
  for (const failure of own.all) problems.add(failure)
  return planned
}

async function rights(target: SyncTarget, writes: readonly Change[], cluster: ConfigCluster, problems: Problems): Promise<void> {
  const kinds = [...new Set(writes.map(({ wanted }) => wanted.content.kind))]
  const needed = [
    ...kinds.flatMap((kind) => ['get', 'create', 'patch'].map((verb) => ({ verb, group: '', resource: plural(kind), namespace: target.namespace }))),
    ...fixedRights(writes, target),
  ]
  const allowed = await attempt(problems, target, 'ask for its own rights', () => cluster.canI(needed))
  needed.forEach(({ verb, resource, namespace }, index) => {
    if (allowed === undefined || allowed[index] === true) return
    problems.add({
      code: 'access-denied',
      what: `the role may not ${verb} ${resource} in the namespace ${namespace}`,
      where: `target ${target.name}`,
      why: 'the API server says so, asked by SelfSubjectAccessReview',
      next: granting(namespace === target.recordNamespace ? 'records' : 'deploy'),
    })
  })
}

/** Where the locks are; only the change of an object of a fixed name needs one. */
async function recordNamespace(target: SyncTarget, writes: readonly Change[], cluster: ConfigCluster, problems: Problems): Promise<void> {
  const { recordNamespace: namespace } = target
  if (!writes.some(({ fixed = 'none' }) => fixed !== 'none')) return
  const found = await attempt(problems, target, `get the namespace ${namespace}`, async () => ({ live: await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: namespace }) }))
  if (found !== undefined && found.live === undefined) problems.add(lockNamespaceMissing(target))
}

async function tried(target: SyncTarget, change: Change, cluster: ConfigCluster, problems: Problems): Promise<PlannedChange> {
  if (!isWrite(change)) return change
  const [, fixed] = await Promise.all([triedVersion(target, change, cluster, problems), triedFixed(target, change, cluster, problems)])
  const { wanted, before, kind } = change
  const planned = fixed === undefined ? change : { ...change, fixed: fixed.fixed }
  const isNew = fixed === undefined ? kind === 'create' : fixed.fixed === 'create' || fixed.fixed === 'change'
  if (before === undefined || !isNew) return planned
  const ref = { apiVersion: 'v1', kind: wanted.content.kind, namespace: target.namespace, name: before }
  const old = fixed?.live ?? (await attempt(problems, target, `get ${ref.kind} ${before}`, () => cluster.get(ref)))
  return old === undefined ? planned : { ...planned, difference: difference(valuesOf(old), wanted.content.values) }
}

async function triedVersion(target: SyncTarget, { wanted, kind }: Change, cluster: ConfigCluster, problems: Problems): Promise<void> {
  if (kind === 'none') return
  await attempt(problems, target, `apply ${wanted.content.kind} ${wanted.name}`, () => cluster.apply(wanted.object, { manager: configFieldManager, dryRun: true }), wanted)
}

async function triedFixed(target: SyncTarget, { wanted, fixed }: Change, cluster: ConfigCluster, problems: Problems): Promise<FixedTrial | undefined> {
  if (fixed === undefined || fixed === 'none') return undefined
  const { kind, name } = wanted.content
  const trial = await attempt(problems, target, `apply ${kind} ${name}`, () => tryFixed(target, wanted, fixed, cluster), wanted)
  if (trial?.problem !== undefined) problems.add(trial.problem)
  return trial
}

async function attempt<T>(problems: Problems, target: SyncTarget, action: string, work: () => Promise<T>, wanted?: VersionedObject): Promise<T | undefined> {
  return problems.tryAsync(async () => {
    try {
      return await work()
    } catch (error) {
      problems.add(refusal(error, target, action, wanted))
      return undefined
    }
  })
}

function inOrder(wanted: readonly VersionedObject[], changes: readonly Change[]): Change[] {
  return wanted.flatMap((object) => changes.find((change) => change.wanted === object) ?? [])
}

function plural(kind: 'ConfigMap' | 'Secret'): string {
  return kind === 'ConfigMap' ? 'configmaps' : 'secrets'
}
