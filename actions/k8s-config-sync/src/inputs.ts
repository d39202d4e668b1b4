import { isPlain, readShared, unknownInputs, type Project } from '@slipway/project'
import { Problems } from '@slipway/report'
import { readConfigMaps } from './config-maps.ts'
import { plainSettings } from './plain-inputs.ts'
import { projectSettings } from './project-inputs.ts'
import type { Settings } from './settings.ts'

/** Every input of the action, in the order of its README. */
export const declaredInputs = [
  'project-file',
  'services',
  'environment',
  'targets',
  'cluster',
  'namespace',
  'region',
  'name',
  'files',
  'env-files',
  'literals',
  'secrets',
  'type',
  'template',
  'mode',
  'config-path',
  'labels',
  'lock-timeout',
  'role',
  'expected-account',
  'phase',
  'dry-run',
  'github-token',
] as const

/** The inputs as the runner gives them, and what of the run they are read against. */
export interface Given {
  readonly raw: { readonly values: Readonly<Record<string, string>>; readonly unknown: readonly string[] }
  readonly workspace: string
  readonly ref: string
  readonly refName: string
  /** Reads the project file under its policy. @throws Failed where it is absent or wrong. */
  readonly project: (file: string) => Promise<Project>
  /** AWS_REGION and AWS_DEFAULT_REGION stand in for a region that is not given. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * Reads the inputs: with `cluster` they say everything themselves, without it the project file does.
 * @throws Failed with every problem at once, those of the files in the checkout among them.
 */
export async function readInputs({ raw, environment, project, ...source }: Given): Promise<Settings> {
  const problems = new Problems()
  const { values } = raw
  unknownInputs(raw, declaredInputs, problems)
  const shared = readShared(raw, problems)
  const { settings, wanted } = isPlain(values)
    ? plainSettings(values, shared, environment, problems)
    : projectSettings(values, shared, await problems.tryAsync(() => project(shared.projectFile)), source, problems)
  if (problems.all.length > 0 && wanted !== undefined) await readConfigMaps(wanted, source.workspace, problems)
  problems.throwIfAny()
  if (settings === undefined) throw new Error('inputs without settings are a problem')
  return settings
}
