import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ignoreText, type ImageSource } from '@slipway/images'

/** What a build leaves out, and of which context. */
interface LeavingOut {
  readonly context: string
  readonly dockerfile: string
  readonly source: Pick<ImageSource, 'dockerfile'>
  readonly leftOut: readonly string[]
}

/**
 * The Dockerfile to build with: where something must be left out, a copy with an ignore list of its own beside it,
 * which BuildKit takes before the context's. Nothing in the workspace is changed.
 */
export async function dockerfileLeavingOut({ context, dockerfile, source, leftOut }: LeavingOut, folder: string): Promise<string> {
  if (leftOut.length === 0) return dockerfile
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // The builder's own lines name the Dockerfile as it is called.
  const copy = join(folder, basename(dockerfile))
  await writeFile(copy, source.dockerfile)
  await writeFile(`${copy}.dockerignore`, await ignoreText(context, dockerfile, leftOut))
  return copy
}
