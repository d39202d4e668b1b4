import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isReadyNode } from './ask.ts'
import type { Bed } from './bed.ts'
import { kubectl } from './cluster.ts'
import { goTool } from './go-tools.ts'
import { installed } from './installed.ts'
import type { Cluster } from './kubernetes.ts'
import { startDaemon } from './processes.ts'
import { command, step } from './steps.ts'

/** Kwok's own rules: a node is ready and stays so, a pod becomes ready when it has a node, and goes when it is deleted. */
const stages = ['node/fast/node-initialize', 'node/heartbeat-with-lease/node-heartbeat-with-lease', 'pod/fast/pod-ready', 'pod/fast/pod-complete', 'pod/fast/pod-delete']
/** Between how many milliseconds a stage takes, as on a real node; a pod may say another `delay` and `jitter-delay` in annotations named as kwok's own slow stages have them. */
const lives: Readonly<Record<string, readonly [number, number]>> = { 'pod-ready': [1000, 3000], 'pod-delete': [500, 1000] }

/** Plays nodes in a cluster, for scale: no container runs, every pod is ready after a moment. Nothing about failures is to be believed of it. */
export async function startKwok(bed: Bed, cluster: Cluster, { nodes = 10 }: { readonly nodes?: number } = {}): Promise<void> {
  const program = await goTool(bed, 'kwok')
  const config = await stagesFile(bed)
  await step(`${nodes} played nodes in ${cluster.name}`, async () => {
    const names = Array.from({ length: nodes }, (_, i) => `kwok-${i}`)
    await kubectl(bed, cluster, ['apply', '--server-side', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: names.map(nodeOf) }) })
    const address = `127.0.0.1:${await bed.port(`${cluster.name}-kwok`)}`
    const words = [
      '--kubeconfig', cluster.kubeconfig, '--config', config, '--server-address', address,
      '--manage-nodes-with-label-selector', 'type=kwok', '--node-lease-duration-seconds', '40', '--cidr', '10.0.0.0/16',
    ]
    const isReady = async (): Promise<boolean> =>
      (await fetch(`http://${address}/healthz`)).ok && (await Promise.all(names.map((name) => isReadyNode(cluster, name)))).every(Boolean)
    await startDaemon(bed, { name: `${cluster.name}-kwok`, program, words, isReady })
  })
}

/** As the instances of a cluster are. */
function nodeOf(name: string): object {
  const size = { cpu: '32', memory: '128Gi', pods: '234' }
  const labels = { type: 'kwok', 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' }
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, status: { allocatable: size, capacity: size } }
}

/** They are in kwok's module, beside the program that was built from it. */
async function stagesFile(bed: Bed): Promise<string> {
  const module = join(import.meta.dirname, '..', 'tools', 'kwok')
  return installed(bed, {
    name: 'kwok-stages.yaml',
    says: 'took kwok\'s stages',
    sources: [readFileSync(join(module, 'go.mod'), 'utf8'), ...stages, JSON.stringify(lives)],
    async make(path) {
      const folder = (await command(bed, 'kwok-stages', ['go', 'list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kwok'], { cwd: module })).trim()
      writeFileSync(path, stages.map((name) => lived(basename(name), readFileSync(join(folder, 'kustomize', 'stage', `${name}.yaml`), 'utf8'))).join('\n---\n'))
    },
  })
}

/** The stage with the time that it takes. */
function lived(name: string, stage: string): string {
  const life = lives[name]
  if (life === undefined) return stage
  const [least, most] = life
  const of = (word: string): object => ({ expressionFrom: `.metadata.annotations["${name}.stage.kwok.x-k8s.io/${word}"]` })
  const delay = { durationMilliseconds: least, durationFrom: of('delay'), jitterDurationMilliseconds: most, jitterDurationFrom: of('jitter-delay') }
  return stage.replace('\n  next:\n', `\n  delay: ${JSON.stringify(delay)}\n  next:\n`)
}
