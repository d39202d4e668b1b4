import { goodRevisions, isCalled, isWritten, newestOf, type RecordHead, type ReleaseHistory, type ReleaseRecord, type Revision, type Source } from '@slipway/release'
import { Failed, Problems, list, type Failure } from '@slipway/report'
import type { Mission, ServiceResult, Surroundings } from './delivery.ts'
import type { History } from './ports.ts'
import { readRecord, usableRecord } from './read-record.ts'
import { recordedService } from './recorded.ts'
import { withNewestSecrets } from './secrets.ts'
import { releaseName, type Known, type UndoWish } from './undo-release.ts'
import type { WantedService } from './wanted.ts'

/** A rollback, whatever its targets. */
export interface Undo extends Omit<Mission, 'target' | 'participants'>, UndoWish {
  /** Why, in the words of whoever rolls back: kept with the block. */
  readonly reason: string
  /** Whether what the bad release brought is barred from coming back. */
  readonly block: boolean
}

/** One service that goes back. */
export interface Move {
  readonly wanted: WantedService
  readonly bad: NamedRevision
  readonly good: NamedRevision & { readonly source: Source; readonly sourceKeys: readonly string[] }
  /** The number of the newest record when the plan was made. */
  readonly newest: number
  /** Declared names of Secrets whose source did not change: they keep their newest version. */
  readonly keptSecrets: readonly string[]
}

/** A revision by the names that people know it by. */
export interface NamedRevision {
  readonly sequence: number
  readonly versions: readonly string[]
}

/** How a release is undone in one target. */
export interface UndoPlan {
  readonly release: string
  readonly moves: readonly Move[]
  /** What does not move: put back already, or with nothing to go back to. */
  readonly settled: readonly ServiceResult[]
  /** Why nothing moves in this target at all. */
  readonly refused: readonly Failure[]
  /** What is to be barred, moved or not. */
  readonly barred: readonly Barred[]
  readonly warnings: readonly string[]
}

/** What the bad release brought to a service, and what must not be barred with it. */
export interface Barred {
  readonly service: string
  readonly content: RecordedContent
  readonly good: readonly RecordedContent[]
}

/** What a block can know a revision by. */
export interface RecordedContent extends Pick<Revision, 'images' | 'configuration'> {
  readonly fingerprint: string
  readonly commit: string
}

const mostLookedAt = 10

/** Chooses, for each service that the bad release changed in a target, the revision to go back to. Only reads. */
export async function planUndo(release: ReleaseHistory, wish: Undo & Mission, known: Known, around: Surroundings): Promise<UndoPlan> {
  const problems = new Problems()
  const once = readingOnce(around)
  const plans = await Promise.all(release.brought.map((head) => planService(head, release, wish, known, once, problems)))
  const stuck = plans.flatMap(({ stuck: failure }) => failure ?? [])
  return {
    release: release.release,
    moves: plans.flatMap(({ move }) => move ?? []),
    settled: plans.flatMap(({ settled }) => settled ?? []),
    // A service that has nothing to go back to holds up no other; alone it is the answer.
    refused: problems.all.length === 0 && stuck.length === plans.length ? stuck : problems.all,
    barred: plans.flatMap(({ barred }) => barred ?? []),
    warnings: plans.flatMap(({ warnings }) => warnings),
  }
}

/** The same, reading each record once: no record is ever changed. */
function readingOnce(around: Surroundings): Surroundings {
  const { records } = around.ports
  const known = new Map<string, ReturnType<typeof records.read>>()
  const read: typeof records.read = (name) => {
    const reading = known.get(name) ?? records.read(name)
    known.set(name, reading)
    return reading
  }
  return { ...around, ports: { ...around.ports, records: { ...records, read } } }
}

interface ServicePlan {
  readonly move?: Move
  readonly settled?: ServiceResult
  readonly stuck?: Failure
  readonly barred?: Barred
  readonly warnings: readonly string[]
}

