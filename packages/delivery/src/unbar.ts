import { namedRelease, releasesOf, type Block } from '@slipway/release'
import { Failed, list } from '@slipway/report'
import type { History, TargetPorts } from './ports.ts'
import { ownHistory } from './own-history.ts'

/** Whose block is to be lifted, and where. */
export interface UnbarWish {
  /** The release that was undone: its id, its run or a version. */
  readonly release: string
  /** Left out, all services where it is blocked. */
  readonly services?: readonly string[]
  readonly repository: string
  /** How the target is called in messages. */
  readonly target: string
  /** Without it nothing is written. */
  readonly isWritten: boolean
}

/** A block that was lifted. */
export interface Lifted {
  readonly service: string
  readonly block: Block
}

/**
 * Lifts the blocks on a release, so that what it brought can be deployed again. Repeated, there is nothing to lift.
 * @throws Failed `release-unknown` where neither a block nor a record knows the release.
 */
export async function unbar(wish: UnbarWish, ports: Pick<TargetPorts, 'records'>): Promise<readonly Lifted[]> {
  const history = await ownHistory(ports, wish.services, wish.repository)
  // A block outlives the records of its release: it is known by the id alone then.
  const recorded = namedRelease(releasesOf(history.heads, new Map(), true), wish.release)?.release
  const isMeant = ({ release }: Block): boolean => release === wish.release || release === recorded
  const lifted = [...history.blocks].flatMap(([service, blocks]) => blocks.filter(isMeant).map((block) => ({ service, block })))
  if (lifted.length === 0 && recorded === undefined) throw unknown(wish, history)
  if (wish.isWritten) {
    for (const service of new Set(lifted.map((one) => one.service))) await ports.records.changeBlocks(service, (blocks) => blocks.filter((block) => !isMeant(block)))
  }
  return lifted
}

function unknown({ release, target, services }: UnbarWish, { blocks }: History): Failed {
  const there = [...blocks].flatMap(([service, own]) => own.map((block) => `${block.release} of ${service} (by ${block.actor} at ${block.at}: ${block.reason})`))
  return new Failed({
    code: 'release-unknown',
    what: `no release ${services === undefined ? '' : `of ${list([...services])} `}in ${target} is called "${release}"`,
    why: there.length === 0 ? 'nothing is blocked there' : `blocked are ${list(there.slice(0, 5))}`,
    next: there.length === 0 ? 'deploy what you wanted to let in: no block stands in its way' : 'give the id of one of them by the input "unblock"',
  })
}
