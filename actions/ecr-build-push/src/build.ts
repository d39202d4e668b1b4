import { readFile, rm } from 'node:fs/promises'
import { buildCommand, builtDigest, BuildProgress, inspectCommand, readBuilder, type Builder } from '@slipway/images'
import { Failed, inertLine } from '@slipway/report'
import { secretFile } from './build-secrets.ts'
import { decideCache } from './cache.ts'
import type { KeyedImage } from './keys.ts'
import { dockerfileLeavingOut } from './left-out.ts'
import type { Built, Ports } from './ports.ts'
import type { Origin, Settings } from './settings.ts'

/** What every build of a run shares. */
export interface BuildSite {
  readonly host: string
  readonly builder: Builder
  /** Variables that lead docker to its credentials. */
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Asks docker for its builder.
 * @throws Failed `builder-missing`, with what docker says.
 */
export async function findBuilder(ports: Pick<Ports, 'docker'>, environment: BuildSite['environment']): Promise<Builder> {
  const lines: string[] = []
  const ended = await ports.docker.run(inspectCommand, { environment, secretVariables: [], onLine: (line) => lines.push(line) })
  const builder = ended === 'missing' ? undefined : readBuilder(lines.join('\n'))
  if (builder && ended !== 'missing' && ended.exitCode === 0) return builder
  throw new Failed({
    code: 'builder-missing',
    what: 'an image must be built, but there is no docker with buildx here',
    why: ended === 'missing' ? 'the command "docker" is not on the PATH' : `docker buildx inspect says: ${inertLine(lines.filter((line) => line.trim() !== '').slice(-2).join(' '))}`,
    next: 'run this step where docker is (ubuntu-latest has it), or set up a builder with docker/setup-buildx-action first',
  })
}

/**
 * Builds one image and pushes it by its content tag; every line comes to the log as it is printed.
 * @throws Failed `build-failed`, `push-failed`.
 */
export async function buildImage(image: KeyedImage, site: BuildSite, settings: Settings, origin: Origin, ports: Ports): Promise<Built> {
  const { service, repository } = image.wanted
  const name = `${site.host}/${repository}`
  const metadataFile = ports.scratchFile(`${service}.json`)
  const { plan } = decideCache(settings.cache, site.builder, name, origin)
  const words = buildCommand({
    context: image.context,
    dockerfile: await dockerfileLeavingOut(image, ports.scratchFile(`${service}-dockerfile`)),
    ...(image.wanted.target === undefined ? {} : { target: image.wanted.target }),
    platforms: image.wanted.platforms,
    buildArgs: image.wanted.buildArgs,
    secrets: image.wanted.secrets.map((secret) => ('file' in secret ? { id: secret.id, file: secretSource(origin.workspace, secret.file, image) } : secret)),
    labels: { 'org.opencontainers.image.source': origin.url, 'org.opencontainers.image.revision': origin.sha },
    image: name,
    tag: image.contentTag,
    push: settings.push,
    metadataFile,
    cache: settings.push ? plan : { from: plan.from },
  })
  const attempt = async (): Promise<{ exitCode: number; progress: BuildProgress }> => {
    const progress = new BuildProgress()
    const ended = await ports.docker.run(words, {
      environment: site.environment,
      secretVariables: image.wanted.secrets.flatMap((secret) => ('env' in secret ? secret.env : [])),
      onLine: (line) => {
        progress.read(line)
        if (line.trim() !== '') ports.log.info(`[${service}] ${ports.redact(line)}`)
      },
    })
    return { exitCode: ended === 'missing' ? 127 : ended.exitCode, progress }
  }
  let ended = await attempt()
  if (ended.exitCode !== 0 && registryFaltered.test(ended.progress.lastError ?? '')) {
    ports.log.warning(`${service}: the registry faltered while the image was pushed; the builder still has its layers, so it is pushed once more`)
    ended = await attempt()
  }
  if (ended.exitCode !== 0) throw buildFailure(image, ended.progress.lastError === undefined ? undefined : ports.redact(ended.progress.lastError), ended.exitCode)
  const metadata = await readFile(metadataFile, 'utf8').catch(() => '')
  await rm(metadataFile, { force: true })
  return { digest: builtDigest(metadata), hits: ended.progress.hits }
}

/** Looked up once more: the builds before this one may have put a link in its place. */
function secretSource(workspace: string, file: string, { wanted }: KeyedImage): string {
  const real = secretFile(workspace, file)
  if (real?.isInside) return real.path
  throw new Failed({ code: 'file-outside', what: `the file ${file} of a build secret is no longer in the workspace`, where: `service ${wanted.service}`, why: 'it was there when the run began', next: 'find out which step moves it' })
}

// Of an answer that says why, BuildKit tells the code and not the status.
const registryFaltered = /failed to push.*(?:\b5\d\d\b|: unavailable: |: toomanyrequests: |connection reset|EOF|timeout)/i

function buildFailure({ wanted }: KeyedImage, lastError: string | undefined, exitCode: number): Failed {
  const pushing = /failed to push/.test(lastError ?? '')
  return new Failed({
    code: pushing ? 'push-failed' : 'build-failed',
    what: pushing ? `the image of ${wanted.service} was built, but could not be pushed` : `the build of ${wanted.service} failed`,
    where: `service ${wanted.service}`,
    why: lastError === undefined ? `docker ended with exit code ${exitCode}` : inertLine(lastError).slice(0, 500),
    next: pushing ? `see that the role may push to ${wanted.repository}, then run it again` : `read the lines marked [${wanted.service}] above, and mend the Dockerfile or the code`,
  })
}
