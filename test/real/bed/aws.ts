import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { startEcr, type Ecr, type EcrSettings } from './ecr.ts'
import { installed } from './installed.ts'
import { startDaemon } from './processes.ts'
import { command, step } from './steps.ts'

/** What the account has from the start. */
export interface AwsSettings extends Omit<EcrSettings, 'sts'> {
  /** `ca` is PEM. */
  readonly clusters: readonly { readonly name: string; readonly region: string; readonly endpoint: string; readonly ca: string }[]
  readonly secrets: readonly { readonly name: string; readonly region: string; readonly value: string }[]
}

export interface Aws {
  /** Of STS, EKS and Secrets Manager. */
  readonly url: string
  readonly ecr: Ecr
  /** The variables that lead the product's clients to this account, and to no other. */
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Starts an AWS account: STS, EKS and Secrets Manager by moto, which knows nothing of us. ECR is our own sandbox's: moto
 * gives every manifest the digest of an empty text, lets a tag move as it likes, and has no registry to push to.
 */
export async function startAws(bed: Bed, settings: AwsSettings): Promise<Aws> {
  const python = join(await installMoto(bed), 'bin', 'python')
  const port = await bed.port('aws')
  const url = `http://127.0.0.1:${port}`
  const { account, clusters, roles, secrets } = settings
  const file = join(bed.run, 'aws.json')
  const described = clusters.map(({ ca, ...cluster }) => ({ ...cluster, ca: Buffer.from(ca).toString('base64') }))
  writeFileSync(file, JSON.stringify({ account, port, roles: roles.map(({ name }) => name), clusters: described, secrets }), { mode: 0o600 })
  const isReady = async (): Promise<boolean> => (await fetch(`${url}/bed/sessions/none`)).status === 404
  await step('AWS: STS, EKS, Secrets Manager', () => startDaemon(bed, { name: 'aws', program: python, words: [join(import.meta.dirname, 'aws.py'), file], isReady }))
  const ecr = await startEcr(bed, { ...settings, sts: url })
  return {
    url,
    ecr,
    environment: {
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_EKS: url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_ENDPOINT_URL_ECR: ecr.url,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  }
}

/** All that moto needs for these services is pinned, and nothing of the much that its others need: it takes minutes to install. */
function installMoto(bed: Bed): Promise<string> {
  const requirements = join(import.meta.dirname, 'aws-requirements.txt')
  return installed(bed, {
    name: 'moto',
    says: 'installed moto from PyPI',
    sources: [readFileSync(requirements, 'utf8')],
    async make(folder) {
      rmSync(folder, { recursive: true, force: true })
      await command(bed, 'install-moto', ['python3', '-m', 'venv', folder])
      await command(bed, 'install-moto', [join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--requirement', requirements])
    },
  })
}
