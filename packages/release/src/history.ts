import type { RecordHead } from './record.ts'

/** The newest record of each service. */
export function newestOf(heads: readonly RecordHead[]): Map<string, RecordHead> {
  const newest = new Map<string, RecordHead>()
  for (const head of heads) if (head.sequence > (newest.get(head.service)?.sequence ?? 0)) newest.set(head.service, head)
  return newest
}

/**
 * The revisions of one service that can be gone back to, the newest first: seen healthy, older than `before`, of other
 * content than `unlike`. Each content stands once, at its newest.
 */
export function goodRevisions(heads: readonly RecordHead[], { before = Infinity, unlike }: { readonly before?: number; readonly unlike: string }): RecordHead[] {
  const known = new Set([unlike])
  return heads
    .filter(({ verdict, sequence }) => verdict === 'healthy' && sequence < before)
    .toSorted((a, b) => b.sequence - a.sequence)
    .filter(({ fingerprint }) => !known.has(fingerprint) && known.add(fingerprint))
}

/** One release as its records tell it: a record a service, the newest that it brought itself. */
export interface ReleaseHistory {
  readonly release: string
  readonly brought: readonly RecordHead[]
  /** The services where its content was put back already, by itself or by a rollback. */
  readonly undone: ReadonlySet<string>
}

/** The releases that brought something to a target, the newest first; rollbacks and what was never written are none. */
export function releasesOf(heads: readonly RecordHead[]): ReleaseHistory[] {
  const own = heads.filter(({ restores, undoes, verdict }) => restores === undefined && undoes === undefined && verdict !== 'interrupted')
  const histories = Map.groupBy(own, ({ release }) => release)
  return [...histories]
    .map(([release, brought]) => ({ release, brought: [...newestOf(brought).values()], undone: undoneOf(release, heads) }))
    .toSorted((a, b) => (isOlder(a.brought, b.brought) ? 1 : isOlder(b.brought, a.brought) ? -1 : 0))
}

/** The release that `of` names: an id, the URL or number of its run, or a version; the newest where several have it. */
export function namedRelease(releases: readonly ReleaseHistory[], of: string): ReleaseHistory | undefined {
  return releases.find(({ release, brought }) =>
    release === of || brought.some(({ source, versions }) => source.run === of || source.run.endsWith(`/runs/${of}`) || versions.includes(of)),
  )
}

function undoneOf(release: string, heads: readonly RecordHead[]): Set<string> {
  const back = heads.filter((head) => head.verdict === 'healthy' && (head.undoes === release || (head.release === release && head.restores !== undefined)))
  const newest = newestOf(back)
  const bad = newestOf(heads.filter((head) => head.release === release && head.restores === undefined && head.undoes === undefined))
  return new Set([...bad.values()].filter(({ service, sequence }) => (newest.get(service)?.sequence ?? 0) > sequence).map(({ service }) => service))
}

/** By the server's clock; within its second, by the numbers of a service that both changed. */
function isOlder(a: readonly RecordHead[], b: readonly RecordHead[]): boolean {
  const latest = (heads: readonly RecordHead[]): string => heads.map(({ createdAt }) => createdAt).toSorted().at(-1) ?? ''
  if (latest(a) !== latest(b)) return latest(a) < latest(b)
  return a.some((one) => b.some(({ service, sequence }) => service === one.service && sequence > one.sequence))
}
