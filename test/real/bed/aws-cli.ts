import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { installed } from './installed.ts'
import { command } from './steps.ts'

/** The AWS command line, in a folder of its own: moto's packages stay what they are. Gives the program's path. */
export async function installAwsCli(bed: Bed): Promise<string> {
  const requirements = join(import.meta.dirname, 'aws-cli-requirements.txt')
  const folder = await installed(bed, {
    name: 'aws-cli',
    says: 'installed the AWS command line from PyPI',
    sources: [readFileSync(requirements, 'utf8')],
    async make(path) {
      rmSync(path, { recursive: true, force: true })
      await command(bed, 'install-aws-cli', ['python3', '-m', 'venv', path])
      await command(bed, 'install-aws-cli', [join(path, 'bin', 'pip'), 'install', '--quiet', '--no-compile', '--disable-pip-version-check', '--no-deps', '--requirement', requirements])
    },
  })
  return join(folder, 'bin', 'aws')
}