async function planService(head: RecordHead, release: ReleaseHistory, wish: UndoWish & Mission, known: Known, around: Surroundings, problems: Problems): Promise<ServicePlan> {
  const { service } = head
  const warnings: string[] = []
  const candidates = candidatesOf(head, wish, known, release.undone.has(service))
  const older = goodRevisions(known.heads.filter((one) => one.service === service), { before: head.sequence, unlike: head.fingerprint })
  const looking = new Problems()
  const [bad, good, others] = await Promise.all([
    problems.tryAsync(() => badRecord(head, around)),
    firstAvailable(candidates, head, wish, known, around, warnings, looking),
    contentsOf(older, around),
  ])
  // Without the bad record there is nothing else to mend.
  if (bad === undefined) return { warnings: [] }
  for (const problem of looking.all) problems.add(problem)
  const barred = (kept: WantedService | undefined): Barred => ({
    service,
    content: contentOf(head, bad),
    good: [...others, ...(good === undefined ? [] : [{ ...contentOf(good.head, good.record), ...(kept === undefined ? {} : { configuration: kept.configuration }) }])],
  })
  const standing = { service, sequence: head.sequence, seconds: 0, wrote: false } as const
  const isUnderWay = known.heads.some((one) => one.service === service && one.verdict === 'pending')
  if (wish.to === 'last-good' && release.undone.has(service) && !isUnderWay) {
    return { barred: barred(undefined), settled: { ...standing, status: 'unchanged' }, warnings: [`[${service}] ${releaseName(release)} is undone there already; to go back further, name the release by "of"`] }
  }
  if (good === undefined) {
    const failure = nothingGood(service, head, wish, warnings)
    return { barred: barred(undefined), stuck: failure, settled: { ...standing, status: 'refused', failure }, warnings }
  }
  for (const one of known.heads.filter((other) => other.service === service && other.sequence > head.sequence && other.release !== release.release && other.undoes === undefined)) {
    const who = `revision ${one.sequence} by ${one.source.actor} (${one.release})`
    if (isWritten(one, known.running)) warnings.push(`[${service}] ${who} came later and goes with it`)
    else if (one.verdict === 'pending') warnings.push(`[${service}] ${who} is recorded and not written: to stop it, name it by "of"`)
  }
  const wanted = recordedService(good.record)
  const newest = wish.secrets === 'current' ? await withNewestSecrets(wanted, await newestRecord(known, head, bad, around), around) : { wanted, kept: [] }
  for (const name of newest.kept) warnings.push(`[${service}] the Secret ${name} keeps its newest version: its source did not change, and the old value may be revoked`)
  return {
    barred: barred(newest.wanted),
    warnings,
    move: {
      wanted: newest.wanted,
      bad: { sequence: head.sequence, versions: head.versions },
      good: { sequence: good.head.sequence, versions: good.head.versions, sourceKeys: good.head.sourceKeys, source: good.record.source },
      newest: newestOf(known.heads).get(service)?.sequence ?? 0,
      keptSecrets: newest.kept,
    },
  }
}

/** What revisions that stand for good have: a block on the bad one must not bar them. */
export async function contentsOf(good: readonly RecordHead[], { ports }: Pick<Surroundings, 'ports'>): Promise<RecordedContent[]> {
  const contents = await Promise.all(good.slice(0, mostLookedAt).map(async (head) => ({ head, record: await readRecord(head, ports) })))
  return contents.flatMap(({ head, record }) => (typeof record === 'string' ? [] : [contentOf(head, record)]))
}

function candidatesOf(bad: RecordHead, { to }: UndoWish, { heads, running }: Known, isUndone: boolean): RecordHead[] {
  // It stays where it is, under another number: that keeps out whoever is about to write the bad content again.
  if (isUndone && to === 'last-good') return heads.filter(({ service, sequence, verdict }) => service === bad.service && verdict === 'healthy' && sequence === running.get(service))
  const own = heads.filter(({ service, release }) => service === bad.service && (to !== 'last-good' || release !== bad.release))
  if (to === 'last-good') return goodRevisions(own, { before: bad.sequence, unlike: bad.fingerprint })
  const isAsked = ({ versions, sequence }: RecordHead): boolean => ('version' in to ? isCalled(versions, to.version) : sequence === to.sequence)
  return goodRevisions(own.filter(isAsked), { unlike: '' }).slice(0, 1)
}

