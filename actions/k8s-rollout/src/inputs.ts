import { isPlain, readShared, unknownInputs, type Project } from '@slipway/project'
import { Problems, failureText, type Failure } from '@slipway/report'
import { manifestFiles } from './manifest-files.ts'
import { plainSettings } from './plain-inputs.ts'
import { projectSettings } from './project-inputs.ts'
import type { Settings, WantedFiles } from './settings.ts'

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
  'adopt',
  'lock-timeout',
  'allow-downgrade',
  'allow-unproven',
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
 * @throws Failed with every problem at once, manifests that are not in the checkout among them.
 */
export async function readInputs({ raw, environment, project, ...source }: Given): Promise<Settings> {
  const problems = new Problems()
  const { values } = raw
  unknownInputs(raw, declaredInputs, problems)
  const shared = readShared(raw, problems)
  const { settings, manifests } = isPlain(values)
    ? plainSettings(values, shared, environment, problems)
    : projectSettings(values, shared, await problems.tryAsync(() => project(shared.projectFile)), source, problems)
  if (problems.all.length > 0) for (const failure of await wrongFiles(manifests, source.workspace)) problems.add(failure)
  problems.throwIfAny()
  if (settings === undefined) throw new Error('inputs without settings are a problem')
  return settings
}

/** What is wrong with the files; several targets may share one. */
async function wrongFiles(manifests: readonly WantedFiles[], workspace: string): Promise<Iterable<Failure>> {
  const problems = new Problems()
  for (const { paths, layers } of manifests) await manifestFiles(workspace, paths, layers, problems)
  return new Map(problems.all.map((failure) => [failureText(failure), failure])).values()
}
