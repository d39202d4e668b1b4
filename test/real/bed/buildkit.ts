import { existsSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { makeDockerFolder } from './docker-client.ts'
import type { Ecr } from './ecr.ts'
import { goTool } from './go-tools.ts'
import { installPackages } from './packages.ts'
import { startDaemon } from './processes.ts'
import type { Registry } from './registry.ts'
import { command, step } from './steps.ts'

export interface Buildkit {
  /** The docker folder of someone who has chosen this builder. */
  readonly dockerConfig: string
  /** The variables with which `docker buildx build` builds here. */
  readonly environment: Readonly<Record<string, string>>
}

const builder = 'bed'

export interface BuildkitSettings {
  readonly ecr: Pick<Ecr, 'url' | 'hosts'>
  readonly registry: Pick<Registry, 'host' | 'username' | 'password'>
  /** Where another one is to run beside the bed's own. */
  readonly name?: string
}

/** Starts BuildKit, and makes it the builder of a docker folder of the bed's own, signed in to the registry. */
export async function startBuildkit(bed: Bed, { ecr, registry, name = 'buildkit' }: BuildkitSettings): Promise<Buildkit> {
  await installPackages(bed, { runc: '/usr/sbin/runc' })
  const buildkitd = await goTool(bed, 'buildkitd')
  const folder = join(bed.run, name)
  const dockerConfig = join(folder, 'docker')
  await makeDockerFolder(bed, dockerConfig, [registry])
  const address = `unix://${join(folder, 'buildkitd.sock')}`
  await step('BuildKit', () => startDaemon(bed, {
    name: `${name}d`,
    program: buildkitd,
    words: ['--config', writeSettings(folder, [registry.host, ...Object.values(ecr.hosts)]), '--addr', address, '--root', join(folder, 'root'), '--containerd-worker=false', '--oci-worker-net', 'host'],
    // It reaches ECR's registries under their own hosts, and no other registry.
    environment: { HTTP_PROXY: ecr.url, NO_PROXY: '127.0.0.1' },
    isReady: () => isListening(join(folder, 'buildkitd.sock')),
  }))
  const environment = { DOCKER_CONFIG: dockerConfig }
  if (!existsSync(join(dockerConfig, 'buildx', 'instances', builder))) {
    await step('builder for docker', () => command(bed, 'buildx', ['docker', 'buildx', 'create', '--name', builder, '--driver', 'remote', '--use', '--bootstrap', address], { environment }))
  }
  return { dockerConfig, environment }
}

/** All of them speak plain HTTP. */
function writeSettings(folder: string, hosts: readonly string[]): string {
  const file = join(folder, 'buildkitd.toml')
  writeFileSync(file, hosts.map((host) => `[registry."${host}"]\n  http = true\n`).join(''))
  return file
}

function isListening(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket, () => {
      connection.destroy()
      resolve(true)
    })
    connection.on('error', () => {
      resolve(false)
    })
  })
}
