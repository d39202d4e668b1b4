import type { RunResult } from '@slipway/workflow-runner'
import { writesOf, type ServerCount } from './counted.ts'
import type { ToldImage } from './images.ts'
import type { Moment } from './moments.ts'
import type { Revision } from './records.ts'
import { imageRepository } from './shop.ts'
import type { Running } from './where.ts'
import { count, listed } from './words.ts'
import { differences, isHealthy, type Difference, type Workload } from './workloads.ts'

/** Everything that was seen of one click. */
export interface Seen {
  readonly run: RunResult
  /** The servers' own counts during the run. */
  readonly counts: readonly ServerCount[]
  /** Repositories that got an image which they did not have. */
  readonly grown: readonly string[]
  /** What the run itself said about images; nothing where no job handed any over. */
  readonly told: readonly ToldImage[] | undefined
  readonly before: readonly Workload[]
  readonly after: readonly Workload[]
  /** What runs where, afterwards. */
  readonly running: readonly Running[]
  /** `place/name` of every ConfigMap and Secret, afterwards. */
  readonly configuration: ReadonlySet<string>
  /** What the actions said about services, and when. */
  readonly moments: readonly Moment[]
  /** What the records told, before and afterwards. */
  readonly revisionsBefore: readonly Revision[]
  readonly revisions: readonly Revision[]
  /** The locks that are held afterwards, with their holders. */
  readonly locks: ReadonlyMap<string, string>
  /** Tags on GitHub, each with its commit, and the tags that have a release. */
  readonly tags: ReadonlyMap<string, string>
  readonly releases: readonly string[]
  /** What GitHub was asked to run. */
  readonly asked: readonly { readonly file: string; readonly branch: string }[]
  /** What must stand nowhere. */
  readonly hidden: readonly string[]
}

/** Whether a promise was kept, and what was seen of it. */
export interface Finding {
  readonly kept: boolean
  readonly seen: string
}

/** Something that a click promises. */
export interface Promised {
  readonly says: string
  find(seen: Seen): Finding
}

/** The run ends well. */
export const succeeds: Promised = {
  says: 'every job succeeds',
  find: ({ run }) => {
    const failed = run.jobs.filter(({ conclusion }) => conclusion === 'failure' || conclusion === 'cancelled').map(({ name }) => name)
    return { kept: run.conclusion === 'success', seen: failed.length > 0 ? `${listed(failed)} failed` : `${count(run.jobs.filter(({ conclusion }) => conclusion === 'success').length, 'job')} succeeded` }
  },
}

/** Images of these services are built, and of no other: by the run's own words and by what the registry got. */
export function builds(services: readonly string[]): Promised {
  return {
    says: services.length === 0 ? 'nothing is built' : `${listed(services)} ${services.length === 1 ? 'is' : 'are'} built, nothing else`,
    find({ told, grown, counts }) {
      const built = told?.filter(({ reused }) => !reused).map(({ service }) => service).sort()
      const pushes = writesOf(counts, 'registry')
      const seen = `${built === undefined ? 'no job handed images over' : `the run built ${listed(built)} and reused ${listed((told ?? []).filter(({ reused }) => reused).map(({ service }) => service).sort())}`}; new images in ${listed(grown)}; ${count(pushes, 'write')} on the registry`
      const kept = same(built ?? ['?'], services) && same(grown, services.map(imageRepository)) && pushes > 0 === services.length > 0
      return { kept, seen }
    },
  }
}

/** No server's state changes. */
export const writesNothing: Promised = {
  says: '0 writes on any server',
  find: ({ counts }) => ({ kept: writesOf(counts) === 0, seen: counts.map(({ server, writes, wrote }) => `${server} ${writes}${wrote.length > 0 ? ` (${wrote.join(', ')})` : ''}`).join(', ') }),
}

/** Neither an image nor a tag is written. */
export const leavesImages: Promised = {
  says: 'no image and no tag is written',
  find: ({ counts }) => ({ kept: writesOf(counts, 'ecr', 'registry') === 0, seen: `${count(writesOf(counts, 'ecr'), 'write')} on ECR, ${count(writesOf(counts, 'registry'), 'write')} on the registry` }),
}

/** All services run with every pod that is wanted, and their records say so. */
export function healthy(place: string, services: readonly string[]): Promised {
  return {
    says: `${listed(services)} ${services.length === 1 ? 'is' : 'are'} healthy on ${place}`,
    find({ after, running }) {
      const there = after.filter((one) => one.place === place)
      const verdicts = running.filter((one) => one.place === place)
      const kept = same(there.filter(isHealthy).map(({ service }) => service), services) && same(verdicts.filter(({ verdict }) => verdict === 'healthy').map(({ service }) => service), services)
      return { kept, seen: verdicts.map(({ service, pods, revision, verdict }) => `${service} ${pods} pods, revision ${revision === '' ? 'none' : revision} ${verdict === '' ? 'not recorded' : verdict}`).join('; ') || `nothing runs on ${place}` }
    },
  }
}

/** Every configuration object that the records name is in the cluster. */
export function synced(place: string, services: readonly string[]): Promised {
  return {
    says: `the configuration of ${listed(services)} is in the cluster`,
    find({ running, configuration }) {
      const there = running.filter((one) => one.place === place)
      const names = [...new Set(there.flatMap((one) => one.configuration))].sort()
      const missing = names.filter((name) => !configuration.has(`${place}/${name}`))
      const configured = there.filter((one) => one.configuration.length > 0).map(({ service }) => service)
      return { kept: missing.length === 0 && same(configured, services), seen: missing.length > 0 ? `missing: ${listed(missing)}` : names.length > 0 ? listed(names) : 'none' }
    },
  }
}

/** These services get new pods in the place; every other service there, and every other place, is untouched. */
export function restartsOnly(place: string, services: readonly string[], others: readonly string[]): Promised {
  return {
    says: restartWords(place, services, others),
    find({ before, after }) {
      const otherPlaces = [...new Set([...before, ...after].map((one) => one.place))].filter((other) => other !== place)
      const elsewhere = otherPlaces.flatMap((other) => differences(before, after, other).filter(({ kind }) => kind !== 'untouched').map((one) => `${other}/${words(one)}`))
      const here = differences(before, after, place)
      const named = (...kinds: Difference['kind'][]): string[] => here.filter(({ kind }) => kinds.includes(kind)).map(({ service }) => service)
      return { kept: same(named('new', 'restarted'), services) && same(named('untouched'), others) && elsewhere.length === 0, seen: [...here.map(words), ...elsewhere].join(', ') || 'nothing runs' }
    },
  }
}

function restartWords(place: string, services: readonly string[], others: readonly string[]): string {
  if (services.length === 0) return 'no pod is touched'
  if (others.length === 0) return `pods start on ${place} and nowhere else`
  return `only ${listed(services)} ${services.length === 1 ? 'gets' : 'get'} new pods; ${listed(others)} ${others.length === 1 ? 'is' : 'are'} untouched`
}

const words = ({ service, kind, newPods }: Difference): string => `${service} ${kind}${newPods > 0 ? ` (${count(newPods, 'new pod')})` : ''}`

const same = (one: readonly string[], other: readonly string[]): boolean => [...one].sort().join('\n') === [...other].sort().join('\n')
