import type { Block } from '@slipway/release'
import { Failed, list, type Failure } from '@slipway/report'
import type { Surroundings } from './delivery.ts'
import { environmentReleases, namedRelease } from './environment-history.ts'
import { toldByTarget } from './in-each-target.ts'
import { ownHistory } from './own-history.ts'
import type { History } from './ports.ts'
import { eachForItself, reachEach, type TargetToReach } from './reach.ts'

/** Whose block is to be lifted. */
export interface UnbarWish {
  /** The release that was undone: its id, its run or a version. */
  readonly release: string
  /** Left out, all services where it is blocked. */
  readonly services?: readonly string[]
  readonly repository: string
  /** Without it nothing is written. */
  readonly isWritten: boolean
}

/** A block that was lifted. */
export interface Lifted {
  readonly service: string
  readonly block: Block
}

/** The blocks that were lifted, and why not in other targets; by target. */
export interface Unbarred {
  readonly targets: ReadonlyMap<string, readonly Lifted[]>
  readonly failures: ReadonlyMap<string, readonly Failure[]>
}

/**
 * Lifts the blocks on a release in all targets, so that what it brought can be deployed again. Repeated, there is nothing
 * to lift. A target that cannot be reached holds up no other.
 * @throws Failed `release-unknown` where neither a block nor a record of any target knows the release; nothing was written.
 */
export async function unbar(wish: UnbarWish, targets: readonly TargetToReach[]): Promise<Unbarred> {
  const { done: sites, failed: unreached } = await reachEach(targets, async (_, around): Promise<Site> => ({ around, history: await ownHistory(around.ports, wish.services, wish.repository) }))
  // A version may stand in the records of one target only; and a block outlives the records: it is known by the id alone then.
  const histories = new Map([...sites].map(([name, { history }]) => [name, { heads: history.heads, running: new Map<string, number>() }]))
  const recorded = namedRelease(environmentReleases(histories, true), wish.release)?.release
  const isMeant = ({ release }: Block): boolean => release === wish.release || release === recorded
  const isKnown = recorded !== undefined || [...sites.values()].some(({ history }) => [...history.blocks.values()].flat().some(isMeant))
  if (!isKnown) throw unknown(wish, sites, unreached)
  const { done, failed } = await eachForItself(sites, async ({ around, history }) => {
    const lifted = [...history.blocks].flatMap(([service, blocks]) => blocks.filter(isMeant).map((block) => ({ service, block })))
    if (wish.isWritten) {
      for (const service of new Set(lifted.map((one) => one.service))) await around.ports.records.changeBlocks(service, (blocks) => blocks.filter((block) => !isMeant(block)))
    }
    for (const { service, block } of lifted) around.narrator.say(`[${service}] ${wish.isWritten ? 'unblocked' : 'would be unblocked'}: ${block.release}, which ${block.actor} blocked at ${block.at}: ${block.reason}`)
    return lifted
  })
  return { targets: done, failures: new Map([...unreached, ...failed]) }
}

interface Site {
  readonly around: Surroundings
  readonly history: History
}

function unknown({ release, services }: UnbarWish, sites: ReadonlyMap<string, Site>, unreached: ReadonlyMap<string, readonly Failure[]>): Failed {
  const there = [...sites].flatMap(([target, { history }]) =>
    [...history.blocks].flatMap(([service, own]) => own.map((block) => `${block.release} of ${service}${sites.size > 1 ? ` in ${target}` : ''} (by ${block.actor} at ${block.at}: ${block.reason})`)),
  )
  const failure: Failure = {
    code: 'release-unknown',
    what: `no release ${services === undefined ? '' : `of ${list([...services])} `}in ${list([...sites.keys()])} is called "${release}"`,
    why: there.length === 0 ? 'nothing is blocked there' : `blocked are ${list(there.slice(0, 5))}`,
    next: there.length === 0 ? 'deploy what you wanted to let in: no block stands in its way' : 'give the id of one of them by the input "unblock"',
  }
  return new Failed(failure, ...toldByTarget(unreached))
}
