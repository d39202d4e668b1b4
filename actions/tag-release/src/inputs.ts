import { choice, flag, invalid, named, readShared, text, unknownInputs, type InputValues } from '@slipway/project'
import { bumps, environmentRule, serviceRule, versionRule } from '@slipway/release'
import { Problems } from '@slipway/report'
import { refProblem } from './ref-name.ts'
import { givenPaths } from './service-paths.ts'
import type { Settings } from './settings.ts'
import { readStart, readToken } from './start-inputs.ts'

/** Every input of the action, in the order of its README. */
export const declaredInputs = ['service', 'bump', 'version', 'ref', 'requires', 'role', 'paths', 'project-file', 'release', 'draft', 'notes', 'start', 'dry-run', 'github-token', 'job-token'] as const

/** The inputs as the runner gives them, and the checkout that they are read against. */
export interface Given {
  readonly raw: { readonly values: Readonly<Record<string, string>>; readonly unknown: readonly string[] }
  readonly workspace: string
}

/** The longest that GitHub takes, less what is put below it. */
const mostNotes = 50_000

/**
 * Reads the inputs. The project file is asked only for the paths of a service, where the input "paths" does not say them.
 * @throws Failed with every problem at once.
 */
export async function readInputs({ raw, workspace }: Given): Promise<Settings> {
  const problems = new Problems()
  const { values } = raw
  unknownInputs(raw, declaredInputs, problems)
  const { projectFile, dryRun, role } = readShared(raw, problems)
  const required = named(values, 'requires', problems, environmentRule)
  if (!isBlank(values, 'role') && isBlank(values, 'requires')) conflict('role', 'requires', 'a role reads the records of an environment that is required, and nothing else', problems)
  const service = named(values, 'service', problems, serviceRule)
  const wish = readWish(values, problems)
  const ref = readRef(values, problems)
  const [isRelease, isDraft] = [flag(values, 'release', problems, true), flag(values, 'draft', problems, false)]
  if (!isRelease && isDraft) conflict('draft', 'release', 'without a release there is no draft of one', problems)
  const notes = values['notes'] ?? ''
  if (notes.length > mostNotes) invalid('notes', notes, `it may have ${mostNotes} characters, and has ${notes.length}`, 'shorten it, and link to what is longer', problems)
  const token = readToken(values, problems)
  const start = readStart(values, token, problems)
  const paths = givenPaths(values, problems)
  if (paths.length > 0 && service === undefined && isBlank(values, 'service')) conflict('paths', 'service', 'without a service every commit counts, so "paths" would have no effect', problems)
  const belonging = service === undefined || paths.length > 0 ? paths : await problems.tryAsync(async () => (await import('./declared-paths.ts')).declaredPaths(service, workspace, projectFile))
  problems.throwIfAny()
  if (belonging === undefined || start === undefined || token === undefined) throw new Error('inputs that are missing are a problem')
  return {
    ...(service === undefined ? {} : { service }),
    paths: belonging,
    wish,
    ...(ref === undefined ? {} : { ref }),
    ...(required === undefined ? {} : { requires: { environment: required, projectFile, ...(role === undefined ? {} : { role }) } }),
    release: isRelease ? (isDraft ? 'draft' : 'published') : 'none',
    notes,
    start,
    token,
    isWritten: !dryRun,
  }
}

function readWish(values: InputValues, problems: Problems): Settings['wish'] {
  const version = named(values, 'version', problems, versionRule)
  const bump = choice(values, 'bump', problems, bumps, 'auto')
  if (!isBlank(values, 'version') && !isBlank(values, 'bump') && bump !== 'auto') conflict('version', 'bump', 'a version that is given needs no finding', problems)
  return version === undefined ? { bump } : { version }
}

function readRef(values: InputValues, problems: Problems): string | undefined {
  const ref = text(values, 'ref', problems)
  const problem = ref === undefined ? undefined : refProblem(ref)
  if (ref !== undefined && problem !== undefined) invalid('ref', ref, problem, 'write a branch, a tag or a commit', problems)
  return ref
}

function conflict(one: string, other: string, why: string, problems: Problems): void {
  problems.add({ code: 'input-conflict', what: `the inputs "${one}" and "${other}" contradict each other`, why, next: `leave "${one}" out, or mend "${other}"` })
}

function isBlank(values: InputValues, input: string): boolean {
  return (values[input] ?? '').trim() === ''
}
