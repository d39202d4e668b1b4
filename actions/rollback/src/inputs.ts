import { isPlain, readShared, unknownInputs, type Project } from '@slipway/project'
import { Problems } from '@slipway/report'
import { plainPlace } from './plain-inputs.ts'
import { projectPlace } from './project-inputs.ts'
import type { Place, Settings } from './settings.ts'
import { readWish, type Wish } from './wish.ts'

/** Every input of the action, in the order of its README. */
export const declaredInputs = [
  'project-file',
  'services',
  'environment',
  'targets',
  'cluster',
  'namespace',
  'region',
  'registry-account',
  'of',
  'to',
  'reason',
  'block',
  'unblock',
  'secrets',
  'list',
  'timeout',
  'soak',
  'crash-threshold',
  'role',
  'expected-account',
  'phase',
  'dry-run',
  'github-token',
] as const

/** The inputs as the runner gives them, and what of the run they are read against. */
export interface Given {
  readonly raw: { readonly values: Readonly<Record<string, string>>; readonly unknown: readonly string[] }
  /** Reads the project file, with the policy that it extends. @throws Failed where one is absent or wrong. */
  readonly project: (file: string) => Promise<Project>
  /** AWS_REGION and AWS_DEFAULT_REGION stand in for a region that is not given. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * Reads the inputs: with `cluster` they say where everything is themselves, without it the project file does.
 * @throws Failed with every problem at once.
 */
export async function readInputs({ raw, project, environment }: Given): Promise<Settings> {
  const problems = new Problems()
  const { values } = raw
  unknownInputs(raw, declaredInputs, problems)
  const shared = readShared(raw, problems)
  const wish = readWish(values, shared, problems)
  const place = isPlain(values)
    ? plainPlace(values, shared, environment, problems)
    : await problems.tryAsync(async () => projectPlace(values, shared, await project(shared.projectFile), problems))
  if (place !== undefined) refuseNumberOfMany(wish, place, problems)
  problems.throwIfAny()
  if (place === undefined) throw new Error('inputs without a place are a problem')
  return { ...place, wish }
}

/** Revisions are counted for each service on its own: one number for several would be any content. */
function refuseNumberOfMany(wish: Wish, { services }: Place, problems: Problems): void {
  if (wish.kind !== 'undo' || wish.to === 'last-good' || !('sequence' in wish.to) || services?.length === 1) return
  problems.add({
    code: 'input-conflict',
    what: `the input "to" is the number of a revision, ${wish.to.sequence}, but "services" names ${services === undefined ? 'none' : services.length}`,
    why: 'revisions are counted for each service on its own',
    next: 'name the one service that goes back there; or give a version, or `last-good`',
  })
}
