import { mkdirSync, readFileSync, symlinkSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dockerConfig, loginIn, type RegistryLogin } from '@slipway/images'

/** The machine's own docker folder: its text stays good for other registries. */
export interface OwnDocker {
  readonly folder: string
  /** `config.json`; undefined where there is none. */
  readonly text: string | undefined
}

/** Finds the docker folder that the user's other steps have signed in with. */
export function ownDocker(environment: Readonly<Record<string, string | undefined>>): OwnDocker {
  const folder = environment['DOCKER_CONFIG'] ?? join(environment['HOME'] ?? '/', '.docker')
  try {
    return { folder, text: readFileSync(join(folder, 'config.json'), 'utf8') }
  } catch {
    return { folder, text: undefined }
  }
}

/** What the user's other steps have signed in with at a registry. */
export function ownLogin(own: OwnDocker, host: string): { username: string; password: string } | undefined {
  return own.text === undefined ? undefined : loginIn(own.text, host)
}

/**
 * Writes a docker folder of this step's own (mode 0700, its file 0600), so that a registry's password stands in no
 * argument and in no file that other steps read.
 * @returns The variables that lead docker to it, and buildx to the builders that it knows already.
 */
export function makeDockerFolder(folder: string, logins: readonly RegistryLogin[], own: OwnDocker, environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, 'config.json'), dockerConfig(logins, { text: own.text ?? '', pluginFolder: join(own.folder, 'cli-plugins') }), { mode: 0o600 })
  const contexts = join(own.folder, 'contexts')
  if (existsSync(contexts)) symlinkSync(contexts, join(folder, 'contexts'))
  return { DOCKER_CONFIG: folder, BUILDX_CONFIG: environment['BUILDX_CONFIG'] ?? join(own.folder, 'buildx') }
}
