import { readProjectFile } from '@slipway/action-host'
import { isPlain, parseProject, readShared, unknownInputs } from '@slipway/project'
import { Problems } from '@slipway/report'
import { plainSettings } from './plain-inputs.ts'
import { projectSettings } from './project-inputs.ts'
import type { Settings } from './settings.ts'

/** Every input of the action, in the order of its README. */
export const declaredInputs = [
  'project-file',
  'services',
  'environment',
  'targets',
  'images',
  'config',
  'cluster',
  'namespace',
  'region',
  'registry-account',
  'manifests',
  'image',
  'version',
  'timeout',
  'soak',
  'crash-threshold',
  'on-failure',
  'lock-timeout',
  'role',
  'expected-account',
  'phase',
  'dry-run',
] as const

/** The inputs as the runner gives them, and what of the run they are read against. */
export interface Given {
  readonly raw: { readonly values: Readonly<Record<string, string>>; readonly unknown: readonly string[] }
  readonly workspace: string
  readonly ref: string
  readonly refName: string
  /** AWS_REGION and AWS_DEFAULT_REGION stand in for a region that is not given. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * Reads the inputs: with `cluster` they say everything themselves, without it the project file does.
 * @throws Failed with every problem at once.
 */
export async function readInputs(given: Given): Promise<Settings> {
  const problems = new Problems()
  const { values } = given.raw
  unknownInputs(given.raw, declaredInputs, problems)
  const shared = readShared(given.raw, problems)
  const settings = isPlain(values)
    ? plainSettings(values, shared, given.environment, problems)
    : await problems.tryAsync(async () => projectSettings(values, shared, parseProject(await readProjectFile(given.workspace, shared.projectFile), shared.projectFile), given, problems))
  problems.throwIfAny()
  if (settings === undefined) throw new Error('inputs without settings are a problem')
  return settings
}
