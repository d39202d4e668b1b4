import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Failed } from '@slipway/report'

/** How a file is spoken of that cannot be read. */
export interface NamedFile {
  /** Such as `the project file slipway.yml`. */
  readonly what: string
  /** What to do besides checking the repository out. */
  readonly next: string
}

/**
 * The text of the project file, or of another file of the workspace.
 * @throws Failed `project-file-missing`, or `file-outside` where a symbolic link leads out of the workspace.
 */
export async function readProjectFile(workspace: string, file: string, named: NamedFile = projectFile(file)): Promise<string> {
  let real: string
  try {
    real = await realpath(join(workspace, file))
    if (real.startsWith((await realpath(workspace)) + sep)) return await readFile(real, 'utf8')
  } catch (error) {
    const isAbsent = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
    throw new Failed({
      code: 'project-file-missing',
      what: `${named.what} cannot be read`,
      why: isAbsent ? 'the workspace has no such file' : String(error),
      next: `check the repository out in an earlier step, ${named.next}`,
    })
  }
  throw new Failed({
    code: 'file-outside',
    what: `${named.what} leaves the workspace`,
    why: 'it is, or lies behind, a symbolic link to another place',
    next: 'replace the link by the file itself',
  })
}

function projectFile(file: string): NamedFile {
  return { what: `the project file ${file}`, next: 'correct the input "project-file", or give the input "cluster" to work without a project file' }
}
