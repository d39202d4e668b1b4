import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { checkedOutAt, readProjectFile, type NamedFile } from '@slipway/action-host'
import { joinedPolicy, parsePolicy, parseProject, sharedPolicy, underPolicy, type Policy, type Project, type WrittenPolicy } from '@slipway/project'
import { Failed, list } from '@slipway/report'
import { policyFiles, type PolicyFiles } from './policy-files.ts'
import type { PolicyRun, PolicySource } from './policy-source.ts'

/** A policy, and where it was read. */
interface Found {
  readonly file: string
  readonly policy: WrittenPolicy
}

/**
 * The project of a run: services as the checked out commit has them, environments and registry as the default branch
 * has them, or a file that it extends. GitHub is asked, and the token needed, only for what the checkout cannot say: on
 * another ref than the default branch, and for a file of another repository.
 * @param file The project file, relative to the workspace, and so to the repository.
 * @throws Failed where one of the files is absent or wrong, or GitHub does not show it.
 */
export async function governedProject(file: string, source: PolicySource): Promise<Project> {
  const stop = new AbortController()
  const files = policyFiles({ ...source, signal: AbortSignal.any([source.signal, stop.signal]) })
  const isHere = source.isDefaultCheckedOut === true || (isOnDefault(source.run) && (await isCheckedOut(source.run)))
  const asked = isHere ? undefined : Promise.allSettled([ofDefaultBranch(file, source.run, files)])
  try {
    const project = parseProject(await readProjectFile(source.run.workspace, file, named(file, source)), file)
    const found = (await asked)?.[0]
    if (found?.status === 'rejected') throw found.reason
    const own: Found = found?.value ?? { file, policy: project }
    if (found !== undefined) tellDifferences(file, project, own.policy, source)
    return underPolicy(project, own.policy.extends === undefined ? own.policy : joinedPolicy(own, await extended(own, own.policy.extends, isHere, source, files)))
  } finally {
    stop.abort()
  }
}

function named(file: string, { withoutFile }: PolicySource): NamedFile | undefined {
  return withoutFile === undefined ? undefined : { what: `the project file ${file}`, next: `correct the input "project-file", or ${withoutFile}` }
}

function isOnDefault({ ref, defaultBranch }: PolicyRun): boolean {
  return defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`
}

/** A step before may have checked another commit out. A folder that is no repository was made by the run itself. */
async function isCheckedOut({ workspace, sha }: PolicyRun): Promise<boolean> {
  const checkout = await checkedOutAt(workspace, workspace)
  return checkout === undefined || checkout.commit === sha
}

async function ofDefaultBranch(file: string, run: PolicyRun, files: PolicyFiles): Promise<Found> {
  const text = await files.ofDefaultBranch(posix.normalize(file))
  if (text !== undefined) return { file: onDefault(file, run), policy: parsePolicy(text, onDefault(file, run)) }
  throw new Failed({
    code: 'project-file-missing',
    what: `the default branch of ${run.repository} has no project file ${file}`,
    why: `what ${run.ref} may be deployed to is said there: policy is never taken from the commit that is deployed`,
    next: `merge ${file} into the default branch first; where the repository is checked out into a folder, check it out into the workspace itself, so that the path is the same in both`,
  })
}

/** The file that a policy extends. A path of the repository counts as it is on the default branch, like the policy itself. */
async function extended(own: Found, named: string, isHere: boolean, source: PolicySource, files: PolicyFiles): Promise<{ readonly file: string; readonly policy: Policy }> {
  const shared = sharedPolicy(named)
  const file = shared === undefined && !isHere ? onDefault(named, source.run) : named
  const text = shared !== undefined ? await files.ofRepository(shared, own.file) : isHere ? await checkedOut(named, own.file, source.run) : await files.ofDefaultBranch(posix.normalize(named))
  if (text === undefined) {
    throw new Failed({ code: 'project-file-missing', what: `the default branch of ${source.run.repository} has no file ${named}, which ${own.file} extends`, why: 'a path there is one of the default branch, too', next: `add ${named} to the default branch, or correct \`extends\` there` })
  }
  const policy = parsePolicy(text, file, 'extended')
  if (policy.extends === undefined) return { file, policy }
  throw new Failed({ code: 'project-file-invalid', what: `${file}, which ${own.file} extends, extends another file itself`, why: 'policy is said in two places at most, so that it can be read', next: `name ${policy.extends} by \`extends\` of ${own.file}, or write what it says into ${file}` })
}

function checkedOut(named: string, by: string, { workspace }: PolicyRun): Promise<string> {
  return readProjectFile(workspace, named, { what: `the file ${named}, which ${by} extends,`, next: `or correct \`extends\` in ${by}` })
}

function onDefault(file: string, { defaultBranch }: PolicyRun): string {
  return `${file}@${defaultBranch ?? 'default branch'}`
}

/** Somebody who changes policy on a branch must not wonder why it has no effect. */
function tellDifferences(file: string, own: WrittenPolicy, counts: WrittenPolicy, { run, notice }: PolicySource): void {
  const names = [...new Set([...own.environments.keys(), ...counts.environments.keys()])].filter((name) => !isDeepStrictEqual(own.environments.get(name), counts.environments.get(name)))
  const parts = [
    ...names.map((name) => `the environment ${name}`),
    ...(isDeepStrictEqual(own.registry, counts.registry) ? [] : ['the registry']),
    ...(own.extends === counts.extends ? [] : ['`extends`']),
  ]
  if (parts.length === 0) return
  notice(`${file} of ${run.ref} says something else of ${list(parts)} than the default branch${run.defaultBranch === undefined ? '' : ` ${run.defaultBranch}`} does; what counts is the default branch`)
}
