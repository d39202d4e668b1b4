import { configFieldManager } from '@slipway/release'
import { Failed, failureText, type Failure } from '@slipway/report'
import { TransportError, mapLimit } from '@slipway/wire'
import { isWrite } from './changes.ts'
import { writeFixed } from './fixed-write.ts'
import type { OpenTarget, Ports } from './ports.ts'
import { refusal } from './refusal.ts'
import { objectResult, type ObjectResult, type TargetResult } from './result.ts'
import { behindLock } from './service-lock.ts'
import type { Settings, SyncTarget } from './settings.ts'
import type { PlannedChange } from './target-plan.ts'

/** What a target lacks. */
export interface TargetPlan {
  readonly target: SyncTarget
  readonly changes: readonly PlannedChange[]
}

/** What the writes of a run have come to so far. */
export interface Written {
  readonly failures: Failure[]
  /** Whether anything was written, or may have been. */
  something: boolean
}

const atOnce = 16

/**
 * Writes what a target lacks: versions without a lock, since nothing refers to them yet; then, service by service behind
 * its lock, the objects of fixed names. What the other objects and targets got stays, whatever happens to one.
 */
export async function writeTarget({ target, changes }: TargetPlan, open: OpenTarget | undefined, { lockPatienceMs }: Settings, written: Written, ports: Ports): Promise<TargetResult> {
  if (open === undefined) return { target: target.name, objects: changes.map((change) => objectResult(change, 'unchanged')) }
  const isLocked = ({ fixed = 'none' }: PlannedChange): boolean => fixed !== 'none'
  const done = new Map<PlannedChange, ObjectResult['did']>()
  const attempt = async (change: PlannedChange, work: () => Promise<ObjectResult['did']>): Promise<void> => {
    try {
      done.set(change, await work())
    } catch (error) {
      if (error instanceof TransportError) written.something = true
      const { content, name } = change.wanted
      const action = isLocked(change) ? `write ${content.kind} ${content.name}` : `apply ${content.kind} ${name}`
      tell(error instanceof Failed ? error.failures : [refusal(error, target, action, change.wanted)], written)
      done.set(change, 'failed')
    }
  }
  await mapLimit(changes.filter((change) => !isLocked(change)), atOnce, (change) => attempt(change, () => writeVersion(change, open, written)))
  const byService = Map.groupBy(changes.filter(isLocked), ({ wanted }) => wanted.content.service ?? '')
  for (const [service, locked] of [...byService].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const wrote = (): void => {
      written.something = true
    }
    try {
      await behindLock({ service, target, cluster: open.cluster, patienceMs: lockPatienceMs, wrote }, ports, async (use) => {
        for (const change of locked) {
          await attempt(change, async () => {
            if (change.kind !== 'none') {
              use.guard()
              await writeVersion(change, open, written)
            }
            return writeFixed(change.wanted, use)
          })
        }
      })
    } catch (error) {
      tell(error instanceof Failed ? error.failures : [refusal(error, target, `take the lock of ${service}`)], written)
    }
  }
  return { target: target.name, objects: changes.map((change) => objectResult(change, done.get(change) ?? 'failed')) }
}

async function writeVersion(change: PlannedChange, { cluster }: OpenTarget, written: Written): Promise<ObjectResult['did']> {
  if (!isWrite(change)) return 'unchanged'
  await cluster.apply(change.wanted.object, { manager: configFieldManager })
  written.something = true
  if (change.kind === 'relabel') return 'relabelled'
  return change.fixed === undefined ? 'created' : 'kept'
}

/** One cause stops many objects: it is told once. */
function tell(failures: readonly Failure[], { failures: told }: Written): void {
  for (const failure of failures) if (!told.some((one) => failureText(one) === failureText(failure))) told.push(failure)
}
