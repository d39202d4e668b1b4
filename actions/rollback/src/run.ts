import { listing, notedWrites, unbar, undo, type Lifted, type ListedService, type Surroundings, type UndoResult } from '@slipway/delivery'
import type { Source } from '@slipway/release'
import type { Ports } from './ports.ts'
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
  | { readonly kind: 'listed'; readonly services: readonly ListedService[] }
  | { readonly kind: 'unblocked'; readonly release: string; readonly lifted: readonly Lifted[]; readonly isWritten: boolean }

/**
 * Undoes a release, shows what ran, or lifts a block.
 * @throws Failed with every problem at once, nothing having been written.
 */
export async function run(settings: Settings, origin: Origin, ports: Ports): Promise<Result> {
  const target = await ports.open()
  const writes = { some: false }
  const wrote = (): void => {
    writes.some = true
    ports.wrote()
  }
  try {
    const result = await fulfilled(settings, origin, { ...ports, ports: notedWrites(target.ports, ports.work, wrote) })
    // What is blocked is a write, too.
    if (result.kind !== 'undone' || result.undone.outcome !== 'refused' || !writes.some) return result
    return { ...result, undone: { ...result.undone, outcome: 'partial' } }
  } finally {
    await target.close()
  }
}

async function fulfilled({ wish, target, services, patience }: Settings, { release, source }: Origin, around: Surroundings): Promise<Result> {
  const { repository } = source
  const { name, namespace, recordNamespace } = target
  const chosen = services === undefined ? {} : { services }
  switch (wish.kind) {
    case 'list':
      return { kind: 'listed', services: await listing(services, repository, around.ports) }
    case 'unblock': {
      const lifted = await unbar({ ...chosen, release: wish.release, repository, target: name, isWritten: wish.isWritten }, around.ports)
      for (const { service, block } of lifted) around.narrator.say(`[${service}] ${wish.isWritten ? 'unblocked' : 'would be unblocked'}: ${block.release}, which ${block.actor} blocked at ${block.at}: ${block.reason}`)
      return { kind: 'unblocked', release: wish.release, lifted, isWritten: wish.isWritten }
    }
    case 'undo':
      return { kind: 'undone', wish, undone: await undo({ ...wish, ...chosen, release, source, patience, target: { name, namespace, recordNamespace } }, around) }
  }
}
