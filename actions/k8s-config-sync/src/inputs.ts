import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { parseProject, readShared, unknownInputs, type Project } from '@slipway/project'
import { Failed, Problems } from '@slipway/report'
import { errorCode } from './error-code.ts'
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
  'config-path',
  'labels',
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
  unknownInputs(given.raw, declaredInputs, problems)
  const shared = readShared(given.raw, problems)
  const isPlain = (given.raw.values['cluster'] ?? '').trim() !== ''
  const settings = isPlain
    ? plainSettings(given.raw.values, shared, given.environment, problems)
    : await problems.tryAsync(async () => projectSettings(given.raw.values, shared, await readProject(given.workspace, shared.projectFile), given, problems))
  problems.throwIfAny()
  if (settings === undefined) throw new Error('inputs without settings are a problem')
  return settings
}

async function readProject(workspace: string, file: string): Promise<Project> {
  let text: string
  try {
    const real = await realpath(join(workspace, file))
    if (!real.startsWith((await realpath(workspace)) + sep)) throw outside(file)
    text = await readFile(real, 'utf8')
  } catch (error) {
    if (error instanceof Failed) throw error
    throw new Failed({
      code: 'project-file-missing',
      what: `the project file ${file} cannot be read`,
      why: errorCode(error) === 'ENOENT' ? 'the workspace has no such file' : String(error),
      next: 'check the repository out in an earlier step, correct the input "project-file", or give the input "cluster" to work without a project file',
    })
  }
  return parseProject(text, file)
}

function outside(file: string): Failed {
  return new Failed({ code: 'file-outside', what: `the project file ${file} leaves the workspace`, why: 'it is, or lies behind, a symbolic link to another place', next: 'replace the link by the file itself' })
}
