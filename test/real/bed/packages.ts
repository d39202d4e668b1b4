import { existsSync } from 'node:fs'
import type { Bed } from './bed.ts'
import { command, step } from './steps.ts'

/** Installs Debian packages unless the files that are wanted of them are there. */
export async function installPackages(bed: Bed, wanted: Readonly<Record<string, string>>): Promise<void> {
  const missing = Object.entries(wanted).filter(([, file]) => !existsSync(file)).map(([name]) => name)
  if (missing.length === 0) return
  const apt = ['apt-get', '-o', 'DPkg::Lock::Timeout=300'] as const
  await step(`installed ${missing.join(', ')}`, async () => {
    await command(bed, 'apt-get', [...apt, 'update', '-q'])
    await command(bed, 'apt-get', [...apt, 'install', '-y', '-q', '--no-install-recommends', ...missing], { environment: { DEBIAN_FRONTEND: 'noninteractive' } })
  })
}
