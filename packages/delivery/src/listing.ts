import { blockOf, type Block, type RecordHead, type ReleaseRecord } from '@slipway/release'
import type { Failure } from '@slipway/report'
import { differs, type Difference } from './differs.ts'
import { ownHistory } from './own-history.ts'
import type { TargetPorts } from './ports.ts'
import { reachEach, type TargetToReach } from './reach.ts'
import { readRecord } from './read-record.ts'

/** A revision as its record tells it, beside what runs. */
export interface ListedRevision {
  readonly head: RecordHead
  readonly isRunning: boolean
  /** What bars it from coming back. */
  readonly block?: Block
  /** What it has otherwise than the running one; absent where nothing of ours runs, or a record cannot be read. */
  readonly difference?: Difference
}

/** The revisions of one service, the newest first. */
export interface ListedService {
  readonly service: string
  readonly revisions: readonly ListedRevision[]
  /** How many older ones there are besides. */
  readonly older: number
}

/** What ran in the targets that could be reached, and why not in the others; by target. */
export interface Listing {
  readonly targets: ReadonlyMap<string, readonly ListedService[]>
  readonly failures: ReadonlyMap<string, readonly Failure[]>
}

type Ports = Pick<TargetPorts, 'records' | 'objects'>

const most = 20

/**
 * The newest revisions of a repository's services in each target, these or all. Only reads; neither a record that cannot
 * be read nor a target that cannot be reached hides another.
 * @throws Failed where no target can be reached.
 */
export async function listing(services: readonly string[] | undefined, repository: string, targets: readonly TargetToReach[]): Promise<Listing> {
  const { done, failed } = await reachEach(targets, (_, { ports }) => listTarget(services, repository, ports))
  return { targets: done, failures: failed }
}

async function listTarget(services: readonly string[] | undefined, repository: string, ports: Ports): Promise<ListedService[]> {
  const [{ heads, blocks }, running] = await Promise.all([ownHistory(ports, services, repository), ports.objects.running()])
  const own = [...Map.groupBy(heads, ({ service }) => service)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Promise.all(own.map(([service, all]) => listService({ service, all, blocks: blocks.get(service) ?? [], running: running.get(service) }, ports)))
}

/** One service: its records, what bars them, and the number that its workload carries. */
interface Recorded {
  readonly service: string
  readonly all: readonly RecordHead[]
  readonly blocks: readonly Block[]
  readonly running: number | undefined
}

async function listService({ service, all, blocks, running: sequence }: Recorded, ports: Ports): Promise<ListedService> {
  const newestFirst = all.toSorted((a, b) => b.sequence - a.sequence)
  const shown = newestFirst.slice(0, most)
  const records = new Map(await Promise.all(shown.map(async (head) => [head.sequence, await readable(head, ports)] as const)))
  const runs = all.find((head) => head.sequence === sequence)
  const running = runs === undefined ? undefined : (records.get(runs.sequence) ?? (await readable(runs, ports)))
  return {
    service,
    older: newestFirst.length - shown.length,
    revisions: shown.map((head): ListedRevision => {
      const record = records.get(head.sequence)
      const { images, configuration } = record?.revision ?? {}
      const block = blockOf({ commit: head.source.commit, fingerprint: head.fingerprint, ...(images === undefined ? {} : { images }), ...(configuration === undefined ? {} : { configuration }) }, blocks)
      return {
        head,
        isRunning: head.sequence === sequence,
        ...(block === undefined ? {} : { block }),
        ...(record === undefined || running === undefined ? {} : { difference: differs(record.revision, running.revision) }),
      }
    }),
  }
}

async function readable(head: RecordHead, ports: Ports): Promise<ReleaseRecord | undefined> {
  const record = await readRecord(head, ports)
  return typeof record === 'string' ? undefined : record
}
