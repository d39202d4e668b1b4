import { configFieldManager } from '@slipway/release'
import { Failed, failureText, type Failure } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { isWrite } from './changes.ts'
import { writeFixed } from './fixed-write.ts'
import { notedWrites } from './noted-writes.ts'
import type { ConfigCluster, OpenTarget, Ports } from './ports.ts'
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
  /** What was being written when the run was told to stop, each as an action. */
  readonly unanswered: string[]
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
  const wrote = (): void => {
    written.something = true
    ports.wrote()
  }
  const attempt = async (change: PlannedChange, work: (cluster: ConfigCluster) => Promise<ObjectResult['did']>): Promise<void> => {
    const last = { isInDoubt: false }
    const notes = {
      written: () => {
        // Behind an answer nothing is left in doubt: it came from the state that there was.
        last.isInDoubt = false
        wrote()
      },
      unanswered: () => {
        last.isInDoubt = true
        wrote()
      },
    }
    try {
      done.set(change, await work(notedWrites(open.cluster, ports.work, notes)))
    } catch (error) {
      const { content, name } = change.wanted
      const action = isLocked(change) ? `write ${content.kind} ${content.name}` : `apply ${content.kind} ${name}`
      if (last.isInDoubt && error === ports.work.reason) written.unanswered.push(`${action} in ${target.name}`)
      tell(error instanceof Failed ? error.failures : [refusal(error, target, action, change.wanted)], written)
      done.set(change, last.isInDoubt ? 'unanswered' : 'failed')
    }
  }
  await mapLimit(changes.filter((change) => !isLocked(change)), atOnce, (change) => attempt(change, (cluster) => writeVersion(change, cluster)))
  const byService = Map.groupBy(changes.filter(isLocked), ({ wanted }) => wanted.content.service ?? '')
  for (const [service, locked] of [...byService].sort(([a], [b]) => (a < b ? -1 : 1))) {
    try {
      await behindLock({ service, target, cluster: open.cluster, patienceMs: lockPatienceMs, left: wrote }, ports, async (use) => {
        for (const change of locked) {
          await attempt(change, async (cluster) => {
            if (change.kind !== 'none') {
              use.guard()
              await writeVersion(change, cluster)
            }
            return writeFixed(change.wanted, { ...use, cluster })
          })
        }
      })
    } catch (error) {
      tell(error instanceof Failed ? error.failures : [refusal(error, target, `take the lock of ${service}`)], written)
    }
  }
  return { target: target.name, objects: changes.map((change) => objectResult(change, done.get(change) ?? 'failed')) }
}

async function writeVersion(change: PlannedChange, cluster: ConfigCluster): Promise<ObjectResult['did']> {
  if (!isWrite(change)) return 'unchanged'
  await cluster.apply(change.wanted.object, { manager: configFieldManager })
  if (change.kind === 'relabel') return 'relabelled'
  return change.fixed === undefined ? 'created' : 'kept'
}

/** One cause stops many objects: it is told once. */
function tell(failures: readonly Failure[], { failures: told }: Written): void {
  for (const failure of failures) if (!told.some((one) => failureText(one) === failureText(failure))) told.push(failure)
}
