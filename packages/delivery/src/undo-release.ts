import { isWritten, type ReleaseHistory, type RunningNumbers } from '@slipway/release'
import { Failed, duration, list } from '@slipway/report'
import type { Mission, Surroundings } from './delivery.ts'
import { environmentReleases, namedRelease, releasesToUndo, withOtherHalves, type EnvironmentRelease } from './environment-history.ts'
import { ownHistory } from './own-history.ts'
import type { History } from './ports.ts'

/** Which release is undone, where to, and how. */
export interface UndoWish {
  /** The bad release: its id, its run or a version. Left out, the newest. */
  readonly of?: string
  readonly to: 'last-good' | { readonly version: string } | { readonly sequence: number }
  /** Left out, all that the release changed. */
  readonly services?: readonly string[]
  /** Whether Secrets of an unchanged source keep their newest version, since the old password may be revoked. */
  readonly secrets: 'current' | 'recorded'
}

/** What is recorded in a target, and the number that each service's workload carries. */
export interface Known extends History {
  readonly running: RunningNumbers
}

const writtenWithinMs = 6_000

/**
 * What is known of the services in a target. A record that is not written yet may be by a deploy that writes in this
 * moment, or by one that died: a living one has gone on when it is looked at again.
 */
export async function knownToUndo(wish: UndoWish & Pick<Mission, 'source'>, around: Surroundings): Promise<Known> {
  const { clock, work, narrator } = around
  const known = await knownNow(wish, around)
  const unwritten = known.heads.find((head) => head.verdict === 'pending' && !isWritten(head, known.running))
  if (unwritten === undefined || wish.of !== undefined) return known
  narrator.say(`[${unwritten.service}] revision ${unwritten.sequence} by ${unwritten.source.actor} is recorded and not written; looking again in ${duration(writtenWithinMs)}: if it is not written by then, its run is dead`)
  await clock.wait(writtenWithinMs, work)
  return knownNow(wish, around)
}

/** What is known of the services in a target in this moment. */
export async function knownNow({ services, source }: Pick<UndoWish, 'services'> & Pick<Mission, 'source'>, { ports }: Pick<Surroundings, 'ports'>): Promise<Known> {
  const [history, running] = await Promise.all([ownHistory(ports, services, source.repository), ports.objects.running()])
  return { ...history, running }
}

/**
 * The release that is undone, by what is known of each target.
 * @throws Failed `release-unknown`, with the newest ones; `input-missing` where the clocks cannot tell which is the newest.
 */
export function undoneRelease({ of, services }: UndoWish, known: ReadonlyMap<string, Known>): EnvironmentRelease {
  const releases = environmentReleases(known, of !== undefined)
  const chosen = of === undefined ? releasesToUndo(releases, known) : [namedRelease(releases, of)].flatMap((one) => one ?? [])
  const [release, ...others] = chosen
  const whole = release === undefined || release.release === of ? release : withOtherHalves(release, releases, known)
  // Halves of one are none to choose between.
  if (whole !== undefined && others.every((other) => [...other.targets.keys()].every((target) => whole.targets.get(target)?.release === other.release))) return whole
  const targets = list([...known.keys()])
  if (release !== undefined) {
    throw new Failed({
      code: 'input-missing',
      what: `which release of ${targets} is the newest cannot be told`,
      why: `these came at the same time, as far as the clocks of their API servers tell, and no target has seen two of them: ${list(chosen.map(placedName))}`,
      next: 'name the bad one by the input "of"',
    })
  }
  const names = services === undefined ? targets : `${list([...services], 'and')} in ${targets}`
  throw new Failed({
    code: 'release-unknown',
    what: of === undefined ? `there is no release of ${names} to undo` : `no release of ${names} is called "${of}"`,
    why: releases.length === 0 ? 'the namespace for the records holds none of a deploy by this suite' : `the newest are ${list(releases.slice(0, 5).map(placedName), 'and')}`,
    next: releases.length === 0 ? 'deploy a good commit; only what was deployed by k8s-rollout can be undone' : 'give the id, the run or the version of one of them by the input "of"; `list` shows all',
  })
}

/** A release as people know it: version, id, who and when. */
export function releaseName({ release, brought }: Pick<ReleaseHistory, 'release' | 'brought'>): string {
  const [head] = brought
  const versions = [...new Set(brought.flatMap((one) => one.versions))].join(', ')
  return `${versions === '' ? '' : `${versions}, `}${release} by ${head?.source.actor ?? 'somebody'} at ${head?.createdAt ?? ''}`
}

function placedName({ release, targets }: EnvironmentRelease): string {
  return `${releaseName({ release, brought: [...targets.values()].flatMap(({ brought }) => brought) })} in ${list([...targets.keys()], 'and')}`
}
