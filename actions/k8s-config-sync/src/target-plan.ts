import { Problems, failureText } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { changeOf, type Change } from './changes.ts'
import { configLabel, managedBy, managedByLabel, valuesOf, type VersionedObject } from './config-object.ts'
import { difference, type Difference } from './difference.ts'
import type { ConfigCluster } from './ports.ts'
import { refusal } from './refusal.ts'
import type { SyncTarget } from './settings.ts'

/** A change with the keys that it touches; without a difference where nothing is created or nothing was there before. */
export interface PlannedChange extends Change {
  readonly difference?: Difference
}

export const fieldManager = 'slipway-config'
const atOnce = 16

/**
 * Decides what a target lacks, and tries all of it on the server without writing: rights, namespace, every object.
 * Where nothing is lacking, one LIST a kind is all that is asked.
 */
export async function planTarget(target: SyncTarget, wanted: readonly VersionedObject[], cluster: ConfigCluster, problems: Problems): Promise<PlannedChange[]> {
  const own = new Problems()
  const kinds = [...new Set(wanted.map(({ content }) => content.kind))]
  const changes = await mapLimit(kinds, atOnce, async (kind) => {
    const listed = await attempt(own, target, `list ${plural(kind)}`, () =>
      cluster.list({ apiVersion: 'v1', kind, namespace: target.namespace, labelSelector: `${managedByLabel}=${managedBy},${configLabel}` }, { metadataOnly: true }),
    )
    return wanted.filter(({ content }) => content.kind === kind).map((object) => changeOf(object, listed?.items ?? []))
  })
  const all = inOrder(wanted, changes.flat())
  const writes = all.filter(({ kind }) => kind !== 'none')
  if (own.all.length === 0 && writes.length > 0) await rights(target, writes, cluster, own)
  const planned = own.all.length > 0 ? all : await mapLimit(all, atOnce, (change) => tried(target, change, cluster, own))
  const told = new Set<string>()
  for (const failure of own.all) {
    // An absent namespace is told by every object, and once is enough.
    if (!told.has(failureText(failure))) problems.add(failure)
    told.add(failureText(failure))
  }
  return planned
}

async function rights(target: SyncTarget, writes: readonly Change[], cluster: ConfigCluster, problems: Problems): Promise<void> {
  const kinds = [...new Set(writes.map(({ wanted }) => wanted.content.kind))]
  const needed = kinds.flatMap((kind) => ['get', 'create', 'patch'].map((verb) => ({ verb, group: '', resource: plural(kind), namespace: target.namespace })))
  const allowed = await attempt(problems, target, 'ask for its own rights', () => cluster.canI(needed))
  needed.forEach(({ verb, resource, namespace }, index) => {
    if (allowed === undefined || allowed[index] === true) return
    problems.add({
      code: 'access-denied',
      what: `the role may not ${verb} ${resource} in the namespace ${namespace}`,
      where: `target ${target.name}`,
      why: 'the API server says so, asked by SelfSubjectAccessReview',
      next: 'grant it to the group or user that the role is mapped to',
    })
  })
}

async function tried(target: SyncTarget, change: Change, cluster: ConfigCluster, problems: Problems): Promise<PlannedChange> {
  const { wanted, kind, before } = change
  if (kind === 'none') return change
  const { content, object } = wanted
  const [, old] = await Promise.all([
    attempt(problems, target, `apply ${content.kind} ${wanted.name}`, () => cluster.apply(object, { manager: fieldManager, dryRun: true }), wanted),
    before === undefined || kind === 'relabel'
      ? undefined
      : attempt(problems, target, `get ${content.kind} ${before}`, () => cluster.get({ apiVersion: 'v1', kind: content.kind, namespace: target.namespace, name: before })),
  ])
  return old === undefined ? change : { ...change, difference: difference(valuesOf(old), content.values) }
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