/** The first candidate that can run again. One that was named explicitly is not passed over: that is a problem. */
async function firstAvailable(
  candidates: readonly RecordHead[],
  bad: RecordHead,
  wish: UndoWish & Mission,
  history: History,
  around: Surroundings,
  warnings: string[],
  problems: Problems,
): Promise<{ readonly head: RecordHead; readonly record: ReleaseRecord } | undefined> {
  for (const head of candidates) {
    const record = head.fingerprint === bad.fingerprint ? `it has the content of the bad revision ${bad.sequence}` : await usableRecord(head, history, { ...around, mission: wish })
    if (typeof record !== 'string') return { head, record }
    if (wish.to !== 'last-good') problems.add(notThat(head, record, bad, history))
    else warnings.push(`[${head.service}] revision ${head.sequence} is passed over: ${record}`)
  }
  if (wish.to !== 'last-good' && candidates.length === 0) problems.add(notThat(bad, `no healthy revision is called so`, bad, history, wish))
  return undefined
}

/** What a service runs, or ran last: newer than the bad revision, where others came after it. */
async function newestRecord({ heads }: History, bad: RecordHead, record: ReleaseRecord, { ports }: Surroundings): Promise<ReleaseRecord> {
  const newest = newestOf(heads.filter(({ verdict }) => verdict !== 'interrupted')).get(bad.service)
  const read = newest === undefined || newest.name === bad.name ? record : await readRecord(newest, ports)
  return typeof read === 'string' ? record : read
}

/** @throws Failed `record-unreadable`: without it nobody knows what the bad release brought. */
async function badRecord(head: RecordHead, { ports }: Surroundings): Promise<ReleaseRecord> {
  const record = await ports.records.read(head.name)
  if (record !== undefined) return record
  throw new Failed({
    code: 'record-unreadable',
    what: `the release record ${head.name} is gone`,
    why: 'somebody has deleted the ConfigMap just now',
    next: 'find out who may delete there, and run the rollback again',
  })
}

function contentOf(head: RecordHead, { revision, source }: ReleaseRecord): RecordedContent {
  return { fingerprint: head.fingerprint, commit: source.commit, images: revision.images, configuration: revision.configuration }
}

function nothingGood(service: string, bad: RecordHead, { target }: Mission, passedOver: readonly string[]): Failure {
  return {
    code: 'nothing-to-restore',
    what: `${service} has nothing to go back to in ${target.name}`,
    why: [`before revision ${bad.sequence} no revision of other content was seen healthy there and still exists`, ...passedOver].join('; '),
    next: `deploy a commit that mends it; to stop it meanwhile, \`kubectl -n ${target.namespace} scale deployment -l slipway.dev/service=${service} --replicas=0\``,
  }
}

function notThat(head: RecordHead, why: string, bad: RecordHead, { heads }: History, wish?: UndoWish & Mission): Failure {
  const others = goodRevisions(heads.filter(({ service }) => service === bad.service), { unlike: bad.fingerprint }).filter(({ sequence }) => sequence !== head.sequence)
  const asked = wish === undefined || wish.to === 'last-good' ? `revision ${head.sequence}` : 'version' in wish.to ? `version ${wish.to.version}` : `revision ${wish.to.sequence}`
  return {
    code: 'nothing-to-restore',
    what: `${bad.service} cannot go back to ${asked}`,
    why,
    next: others.length === 0 ? 'there is no other good revision: deploy a commit that mends it' : `give another one by "to": ${list(others.slice(0, 5).map(({ sequence, versions }) => `${sequence}${versions.length === 0 ? '' : ` (${versions.join(', ')})`}`), 'or')}`,
  }
}
