import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { installed } from './installed.ts'
import { command } from './steps.ts'
import type { Command } from './steps.ts'

const sources = join(import.meta.dirname, '..', 'cluster')

/** The program that is a whole Kubernetes, by its first argument; see test/real/cluster/main.go. */
export function clusterProgram(bed: Bed): string {
  return join(bed.tools, 'cluster')
}

/** Builds Kubernetes, unless it was built from these very sources: minutes the first time, and nothing afterwards. */
export async function installCluster(bed: Bed): Promise<void> {
  const texts = ['go.mod', 'go.sum', 'main.go'].map((file) => readFileSync(join(sources, file), 'utf8'))
  const version = kubernetesVersion(texts.join('\n'))
  const words = ['go', 'build', '-ldflags', `-s -w ${versionFlags(version)}`, '-o'] as const
  await installed(bed, {
    name: 'cluster',
    says: `built Kubernetes ${version} from its Go modules`,
    sources: [...texts, ...words],
    async make(path) {
      // Beside the one that a bed may be running.
      const built = `${path}.${process.pid}`
      await command(bed, 'build-cluster', [...words, built, '.'], { cwd: sources, environment: { CGO_ENABLED: '0' } })
      renameSync(built, path)
    },
  })
}

/** A kubectl of the cluster's own version, as its administrator. */
export function kubectl(bed: Bed, cluster: { readonly name: string; readonly kubeconfig: string }, words: readonly string[], how: Command = {}): Promise<string> {
  return command(bed, `kubectl-${cluster.name}`, kubectlWords(bed, cluster, words), how)
}

/** The command line of such a kubectl, for those who start or measure it themselves. */
export function kubectlWords(bed: Bed, cluster: { readonly kubeconfig: string }, words: readonly string[]): [string, ...string[]] {
  return [clusterProgram(bed), 'kubectl', '--kubeconfig', cluster.kubeconfig, '--cache-dir', join(bed.run, 'kubectl-cache'), ...words]
}

function kubernetesVersion(goMod: string): string {
  const version = /\bk8s\.io\/kubernetes (v\d+\.\d+\.\d+)/.exec(goMod)?.[1]
  if (version === undefined) throw new Error(`${join(sources, 'go.mod')} requires no release of k8s.io/kubernetes`)
  return version
}

/** Without them the servers call themselves v0.0.0-master. */
function versionFlags(version: string): string {
  const [major = '', minor = ''] = version.slice(1).split('.')
  const facts = { gitVersion: version, gitMajor: major, gitMinor: minor }
  return Object.entries(facts).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`).join(' ')
}
