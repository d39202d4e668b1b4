import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { busyboxArchive } from './busybox.ts'
import { goTool } from './go-tools.ts'
import { installPackages } from './packages.ts'
import { startDaemon } from './processes.ts'
import { command, step } from './steps.ts'

/** A registry that nobody here wrote, with the base image of what is built in the bed. */
export interface Registry {
  readonly url: string
  /** As in the names of images: `127.0.0.1:5000`. */
  readonly host: string
  readonly username: string
  readonly password: string
  /** busybox with a shell, by digest: `127.0.0.1:5000/base/busybox@sha256:…`. */
  readonly base: string
  /** The variables with which docker and crane are signed in. */
  readonly environment: Readonly<Record<string, string>>
}

/** Starts Debian's registry, which asks for a password, and puts the base image into it. */
export async function startRegistry(bed: Bed): Promise<Registry> {
  const [program, htpasswd] = ['/usr/bin/docker-registry', '/usr/bin/htpasswd'] as const
  await installPackages(bed, { 'docker-registry': program, 'apache2-utils': htpasswd })
  const crane = await goTool(bed, 'crane')
  const folder = join(bed.run, 'registry')
  mkdirSync(folder, { recursive: true })
  const port = await bed.port('registry')
  const host = `127.0.0.1:${port}`
  const [username, password] = ['slipway', passwordIn(folder)]
  await writeUsers(bed, htpasswd, folder, { username, password })
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth: Buffer.from(`${username}:${password}`).toString('base64') } } }), { mode: 0o600 })
  const settings = join(folder, 'registry.yml')
  writeFileSync(settings, JSON.stringify(settingsOf(folder, host)))
  const isReady = async (): Promise<boolean> => (await fetch(`http://${host}/v2/`)).status === 401
  await step('registry', () => startDaemon(bed, { name: 'registry', program, words: ['serve', settings], isReady }))
  const environment = { DOCKER_CONFIG: folder }
  const base = await step('base image', () => pushBase(bed, { crane, folder, host, environment }))
  return { url: `http://${host}`, host, username, password, base, environment }
}

/** JSON is YAML. */
function settingsOf(folder: string, addr: string): object {
  return {
    version: '0.1',
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: join(folder, 'images') }, delete: { enabled: true } },
    http: { addr },
    auth: { htpasswd: { realm: 'bed', path: join(folder, 'users') } },
  }
}

function passwordIn(folder: string): string {
  const file = join(folder, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** The registry takes bcrypt alone. */
async function writeUsers(bed: Bed, htpasswd: string, folder: string, { username, password }: { readonly username: string; readonly password: string }): Promise<void> {
  const file = join(folder, 'users')
  if (!existsSync(file)) writeFileSync(file, await command(bed, 'registry-users', [htpasswd, '-Bni', username], { input: password }), { mode: 0o600 })
}

async function pushBase(bed: Bed, { crane, folder, host, environment }: { readonly crane: string; readonly folder: string; readonly host: string; readonly environment: Readonly<Record<string, string>> }): Promise<string> {
  const name = `${host}/base/busybox`
  const noted = join(folder, 'base')
  if (!existsSync(noted)) {
    await command(bed, 'base-image', [crane, 'push', '--insecure', await busyboxArchive(bed), `${name}:1`], { environment })
    writeFileSync(noted, (await command(bed, 'base-image', [crane, 'digest', '--insecure', `${name}:1`], { environment })).trim())
  }
  return `${name}@${readFileSync(noted, 'utf8')}`
}
