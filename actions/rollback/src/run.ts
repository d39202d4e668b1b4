import { listing, notedWrites, unbar, undo, type Listing, type TargetToReach, type Unbarred, type UndoResult } from '@slipway/delivery'
import type { Target } from '@slipway/project'
import type { Source } from '@slipway/release'
import type { OpenTarget, Ports } from './ports.ts'
import type { Settings } from './settings.ts'
import type { UndoWish } from './wish.ts'

/** The run that rolls back. */
export interface Origin {
  /** Unique among all runs and their attempts. */
  readonly release: string
  readonly source: Source
}

/** What it came to. */
export type Result =
  | { readonly kind: 'undone'; readonly wish: UndoWish; readonly undone: UndoResult }
  | { readonly kind: 'listed'; readonly listed: Listing }
  | { readonly kind: 'unblocked'; readonly release: string; readonly unbarred: Unbarred; readonly isWritten: boolean }

/**
 * Undoes a release, shows what ran, or lifts a block, in all targets.
 * @throws Failed with every problem at once, where nothing can be done in any target.
 */
export async function run(settings: Settings, origin: Origin, ports: Ports): Promise<Result> {
  const writes = { some: false }
  const wrote = (): void => {
    writes.some = true
    ports.wrote()
  }
  const open: OpenTarget[] = []
  const reachable = settings.targets.map((one): TargetToReach => ({
    target: placeOf(one.target),
    async reach() {
      const target = await ports.open(one)
      open.push(target)
      return { ...ports, ports: notedWrites(target.ports, ports.work, wrote) }
    },
  }))
  try {
    const result = await fulfilled(settings, origin, reachable)
    // What is blocked is a write, too.
    if (result.kind !== 'undone' || result.undone.outcome !== 'refused' || !writes.some) return result
    return { ...result, undone: { ...result.undone, outcome: 'partial' } }
  } finally {
    await Promise.all(open.map((target) => target.close()))
  }
}

async function fulfilled({ wish, services, patience }: Settings, { release, source }: Origin, targets: readonly TargetToReach[]): Promise<Result> {
  const { repository } = source
  const chosen = services === undefined ? {} : { services }
  switch (wish.kind) {
    case 'list':
      return { kind: 'listed', listed: await listing(services, repository, targets) }
    case 'unblock':
      return { kind: 'unblocked', release: wish.release, isWritten: wish.isWritten, unbarred: await unbar({ ...chosen, release: wish.release, repository, isWritten: wish.isWritten }, targets) }
    case 'undo':
      return { kind: 'undone', wish, undone: await undo({ ...wish, ...chosen, release, source, patience }, targets) }
  }
}

function placeOf({ name, namespace, recordNamespace }: Target): TargetToReach['target'] {
  return { name, namespace, recordNamespace }
}
