import type { ChangedCommit, CommitRange, GitHub } from '@slipway/github'
import { compareVersions, conventionalCommit, highest, isPrerelease, nextVersion, versionOfTag, versionPrefix, type Version } from '@slipway/release'
import { Failed } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { touched } from './changes.ts'
import type { Settings } from './settings.ts'

/** A version and where its tag is. */
export interface TaggedVersion {
  readonly version: Version
  readonly tag: string
  readonly commit: string
}

/** What is to be done about a commit. */
export interface Decision {
  /** `new`: no tag of the service is on it. `tagged`: it has its version. `nothing`: nothing changed since the last one. */
  readonly kind: 'new' | 'tagged' | 'nothing'
  /** The version that it gets or has; where nothing changed, the last one. */
  readonly version: Version
  readonly tag: string
  /** The tagged commit: the one that was asked about, or where nothing changed that of the last version. */
  readonly commit: string
  /** The last version before it, without pre-releases. */
  readonly previous?: TaggedVersion
  /** The service's commits since then. */
  readonly changes: readonly ChangedCommit[]
  /** Every version of the service. */
  readonly all: readonly TaggedVersion[]
}

interface Base {
  readonly at: TaggedVersion
  readonly range: CommitRange
}

/**
 * Reads the tags of the service, and decides.
 * @throws Failed `version-refused` where the commit cannot have the version.
 */
export async function decide({ service, paths, wish }: Settings, commit: string, github: GitHub): Promise<Decision> {
  const prefix = versionPrefix(service)
  const all = (await github.tags(`tags/${prefix}`)).flatMap(({ tag, commit: of }): TaggedVersion[] => {
    const version = versionOfTag(tag, service)
    return version === undefined ? [] : [{ version, tag, commit: of }]
  })
  const own = highest(all.filter((one) => one.commit === commit).map(({ version }) => version))
  if (own !== undefined && 'version' in wish && wish.version !== own) throw refused(`${prefix}${wish.version}`, `the commit ${short(commit)} is ${prefix}${own} already, and a commit has one version`, `leave "version" out to finish ${prefix}${own}, or release a later commit`)
  const base = await lastBefore(commit, all.filter(({ version }) => !isPrerelease(version) && (own === undefined || compareVersions(version, own) < 0)), github)
  const changes = base === undefined ? [] : await touched(base.range, commit, paths, github)
  const common = { commit, changes, all, ...(base === undefined ? {} : { previous: base.at }) }
  if (own !== undefined) return { kind: 'tagged', version: own, tag: `${prefix}${own}`, ...common }
  const version = 'version' in wish ? wish.version : await found(wish.bump, commit, base, changes, all, github)
  if (version === undefined && base !== undefined) return { kind: 'nothing', ...common, ...base.at }
  if (version === undefined) throw new Error('a first version was found to be none')
  refuse(version, prefix, commit, base, all)
  return { kind: 'new', version, tag: `${prefix}${version}`, ...common }
}

async function found(bump: Parameters<typeof nextVersion>[0], commit: string, base: Base | undefined, changes: readonly ChangedCommit[], all: readonly TaggedVersion[], github: GitHub): Promise<Version | undefined> {
  const last = base?.at.version
  const candidates = bump === 'prerelease' ? all.filter(({ version }) => isPrerelease(version) && (last === undefined || compareVersions(version, last) > 0)) : []
  const candidate = await lastBefore(commit, candidates, github)
  const reachable = [last, candidate?.at.version].filter((one) => one !== undefined)
  return nextVersion(bump, reachable, changes.map(({ message }) => conventionalCommit(message)))
}

/** The highest of the versions that the commit comes after: a release branch goes on from its own, not from the newest. */
async function lastBefore(commit: string, versions: readonly TaggedVersion[], github: GitHub): Promise<Base | undefined> {
  const sorted = versions.toSorted((a, b) => compareVersions(b.version, a.version))
  // Mostly it is the first; where it is far down, several are asked about at once.
  for (let [from, size] = [0, 1]; from < sorted.length; [from, size] = [from + size, 8]) {
    const bases = await mapLimit(sorted.slice(from, from + size), size, async (at): Promise<Base> => ({ at, range: await github.between(at.commit, commit) }))
    const base = bases.find(({ range }) => range.isAhead)
    if (base !== undefined) return base
  }
  return undefined
}

function refuse(version: Version, prefix: string, commit: string, base: Base | undefined, all: readonly TaggedVersion[]): void {
  const tag = `${prefix}${version}`
  const holder = all.find((one) => one.version === version)
  if (holder !== undefined) throw refused(tag, `${short(holder.commit)} is ${tag}, and ${short(commit)} does not come after it`, 'release a commit that comes after that one, or give another version by "version"')
  if (base !== undefined && compareVersions(version, base.at.version) <= 0) throw refused(tag, `${short(commit)} comes after ${base.at.tag}, which is higher`, `give a version above ${base.at.version}, or leave "version" out`)
}

/** The failure of a version that a commit cannot have. */
export function refused(tag: string, why: string, next: string): Failed {
  return new Failed({ code: 'version-refused', what: `${tag} cannot be made`, why, next })
}

/** A commit as people name it. */
export function short(commit: string): string {
  return commit.slice(0, 7)
}
