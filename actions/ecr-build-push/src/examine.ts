import { readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { readContextTree, readDockerfile, type ImageName, type ImageSource } from '@slipway/images'
import { Failed, type Failure, type Problems } from '@slipway/report'
import { leftOutOf } from './left-out.ts'
import type { Origin, WantedImage } from './settings.ts'

/** What the checkout says about one image. */
export interface ExaminedImage {
  readonly wanted: WantedImage
  /** Absolute, links followed. */
  readonly context: string
  readonly dockerfile: string
  readonly source: ImageSource
  readonly bases: readonly ImageName[]
  /** Why the same source may give another image. */
  readonly unrepeatable: readonly string[]
  readonly holdsGit: boolean
  /** Paths in the context that are no part of it, whatever its `.dockerignore` says. */
  readonly leftOut: readonly string[]
}

/** Reads contexts and Dockerfiles, side by side; what is wrong with any of them goes to the problems. */
export async function examine(images: readonly WantedImage[], origin: Origin, problems: Problems): Promise<ExaminedImage[]> {
  const examined = await Promise.all(images.map((wanted) => problems.tryAsync(() => examineOne(wanted, origin))))
  return examined.filter((one) => one !== undefined)
}

async function examineOne(wanted: WantedImage, origin: Origin): Promise<ExaminedImage> {
  const context = await inside(wanted.context, 'folder', wanted, origin)
  const shown = join(wanted.context, wanted.dockerfile)
  const dockerfile = await inside(shown, 'file', wanted, origin)
  const text = await readFile(dockerfile, 'utf8')
  const leftOut = await leftOutOf(context, origin)
  const [facts, tree] = await Promise.all([
    readDockerfile(text, { file: shown, platforms: wanted.platforms, buildPlatform: origin.platform, buildArgs: wanted.buildArgs, ...(wanted.target === undefined ? {} : { target: wanted.target }) }),
    readContextTree(context, dockerfile, { leftOut, umask: origin.umask }),
  ])
  const source = {
    tree: tree.hash,
    dockerfile: text,
    platforms: wanted.platforms,
    buildArgs: wanted.buildArgs,
    secretIds: wanted.secrets.map(({ id }) => id),
    ...(wanted.target === undefined ? {} : { target: wanted.target }),
  }
  return { wanted, context, dockerfile, source, bases: facts.bases, unrepeatable: facts.unrepeatable, holdsGit: tree.holdsGit, leftOut }
}

/** The real path of what must be there, and inside the workspace even where links lead. */
async function inside(path: string, kind: 'folder' | 'file', { service }: WantedImage, { workspace }: Origin): Promise<string> {
  const where = `service ${service}`
  const what = kind === 'folder' ? `the build context "${path}"` : `the Dockerfile "${path}"`
  let real: string
  try {
    real = await realpath(join(workspace, path))
    const found = await stat(real)
    if (kind === 'folder' ? !found.isDirectory() : !found.isFile()) throw failed({ code: 'dockerfile-missing', what: `${what} is no ${kind}`, where, why: `it must be a ${kind}`, next: 'correct the path' })
  } catch (error) {
    if (error instanceof Failed) throw error
    const why = (await exists(workspace, '.')) && (await exists(workspace, '.git')) ? 'the checkout has nothing of that name' : 'the workspace has nothing of that name, and no checkout'
    throw failed({ code: 'dockerfile-missing', what: `${what} does not exist`, where, why, next: kind === 'folder' ? 'correct the context, or check the repository out in an earlier step' : 'correct the name of the Dockerfile, which is looked up in the context, or commit it' })
  }
  const root = await realpath(workspace)
  if (real === root || real.startsWith(root + sep)) return real
  throw failed({ code: 'file-outside', what: `${what} leads out of the workspace`, where, why: 'a link on its way leads to another place of the runner', next: 'keep everything that is built inside the repository' })
}

async function exists(folder: string, name: string): Promise<boolean> {
  try {
    await stat(join(folder, name))
    return true
  } catch {
    return false
  }
}

function failed(failure: Failure): Failed {
  return new Failed(failure)
}
