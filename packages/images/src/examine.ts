import { existsSync } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Failed, type Failure } from '@slipway/report'
import type { ImageSource } from './content-key.ts'
import { readContextTree } from './context-tree.ts'
import { readDockerfile } from './dockerfile.ts'
import type { ImageName } from './image-name.ts'

/** One service's image, as its declaration says what it is built from. */
export interface DeclaredImage {
  readonly service: string
  /** Relative to the workspace. */
  readonly context: string
  /** Relative to the context. */
  readonly dockerfile: string
  readonly target?: string
  /** At least one. */
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  /** The names of the build secrets; never their values. */
  readonly secretIds: readonly string[]
}

/** The checkout that images are built from, on this machine. */
export interface Checkout {
  /** Absolute path. */
  readonly workspace: string
  /** The platform of this machine: `linux/amd64`. */
  readonly platform: string
  /** Of this process, and so of the checkout. */
  readonly umask: number
}

/** What the checkout says about one image. */
export interface ExaminedSource {
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

/** Where the workflows check Slipway and the configuration out, beside the code that is built. */
const checkouts = ['.slipway', '.slipway-configuration'] as const

/**
 * Reads the context and the Dockerfile of an image.
 * @throws Failed where one is absent, leads out of the workspace, or cannot be read.
 */
export async function examineImage(image: DeclaredImage, checkout: Checkout): Promise<ExaminedSource> {
  const context = await inside(image.context, 'folder', image, checkout)
  const shown = join(image.context, image.dockerfile)
  const dockerfile = await inside(shown, 'file', image, checkout)
  const text = await readFile(dockerfile, 'utf8')
  const leftOut = await leftOutOf(context, checkout)
  const { platforms, buildArgs, secretIds, target } = image
  const [facts, tree] = await Promise.all([
    readDockerfile(text, { file: shown, platforms, buildPlatform: checkout.platform, buildArgs, ...(target === undefined ? {} : { target }) }),
    readContextTree(context, dockerfile, { leftOut, umask: checkout.umask }),
  ])
  const source = { tree: tree.hash, dockerfile: text, platforms, buildArgs, secretIds, ...(target === undefined ? {} : { target }) }
  return { context, dockerfile, source, bases: facts.bases, unrepeatable: facts.unrepeatable, holdsGit: tree.holdsGit, leftOut }
}

/** The checkouts of the workflow that stand in the context: in that of the workspace's root alone. */
async function leftOutOf(context: string, { workspace }: Pick<Checkout, 'workspace'>): Promise<readonly string[]> {
  return context === (await realpath(workspace)) ? checkouts.filter((name) => existsSync(join(context, name))) : []
}

/** The real path of what must be there, and inside the workspace even where links lead. */
async function inside(path: string, kind: 'folder' | 'file', { service }: DeclaredImage, { workspace }: Checkout): Promise<string> {
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
