import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Writes an executable `docker` into the folder that runs the stand-in with this very Node; gives the folder, to be put on PATH. */
export function makeDockerCommand(folder: string): string {
  const program = fileURLToPath(new URL('./docker.ts', import.meta.url))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(program)} "$@"\n`, { mode: 0o755 })
  return folder
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
