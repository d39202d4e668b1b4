import { configFieldManager, configMarks, fixedObject, type ReleaseRecord } from '@slipway/release'
import type { Failure } from '@slipway/report'
import { textAt, type Manifest } from '@slipway/rollout'
import type { Underway } from './delivery.ts'
import { notTaken, superseded } from './failures.ts'
import type { Fence } from './fence.ts'
import { fenced } from './marks.ts'

/**
 * Sees to it that the ConfigMaps and Secrets of fixed names hold what the revision says, before the workload is written.
 * A restored revision gets them from the versions that were kept. A deploy finds them as k8s-config-sync has just written
 * them; where somebody has written them since, it is overtaken.
 */
export async function holdFixed({ service, restores, revision }: ReleaseRecord, fence: Fence, run: Underway): Promise<Failure | undefined> {
  for (const { kind, name, kept, checksum } of Object.values(revision.configuration)) {
    if (kept === undefined) continue
    const failure = await holdOne({ kind, name, kept, checksum }, service, restores, fence, run)
    if (failure !== undefined) return failure
  }
  return undefined
}

interface Fixed {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly kept: string
  readonly checksum: string
}

async function holdOne({ kind, name, kept, checksum }: Fixed, service: string, restores: number | undefined, fence: Fence, run: Underway): Promise<Failure | undefined> {
  const { objects } = run.ports
  for (let attempt = 0; ; attempt += 1) {
    const live = await objects.get({ apiVersion: 'v1', kind, name })
    if (textAt(live, 'metadata', 'annotations', configMarks.checksumAnnotation) === checksum) return undefined
    if (restores === undefined) return superseded(service, run.mission, `the ${kind} ${name} does not hold any more what was synced for this deploy`)
    const copy = await objects.get({ apiVersion: 'v1', kind, name: kept })
    if (copy === undefined) return superseded(service, run.mission, `the ${kind} ${kept}, which keeps the content of revision ${restores}, has just been deleted`)
    const overtaken = await fence.overtaken(`${kind} ${name}`, attempt)
    if (overtaken) return overtaken
    const manifest: Manifest = { apiVersion: 'v1', kind, name, object: fixedObject(copy, name) }
    const answer = await objects.apply(fenced(manifest.object, live), { dryRun: false, manager: configFieldManager, signal: fence.signal })
    if (answer.kind === 'applied') run.narrator.say(`[${service}] ${kind} ${name} holds again what revision ${restores} had`)
    else if (answer.kind !== 'stale') return notTaken({ manifest, live, changes: true }, answer, run.mission)
  }
}
