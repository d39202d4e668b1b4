import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { makeDockerFolder } from './docker-client.ts'
import type { Ecr } from './ecr.ts'
import { installed } from './installed.ts'
import { makeNetwork } from './node-host.ts'
import { startDaemon } from './processes.ts'
import { command, step } from './steps.ts'

/** Starts Debian's docker engine, which builds with a BuildKit of its own: an old one that keeps no cache elsewhere. */
export async function startDockerEngine(bed: Bed, { ecr }: { readonly ecr: Ecr }): Promise<{ readonly environment: Readonly<Record<string, string>> }> {
  const program = join(await installEngine(bed), 'usr', 'sbin', 'dockerd')
  const { bridge, address } = await makeNetwork(bed)
  const folder = join(bed.run, 'docker-engine')
  mkdirSync(folder, { recursive: true })
  const host = `unix://${join(folder, 'docker.sock')}`
  const dockerConfig = join(folder, 'config')
  await makeDockerFolder(bed, dockerConfig)
  const environment = { DOCKER_HOST: host, DOCKER_CONFIG: dockerConfig }
  const words = [
    '--host', host, '--data-root', join(folder, 'root'), '--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'dockerd.pid'),
    // The bridge of the node's pods, which get their addresses from its lower half: the machine's network stays as it is.
    '--bridge', bridge, '--fixed-cidr', address.replace(/\.0\.1$/, '.128.0/17'), '--iptables=false', '--ip6tables=false',
    // Its BuildKit asks by plain HTTP only where the scheme is there, though the engine warns of it.
    ...Object.values(ecr.hosts).flatMap((registry) => ['--insecure-registry', `http://${registry}`]),
  ]
  const isReady = async (): Promise<boolean> => (await command(bed, 'docker-engine', ['docker', 'info'], { environment })) !== ''
  // It reaches ECR's registries under their own hosts, and no other registry.
  await step('docker engine', () => startDaemon(bed, { name: 'dockerd', program, words, environment: { HTTP_PROXY: ecr.url, NO_PROXY: '127.0.0.1' }, isReady }))
  return { environment }
}

/** Unpacked, not installed: a package would start its service, and put another client beside the machine's own. */
function installEngine(bed: Bed): Promise<string> {
  return installed(bed, {
    name: 'docker-engine',
    says: 'unpacked the docker engine of Debian',
    sources: ['docker.io'],
    async make(folder) {
      const download = `${folder}.${process.pid}`
      mkdirSync(download, { recursive: true })
      // apt drops its rights for a download, unless it is told who fetches.
      await command(bed, 'apt-get', ['sh', '-c', 'apt-get update -q && apt-get -o APT::Sandbox::User=root download docker.io && dpkg-deb --extract docker.io_*.deb "$1"', 'sh', folder], { cwd: download })
      rmSync(download, { recursive: true })
    },
  })
}
