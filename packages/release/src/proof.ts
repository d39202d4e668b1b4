import type { Failure } from '@slipway/report'
import { blockOf, type Block } from './block.ts'
import type { Digest, RepositoryName } from './names.ts'
import type { RecordHead, ReleaseRecord } from './record.ts'

/** An image of this commit, whose proof is asked for. */
export interface ProofWish {
  readonly service: string
  readonly repository: RepositoryName
  readonly sourceKey: string
  /** The digest that must be the proven one; left out, whichever is. */
  readonly digest?: Digest
}

/** What one target of the environment that must have proven it knows of the service. */
export interface Testimony {
  readonly target: string
  readonly heads: readonly RecordHead[]
  readonly blocks: readonly Block[]
}

/** What was proven, and by which record. */
export interface Proven {
  readonly digest: Digest
  readonly target: string
  readonly head: RecordHead
}

/** What is known of a proof: a record may have to be read first. */
export type ProofStep =
  | { readonly kind: 'proven'; readonly proven: Proven }
  | { readonly kind: 'read'; readonly target: string; readonly head: RecordHead }
  | { readonly kind: 'unproven'; readonly failure: Failure }

interface Found {
  readonly target: string
  readonly head: RecordHead
}

/** Why a healthy record of this source proves nothing, and what to do. */
type Obstacle = Pick<Failure, 'why' | 'next'>

/**
 * Whether an environment has proven an image: the newest healthy record of this source there, that is blocked in none of
 * its targets, names the digest. One target is enough: a record is made only of what was rolled out and followed.
 * @param records What was read so far; a text says why a record cannot be read.
 */
export function prove(wish: ProofWish, environment: string, testimonies: readonly Testimony[], records: ReadonlyMap<RecordHead, ReleaseRecord | string>): ProofStep {
  const all = testimonies.flatMap(({ target, heads }) => heads.map((head): Found => ({ target, head }))).toSorted(newestFirst)
  const blocks = testimonies.flatMap((testimony) => testimony.blocks)
  const named = all.filter(({ head }) => head.sourceKeys.includes(wish.sourceKey))
  const obstacles: Obstacle[] = []
  for (const { target, head } of named.filter(isHealthy)) {
    const block = barringHead(head, blocks)
    const record = records.get(head)
    if (block === undefined && record === undefined) return { kind: 'read', target, head }
    const seen = block === undefined ? judged(wish, environment, { target, head }, record ?? '', blocks) : barred({ target, head }, block, environment)
    if ('digest' in seen) return { kind: 'proven', proven: { ...seen, target, head } }
    obstacles.push(seen)
  }
  const [obstacle = named[0] === undefined ? elsewhere(wish, environment, all.filter(({ head }) => barringHead(head, blocks) === undefined), all[0]) : notHealthy(named[0], environment)] = obstacles
  return { kind: 'unproven', failure: { code: 'not-proven', what: `${wish.service} is not proven in ${environment}`, ...obstacle } }
}

/** The configuration that was proven with the images: that of the newest of their records, as it was noted last. */
export function provenConfiguration(proven: readonly Proven[]): { readonly commit?: string; readonly isMixed: boolean } {
  const commits = proven.toSorted(newestFirst).flatMap(({ head }) => head.source.configurationCommit ?? [])
  const [commit] = commits
  return { ...(commit === undefined ? {} : { commit }), isMixed: new Set(commits).size > 1 }
}

function newestFirst(a: Pick<Found, 'head'>, b: Pick<Found, 'head'>): number {
  return a.head.createdAt === b.head.createdAt ? b.head.sequence - a.head.sequence : a.head.createdAt < b.head.createdAt ? 1 : -1
}

function isHealthy({ head }: Found): boolean {
  return head.verdict === 'healthy'
}

/** What the record's metadata says of a block already: then it need not be read. */
function barringHead({ source, fingerprint }: RecordHead, blocks: readonly Block[]): Block | undefined {
  return blockOf({ commit: source.commit, fingerprint }, blocks)
}

function judged({ repository, digest: wanted }: ProofWish, environment: string, { target, head }: Found, record: ReleaseRecord | string, blocks: readonly Block[]): Obstacle | Pick<Proven, 'digest'> {
  if (typeof record === 'string') return { why: `${revision({ target, head })} is of this source, but ${record}`, next: `deploy this commit to ${environment} again` }
  const { images, configuration } = record.revision
  const block = blockOf({ commit: record.source.commit, fingerprint: head.fingerprint, images, configuration }, blocks)
  if (block !== undefined) return barred({ target, head }, block, environment)
  const digest = images[repository]
  if (digest === undefined) return { why: `${revision({ target, head })} is of this source, but runs no image of the repository ${repository}`, next: `deploy this commit to ${environment} again: the image has another repository now` }
  if (wanted === undefined || wanted === digest) return { digest }
  return { why: `what is to be deployed is ${wanted}, and ${revision({ target, head })} has proven ${digest} of this source`, next: `hand over the images that ecr-build-push takes from ${environment}, or deploy ${wanted} to ${environment} first` }
}

function barred(found: Found, { actor, release, at, reason, run }: Block, environment: string): Obstacle {
  return {
    why: `${revision(found)} is of this source and was healthy, but is blocked: ${actor} undid the release ${release} at ${at}: ${reason} (${run})`,
    next: `deploy a commit that mends it to ${environment} first; to let this one in again, run rollback there with the input \`unblock\``,
  }
}

function notHealthy(found: Found, environment: string): Obstacle {
  const { verdict, createdAt, source } = found.head
  const told = `${revision(found)} of ${createdAt} by ${source.actor} is of this source, and`
  if (verdict === 'pending') return { why: `${told} has no verdict yet (${source.run})`, next: `wait until it is healthy; where its run has died, deploy this commit to ${environment} again, which settles it` }
  return { why: `${told} ${verdict === 'failed' ? 'failed' : 'was interrupted'} (${source.run})`, next: `look at that run; deploy this commit to ${environment} again once the cause is mended, or one that mends it` }
}

/** Nothing of this source was ever deployed there: what was, so that it is seen which commit could be released. */
function elsewhere({ service }: ProofWish, environment: string, standing: readonly Found[], newest: Found | undefined): Obstacle {
  const next = `deploy this commit to ${environment} first`
  if (newest === undefined) return { why: `${service} was never deployed to ${environment} by this repository`, next }
  const good = standing.find(isHealthy)
  if (good === undefined) return { why: `nothing of ${service} stands for healthy there: the newest is ${revision(newest)}, ${newest.head.verdict}, ${commitOf(newest)}`, next }
  return { why: `what is proven there is ${commitOf(good)} (${revision(good)}), and ${service} has another source at this commit`, next }
}

function revision({ target, head }: Found): string {
  return `revision ${head.sequence} in ${target}`
}

function commitOf({ head: { source } }: Found): string {
  return `commit ${source.commit.slice(0, 12)} of ${source.ref.replace(/^refs\/(?:heads|tags)\//, '')}`
}
