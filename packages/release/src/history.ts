import type { RecordHead } from './record.ts'

/** The number that each service's workload carries. */
export type RunningNumbers = ReadonlyMap<string, number>

/** The newest record of each service. */
export function newestOf(heads: readonly RecordHead[]): Map<string, RecordHead> {
  const newest = new Map<string, RecordHead>()
  for (const head of heads) if (head.sequence > (newest.get(head.service)?.sequence ?? -1)) newest.set(head.service, head)
  return newest
}

/**
 * The revisions of one service that can be gone back to, the newest first: seen healthy, older than `before`, of other
 * content than `unlike`. Each content stands once, at its newest.
 */
export function goodRevisions(heads: readonly RecordHead[], { before = Infinity, unlike }: { readonly before?: number; readonly unlike: string }): RecordHead[] {
  const known = new Set([unlike])
  return newestFirst(heads)
    .filter(({ verdict, sequence }) => verdict === 'healthy' && sequence < before)
    .filter(({ fingerprint }) => !known.has(fingerprint) && known.add(fingerprint))
}

/** One release as its records tell it: a record a service, the newest that it brought itself. */
export interface ReleaseHistory {
  readonly release: string
  /** When it came, by the clock of the API server. */
  readonly at: string
  readonly brought: readonly RecordHead[]
  /** The services where what it brought does not stand any more: put back by itself or by a rollback. */
  readonly undone: ReadonlySet<string>
}

/**
 * The releases that changed a target, the newest first. Rollbacks are none; nor is a record that only repeats what was
 * there before it, or whose number never reached the workload. `named` keeps the latter: they may be about to.
 */
export function releasesOf(heads: readonly RecordHead[], running: RunningNumbers, named = false): ReleaseHistory[] {
  const standing = new Set([...Map.groupBy(heads, ({ service }) => service).values()].flatMap((own) => standingOf(own, running)))
  const brought = heads.filter((head) => {
    if (wasThere(head) || head.restores !== undefined || head.undoes !== undefined || head.verdict === 'interrupted') return false
    return (named || isWritten(head, running)) && !repeats(head, heads)
  })
  const times = timesOf(heads)
  return [...Map.groupBy(brought, ({ release }) => release)]
    .map(([release, all]) => {
      const newest = [...newestOf(all).values()]
      const undone = newest.filter((head) => isWritten(head, running) && !standing.has(head)).map(({ service }) => service)
      return { time: latestOf(newest, times), release, brought: newest, undone: new Set(undone) }
    })
    .toSorted((a, b) => byTime(a.time, b.time))
    .map(({ time, ...one }) => ({ ...one, at: time.createdAt }))
}

/** A run that left something healthy in a target. */
export interface HealthyRun {
  readonly release: string
  readonly at: string
  /** The release that it undid, where it was a rollback. */
  readonly undoes?: string
}

/** The runs that left something healthy in a target, rollbacks among them, the newest first. */
export function healthyRuns(heads: readonly RecordHead[], running: RunningNumbers): HealthyRun[] {
  const times = timesOf(heads)
  const healthy = heads.filter((head) => !wasThere(head) && isWritten(head, running) && head.verdict === 'healthy')
  return [...Map.groupBy(healthy, ({ release }) => release)]
    .map(([release, all]) => ({ release, time: latestOf(all, times), undoes: all.find(({ undoes }) => undoes !== undefined)?.undoes }))
    .toSorted((a, b) => byTime(a.time, b.time))
    .map(({ release, time, undoes }) => ({ release, at: time.createdAt, ...(undoes === undefined ? {} : { undoes }) }))
}

/** Whether a record's number is, or was, on the workload. */
export function isWritten({ service, sequence, verdict }: RecordHead, running: RunningNumbers): boolean {
  return verdict === 'healthy' || verdict === 'failed' || (verdict === 'pending' && running.get(service) === sequence)
}

/**
 * The records of one service on which what runs is built: from the newest down, past what each putting back has skipped.
 */
function standingOf(heads: readonly RecordHead[], running: RunningNumbers): RecordHead[] {
  const standing: RecordHead[] = []
  let below = Infinity
  for (const head of newestFirst(heads)) {
    if (head.sequence >= below || !isWritten(head, running)) continue
    // One that is not healthy yet has put nothing back.
    if (head.restores === undefined) standing.push(head)
    else if (head.verdict === 'healthy') below = head.restores + 1
  }
  return standing
}

/** What ran before a service was taken over was brought by no release of ours. */
function wasThere({ sequence }: RecordHead): boolean {
  return sequence === 0
}

/** A correction of drift makes a record, and changes nothing. */
function repeats(head: RecordHead, heads: readonly RecordHead[]): boolean {
  const before = newestFirst(heads.filter(({ service, sequence }) => service === head.service && sequence < head.sequence)).find(({ verdict }) => verdict === 'healthy')
  return before?.fingerprint === head.fingerprint
}

function newestFirst(heads: readonly RecordHead[]): RecordHead[] {
  return heads.toSorted((a, b) => b.sequence - a.sequence)
}

/** When something was recorded: by the server's clock, and within its second by the order of its last words. */
interface Time {
  readonly createdAt: string
  readonly version: bigint
  /** How many records of the service with higher numbers are at this very time. */
  readonly behind: number
}

/** No record is later than one with a higher number: somebody may have made an old one anew. */
function timesOf(heads: readonly RecordHead[]): ReadonlyMap<RecordHead, Time> {
  const times = new Map<RecordHead, Time>()
  const newest = new Map<string, Time>()
  for (const head of newestFirst(heads)) {
    const own = { createdAt: head.createdAt, version: /^\d+$/.test(head.resourceVersion) ? BigInt(head.resourceVersion) : 0n, behind: 0 }
    const later = newest.get(head.service)
    const time = later !== undefined && !isBefore(own, later) ? { ...later, behind: later.behind + 1 } : own
    newest.set(head.service, time)
    times.set(head, time)
  }
  return times
}

function latestOf(heads: readonly RecordHead[], times: ReadonlyMap<RecordHead, Time>): Time {
  return heads.reduce<Time>((latest, head) => {
    const time = times.get(head)
    return time !== undefined && isBefore(latest, time) ? time : latest
  }, { createdAt: '', version: 0n, behind: 0 })
}

function isBefore(a: Time, b: Time): boolean {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt
  return a.version === b.version ? a.behind > b.behind : a.version < b.version
}

/** For sorting, the newest first. */
function byTime(a: Time, b: Time): number {
  return isBefore(a, b) ? 1 : isBefore(b, a) ? -1 : 0
}
