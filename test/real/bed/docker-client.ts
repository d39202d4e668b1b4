import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Bed } from './bed.ts'
import { goTool } from './go-tools.ts'
import { installPackages } from './packages.ts'

/** Makes a docker folder with buildx, signed in to some registries; the machine's docker is taken where it has one. */
export async function makeDockerFolder(bed: Bed, folder: string, registries: readonly { readonly host: string; readonly username: string; readonly password: string }[] = []): Promise<void> {
  const isThere = (process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, 'docker')))
  if (!isThere) await installPackages(bed, { 'docker.io': '/usr/bin/docker' })
  const buildx = await goTool(bed, 'buildx')
  mkdirSync(join(folder, 'cli-plugins'), { recursive: true })
  const plugin = join(folder, 'cli-plugins', 'docker-buildx')
  rmSync(plugin, { force: true })
  symlinkSync(buildx, plugin)
  const auths = Object.fromEntries(registries.map(({ host, username, password }) => [host, { auth: Buffer.from(`${username}:${password}`).toString('base64') }]))
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }), { mode: 0o600 })
}
