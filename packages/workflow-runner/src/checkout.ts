import { execFile } from 'node:child_process'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Run } from './run.ts'

const inputs = ['repository', 'ref', 'token', 'ssh-key', 'ssh-known-hosts', 'ssh-strict', 'ssh-user', 'persist-credentials', 'path', 'clean', 'filter', 'sparse-checkout', 'sparse-checkout-cone-mode', 'fetch-depth', 'fetch-tags', 'show-progress', 'lfs', 'submodules', 'set-safe-directory', 'github-server-url', 'allow-unsafe-pr-checkout']

/** Does what actions/checkout does, from the repositories that the runner was given; always with the whole history. */
export async function checkOut(run: Run, workspace: string, given: Record<string, string>, warn: (message: string) => void, print: (line: string) => void): Promise<Record<string, string>> {
  const unexpected = Object.keys(given).filter((name) => !inputs.includes(name.toLowerCase()))
  if (unexpected.length > 0) warn(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${inputs.join("', '")}']`)
  const own = run.options.repository.name
  const repository = given['repository'] === undefined || given['repository'] === '' ? own : given['repository']
  const target = resolve(workspace, given['path'] ?? '')
  if (relative(workspace, target).startsWith('..')) throw new Error(`Repository path '${target}' is not under '${workspace}'`)
  const ref = given['ref'] ?? ''
  const wanted = ref === '' && repository === own ? { ref: run.ref, sha: run.sha } : { ref }
  const { sha, ref: found } = await run.repositories.checkOut(repository, wanted, target)
  if (given['persist-credentials'] !== 'false') {
    const token = given['token'] === undefined || given['token'] === '' ? run.token : given['token']
    const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
    await promisify(execFile)('git', ['config', '--file', join(target, '.git', 'config'), 'http.https://github.com/.extraheader', header])
  }
  print(`Checked out ${repository} at ${sha}`)
  return { ref: found, commit: sha }
}
