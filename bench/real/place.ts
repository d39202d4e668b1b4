import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fartherPorts, type Bed } from '../../test/real/bed/bed.ts'
import { startBuildkit } from '../../test/real/bed/buildkit.ts'
import { writeKubeconfig } from '../../test/real/bed/credentials.ts'
import { ownKubectl } from '../../test/real/bed/own-kubectl.ts'
import { startRegistry } from '../../test/real/bed/registry.ts'
import { command } from '../../test/real/bed/steps.ts'
import { standing } from '../../test/real/bed/up-down.ts'
import { startTokens } from '../../test/real/tokens.ts'
import { openRegistry, signedIn, type Registry } from './account.ts'
import { layWire, type SlowWire, type Way } from './slow-wire.ts'

/** Where a job runs, so far from every server. */
export interface Place {
  readonly bed: Bed
  /** Each way. */
  readonly latencyMs: number
  readonly registry: Registry
  /** What our bundles get: a job's token, and the way to the account. */
  readonly ours: Readonly<Record<string, string>>
  /** What a user's script gets: docker and kubectl that are signed in already. */
  readonly usual: Readonly<Record<string, string>>
  /** The builder is as on a new runner. */
  forgetLayers(): Promise<void>
  close(): Promise<void>
}

/** Opens a place: all that is asked of AWS, the registry and the API server there goes over wires that are as long. */
export async function openPlace(bed: Bed, latencyMs: number): Promise<Place> {
  const registry = await openRegistry(bed)
  const tokens = await startTokens()
  const wires: SlowWire[] = []
  const { environment, kubeconfig } = latencyMs === 0 ? near(bed) : await farther(bed, registry, latencyMs, wires)
  const idTokens = { ...tokens.environment }
  if (latencyMs > 0) {
    const url = new URL(idTokens['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '')
    const wire = await layWire({ target: new URL(url), latencyMs })
    wires.push(wire)
    idTokens['ACTIONS_ID_TOKEN_REQUEST_URL'] = movedTo(url, wire.port)
  }
  const path = `${dirname(await ownKubectl(bed))}:${process.env['PATH'] ?? ''}`
  return {
    bed,
    latencyMs,
    registry,
    ours: { ...environment, ...idTokens, PATH: path },
    usual: { PATH: path, DOCKER_CONFIG: usersDocker(bed, latencyMs, environment['DOCKER_CONFIG'] ?? '', registry), KUBECONFIG: kubeconfig },
    async forgetLayers() {
      await command(bed, 'prune', ['docker', 'buildx', 'prune', '--all', '--force'], { environment: { DOCKER_CONFIG: environment['DOCKER_CONFIG'] ?? '' } })
    },
    async close() {
      await Promise.all(wires.map((wire) => wire.close()))
      await tokens.close()
    },
  }
}

interface Ways {
  /** As the bed's own. */
  readonly environment: Readonly<Record<string, string>>
  readonly kubeconfig: string
}

function near(bed: Bed): Ways {
  const { environment, clusters } = standing(bed)
  return { environment, kubeconfig: clusters.eu.kubeconfig }
}

async function farther(bed: Bed, { ecr }: Registry, latencyMs: number, wires: SlowWire[]): Promise<Ways> {
  const { environment, clusters: { eu } } = standing(bed)
  const lay = async (name: keyof typeof fartherPorts, target: string, rewrite: Pick<Way, 'rewrite'> = {}): Promise<string> => {
    const port = await bed.port(fartherPorts[name])
    wires.push(await layWire({ port, target: new URL(target), latencyMs, ...rewrite }))
    return movedTo(new URL(target), port)
  }
  const kubernetes = await lay('kubernetes', eu.endpoint)
  // EKS says where the API server is.
  const aws = await lay('aws', environment['AWS_ENDPOINT_URL_EKS'] ?? '', { rewrite: (bytes) => replaced(bytes, eu.endpoint, kubernetes) })
  const farEcr = await lay('ecr', ecr.url)
  const buildkit = await startBuildkit(bed, { ecr: { ...ecr, url: farEcr }, registry: await startRegistry(bed), name: 'buildkit-farther' })
  const folder = join(bed.run, 'bench-farther')
  mkdirSync(folder, { recursive: true })
  const [ca, kubeconfig] = [join(folder, 'ca.pem'), join(folder, 'kubeconfig')]
  writeFileSync(ca, eu.ca)
  writeKubeconfig(kubeconfig, { server: kubernetes, 'certificate-authority': ca }, { token: eu.adminToken })
  const moved = { AWS_ENDPOINT_URL_STS: aws, AWS_ENDPOINT_URL_EKS: aws, AWS_ENDPOINT_URL_SECRETS_MANAGER: aws, AWS_ENDPOINT_URL_ECR: farEcr }
  return { environment: { ...environment, ...moved, ...buildkit.environment }, kubeconfig }
}

/** The user's docker has the same builder, and is signed in to the registry: ours signs in within its time. */
function usersDocker(bed: Bed, latencyMs: number, builders: string, registry: Registry): string {
  const folder = join(bed.run, `bench-docker-${latencyMs}`)
  rmSync(folder, { recursive: true, force: true })
  cpSync(builders, folder, { recursive: true, verbatimSymlinks: true })
  writeFileSync(join(folder, 'config.json'), signedIn(registry), { mode: 0o600 })
  return folder
}

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error(`${from} and ${to} are not of one length`)
  return bytes.includes(from) ? Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1') : bytes
}

/** Without a last slash, as it was. */
function movedTo(url: URL, port: number): string {
  const moved = new URL(url)
  moved.port = String(port)
  return url.pathname === '/' && url.search === '' ? moved.origin : moved.href
}
