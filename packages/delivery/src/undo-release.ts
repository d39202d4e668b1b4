import { isWritten, namedRelease, releaseToUndo, releasesOf, type ReleaseHistory, type RunningNumbers } from '@slipway/release'
import { Failed, duration, list } from '@slipway/report'
import type { Mission, Surroundings } from './delivery.ts'
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

/** What is recorded, and the number that each service's workload carries. */
export interface Known extends History {
  readonly running: RunningNumbers
}

const writtenWithinMs = 6_000

/**
 * What is known of the services. A record that is not written yet may be by a deploy that writes in this moment, or by
 * one that died: a living one has gone on when it is looked at again.
 */
export async function knownToUndo({ services, source, of }: UndoWish & Mission, { ports, clock, work, narrator }: Surroundings): Promise<Known> {
  const look = async (): Promise<Known> => {
    const [history, running] = await Promise.all([ownHistory(ports, services, source.repository), ports.objects.running()])
    return { ...history, running }
  }
  const known = await look()
  const unwritten = known.heads.find((head) => head.verdict === 'pending' && !isWritten(head, known.running))
  if (unwritten === undefined || of !== undefined) return known
  narrator.say(`[${unwritten.service}] revision ${unwritten.sequence} by ${unwritten.source.actor} is recorded and not written; looking again in ${duration(writtenWithinMs)}: if it is not written by then, its run is dead`)
  await clock.wait(writtenWithinMs, work)
  return look()
}

/** The release that is undone. @throws Failed `release-unknown`, with the newest ones. */
export function undoneRelease({ of, target, services }: UndoWish & Mission, { heads, running }: Known): ReleaseHistory {
  const releases = releasesOf(heads, running, of !== undefined)
  const release = of === undefined ? releaseToUndo(releases, heads, running) : namedRelease(releases, of)
  if (release !== undefined) return release
  const names = services === undefined ? target.name : `${list([...services], 'and')} in ${target.name}`
  throw new Failed({
    code: 'release-unknown',
    what: of === undefined ? `there is no release of ${names} to undo` : `no release of ${names} is called "${of}"`,
    why: releases.length === 0 ? `the namespace ${target.recordNamespace} holds no record of a deploy by this suite` : `the newest are ${list(releases.slice(0, 5).map(releaseName), 'and')}`,
    next: releases.length === 0 ? 'deploy a good commit; only what was deployed by k8s-rollout can be undone' : 'give the id, the run or the version of one of them by the input "of"; `list` shows all',
  })
}

/** A release as people know it: version, id, who and when. */
export function releaseName({ release, brought }: ReleaseHistory): string {
  const [head] = brought
  const versions = head?.versions.join(', ') ?? ''
  return `${versions === '' ? '' : `${versions}, `}${release} by ${head?.source.actor ?? 'somebody'} at ${head?.createdAt ?? ''}`
}
