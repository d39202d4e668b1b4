import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Failed } from '@slipway/report'

/**
 * The text of the project file.
 * @throws Failed `project-file-missing`, or `file-outside` where a symbolic link leads out of the workspace.
 */
export async function readProjectFile(workspace: string, file: string): Promise<string> {
  let real: string
  try {
    real = await realpath(join(workspace, file))
    if (real.startsWith((await realpath(workspace)) + sep)) return await readFile(real, 'utf8')
  } catch (error) {
    const isAbsent = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
    throw new Failed({
      code: 'project-file-missing',
      what: `the project file ${file} cannot be read`,
      why: isAbsent ? 'the workspace has no such file' : String(error),
      next: 'check the repository out in an earlier step, correct the input "project-file", or give the input "cluster" to work without a project file',
    })
  }
  throw new Failed({
    code: 'file-outside',
    what: `the project file ${file} leaves the workspace`,
    why: 'it is, or lies behind, a symbolic link to another place',
    next: 'replace the link by the file itself',
  })
}
