import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Writes an executable `docker` into the folder that runs the stand-in with this very Node; gives the folder, to be put
 * on PATH. The variables hold where the caller sets none: a careful caller passes no variable on that it does not know.
 */
export function makeDockerCommand(folder: string, variables: Readonly<Record<string, string>>): string {
  const program = fileURLToPath(new URL('./docker.ts', import.meta.url))
  const settings = Object.entries(variables).map(([name, value]) => `[ -n "$${name}" ] || ${name}=${quoted(value)}\nexport ${name}\n`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${settings.join('')}exec ${quoted(process.execPath)} ${quoted(program)} "$@"\n`, { mode: 0o755 })
  return folder
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
