import inc from 'semver/functions/inc.js'
import { compareVersions, isPrerelease, versionRule, type Version } from './version.ts'
import type { ConventionalCommit } from './version-commit.ts'

/** How the next version is found: by the commits since the last one, or as it is said. */
export type Bump = 'auto' | 'major' | 'minor' | 'patch' | 'prerelease'
export const bumps = ['auto', 'major', 'minor', 'patch', 'prerelease'] as const satisfies readonly Bump[]

type Step = 'major' | 'minor' | 'patch'

/**
 * The version that follows those which the commit comes after; undefined where `auto` finds no change.
 *
 * `auto` steps by the weightiest commit: breaking, feature, anything else. Before 1.0.0 nothing is promised yet, so a
 * breaking change is a minor step there. Without any version before it, it is 1.0.0. `prerelease` counts up the
 * candidates of the version that `auto` would give: `1.5.0-rc.1`, `1.5.0-rc.2`.
 * @param reachable the versions that the commit comes after.
 * @param commits those since `lastStable(reachable)`.
 */
export function nextVersion(bump: Bump, reachable: readonly Version[], commits: readonly ConventionalCommit[]): Version | undefined {
  const last = lastStable(reachable)
  if (bump === 'auto' && last !== undefined && commits.length === 0) return undefined
  const release = last === undefined ? checked('1.0.0') : stepped(last, bump === 'auto' || bump === 'prerelease' ? stepOf(commits, last) : bump)
  return bump === 'prerelease' ? candidate(release, highest(reachable)) : release
}

/** The highest version that is no pre-release. */
export function lastStable(versions: readonly Version[]): Version | undefined {
  return highest(versions.filter((version) => !isPrerelease(version)))
}

/** The highest version of all. */
export function highest(versions: readonly Version[]): Version | undefined {
  return versions.toSorted(compareVersions).at(-1)
}

function stepOf(commits: readonly ConventionalCommit[], last: Version): Step {
  if (commits.some(({ isBreaking }) => isBreaking)) return last.startsWith('0.') ? 'minor' : 'major'
  return commits.some(({ type }) => type === 'feat') ? 'minor' : 'patch'
}

function candidate(release: Version, before: Version | undefined): Version {
  if (before === undefined || !isPrerelease(before)) return checked(`${release}-rc.1`)
  const core = checked(before.slice(0, before.indexOf('-')))
  return compareVersions(core, release) < 0 ? checked(`${release}-rc.1`) : checked(inc(before, 'prerelease'))
}

function stepped(version: Version, step: Step): Version {
  return checked(inc(version, step))
}

function checked(text: string | null): Version {
  if (text !== null && versionRule.is(text)) return text
  throw new Error(`no version: ${String(text)}`)
}
