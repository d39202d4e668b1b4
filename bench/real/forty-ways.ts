import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ask } from '../../test/real/bed/ask.ts'
import { openBed } from '../../test/real/bed/bed.ts'
import { kubectl } from '../../test/real/bed/kubernetes.ts'
import { ownKubectl } from '../../test/real/bed/own-kubectl.ts'
import { namespace, standing } from '../../test/real/bed/up-down.ts'
import { openDeployer, repository } from '../../test/real/deployer.ts'
import { median } from '../median.ts'
import { rounds } from './rounds.ts'

/** What one way of deploying came to. */
export interface Deployed {
  readonly milliseconds: number
  /** Requests that the API server has let in. */
  readonly requests: number
  /** How long these waited there together for their turn, by its priority and fairness. */
  readonly queuedMs: number
  /** The most memory that its processes held together. */
  readonly megabytes: number
}

/** The same three deploys, one after the other. */
export interface Deploys {
  readonly first: Deployed
  readonly changed: Deployed
  readonly unchanged: Deployed
}

export interface Comparison {
  /** k8s-rollout with all services at once. */
  readonly together: Deploys
  /** k8s-rollout with the one service whose pods take the longest. */
  readonly slowest: Deploys
  /** `kubectl apply` and `kubectl rollout status`: some services one by one, counted up to all. */
  readonly oneByOne: Deploys
  /** The same for all, eight side by side. */
  readonly sideBySide: Deploys
  /** The same with one file for all: what the cluster itself needs, and little else. */
  readonly inOne: Deploys
}

const count = 40
/** Of so many services one stands for all where they come one by one: that takes minutes otherwise. */
const stride = 5
const fastestMs = 1000
const slowestMs = 3000
const restMs = 3000
const bed = openBed()

/** Deploys forty services on the played nodes in us by each of the ways: new, with another image, and once more. Ours are medians of five rounds, the others are measured once. */
export async function compareForty(digests: readonly [string, string]): Promise<Comparison> {
  const cluster = standing(bed).clusters.us
  const folder = mkdtempSync(join(tmpdir(), 'forty-'))
  try {
    await makeMeters()
    const ours: Ours[] = []
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await deployedByUs(digests, join(folder, `peaks-${round}`)))
      // The next round finds no more in the namespace than this one did.
      await takeAway('--cascade=foreground')
    }
    const byKubectl = { program: await ownKubectl(bed), cluster, folder, digests }
    const each = numbers().map((number) => [number])
    const oneByOne = await deployedByKubectl('by-one', each.filter((_, index) => (index + 1) % stride === 0), 1, byKubectl)
    const sideBySide = await deployedByKubectl('by-eight', each, 8, byKubectl)
    const inOne = await deployedByKubectl('in-one', [numbers()], 1, byKubectl)
    return { slowest: medianOf(ours.map(({ slowest }) => slowest)), together: medianOf(ours.map(({ together }) => together)), oneByOne: times(oneByOne, stride), sideBySide, inOne }
  } finally {
    rmSync(folder, { recursive: true })
    await takeAway('--wait=false')
  }
}

async function takeAway(...options: readonly string[]): Promise<void> {
  await kubectl(bed, standing(bed).clusters.us, ['delete', '--raw', `/api/v1/namespaces/${namespace}/events`])
  await kubectl(bed, standing(bed).clusters.us, ['--namespace', namespace, 'delete', 'deployment,service', '--selector', 'made-for=forty', ...options])
}

type Ours = Pick<Comparison, 'together' | 'slowest'>

async function deployedByUs(digests: readonly [string, string], peaks: string): Promise<Ours> {
  const mark = Date.now().toString(36)
  const [all, alone] = [numbers().map((number) => `all-${number}-${mark}`), `alone-${mark}`]
  const deployer = await openDeployer('us', [...all, alone])
  mkdirSync(peaks)
  const noting = { BENCH_PEAKS: peaks, NODE_OPTIONS: `--import=${new URL('../note-peak.js', import.meta.url).href}` }
  const deploy = async (services: readonly string[], digest: string, outcome: string): Promise<Deployed> => {
    const measured = await metered('slipway', async () => {
      const end = await deployer.release(digest, '1.0.0', { services, variables: noting })
      if (end.outputs['outcome'] !== outcome) throw new Error(end.printed)
    })
    return { ...measured, megabytes: Number(readFileSync(join(peaks, 'k8s-rollout'), 'utf8')) / 1024 }
  }
  const deploys = async (services: readonly string[]): Promise<Deploys> => ({
    first: await deploy(services, digests[0], 'changed'),
    changed: await deploy(services, digests[1], 'changed'),
    unchanged: await deploy(services, digests[1], 'unchanged'),
  })
  try {
    for (const [index, service] of all.entries()) deployer.write(service, manifests(service, index + 1, repository))
    deployer.write(alone, manifests(alone, count, repository))
    return { slowest: await deploys([alone]), together: await deploys(all) }
  } finally {
    await deployer.close()
  }
}

interface ByKubectl {
  readonly program: string
  readonly cluster: ReturnType<typeof standing>['clusters']['us']
  readonly folder: string
  readonly digests: readonly [string, string]
}

/** Each batch of services is one file, applied and then followed as one. */
async function deployedByKubectl(name: string, batches: readonly (readonly number[])[], atOnce: number, { program, cluster, folder, digests }: ByKubectl): Promise<Deploys> {
  const mark = Date.now().toString(36)
  const deploy = async (digest: string): Promise<Deployed> => {
    const files = batches.map((batch, index) => {
      const [all, workloads] = [join(folder, `${name}-${index}.yaml`), join(folder, `${name}-${index}-workloads.yaml`)]
      const objects = batch.map((number) => manifests(`${name}-${number}-${mark}`, number, `registry.invalid/${repository}@${digest}`))
      writeFileSync(all, objects.flat().map((manifest) => JSON.stringify(manifest)).join('\n---\n'))
      writeFileSync(workloads, objects.map(([workload]) => JSON.stringify(workload)).join('\n---\n'))
      return { all, workloads }
    })
    const processes = startMemory()
    const measured = await metered('kubectl', async () => {
      const waiting = [...files]
      const worker = async (): Promise<void> => {
        for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
          for (const words of [['apply', '--filename', file.all], ['rollout', 'status', '--filename', file.workloads, '--timeout', '120s']]) {
            await processes.run([program, '--kubeconfig', cluster.kubeconfig, '--cache-dir', join(folder, 'kubectl-cache'), '--as', usual, '--namespace', namespace, ...words])
          }
        }
      }
      await Promise.all(Array.from({ length: atOnce }, worker))
    })
    return { ...measured, megabytes: processes.end() }
  }
  return { first: await deploy(digests[0]), changed: await deploy(digests[1]), unchanged: await deploy(digests[1]) }
}

function numbers(): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

/** A service whose pods take the longer to become ready the higher its number is. */
function manifests(name: string, number: number, image: string): object[] {
  const readyAfter = `${Math.round(fastestMs + ((slowestMs - fastestMs) * (number - 1)) / (count - 1))}ms`
  const [labels, own] = [{ app: name }, { 'made-for': 'forty' }]
  const annotations = { 'pod-ready.stage.kwok.x-k8s.io/delay': readyAfter, 'pod-ready.stage.kwok.x-k8s.io/jitter-delay': readyAfter }
  const template = { metadata: { labels, annotations }, spec: { containers: [{ name: 'app', image }] } }
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, labels: own }, spec: { replicas: 1, selector: { matchLabels: labels }, template } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name, labels: own }, spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
  ]
}

/** Of each number by itself. */
function medianOf(all: readonly Deploys[]): Deploys {
  const of = (deploy: keyof Deploys): Deployed => {
    const each = (name: keyof Deployed): number => median(all.map((one) => one[deploy][name]))
    return { milliseconds: each('milliseconds'), requests: each('requests'), queuedMs: each('queuedMs'), megabytes: each('megabytes') }
  }
  return { first: of('first'), changed: of('changed'), unchanged: of('unchanged') }
}

function times({ first, changed, unchanged }: Deploys, factor: number): Deploys {
  const of = (one: Deployed): Deployed => ({ ...one, milliseconds: one.milliseconds * factor, requests: one.requests * factor, queuedMs: one.queuedMs * factor })
  return { first: of(first), changed: of(changed), unchanged: of(unchanged) }
}

/** Whom kubectl acts as: nobody whom the API server's priority and fairness lets pass. */
const usual = 'usual'
const meters = {
  slipway: { kind: 'Group', group: { name: 'slipway-deploy' } },
  kubectl: { kind: 'User', user: { name: usual } },
} as const

/** Has the API server count the requests of each side by itself: each gets a schema of its own, at the level that it would be at anyway. */
async function makeMeters(): Promise<void> {
  const schemas = Object.entries(meters).map(([name, subject]) => ({
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
    kind: 'FlowSchema',
    metadata: { name: `of-${name}` },
    spec: {
      matchingPrecedence: 500,
      priorityLevelConfiguration: { name: 'global-default' },
      distinguisherMethod: { type: 'ByUser' },
      rules: [{ subjects: [subject], resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], namespaces: ['*'], clusterScope: true }], nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }] }],
    },
  }))
  const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: usual }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: usual }] }
  await kubectl(bed, standing(bed).clusters.us, ['apply', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...schemas, binding] }) })
}

async function metered(side: keyof typeof meters, work: () => Promise<void>): Promise<Omit<Deployed, 'megabytes'>> {
  // What the deploy before has left to the controllers, such as its old pods, is over by then.
  await setTimeout(restMs)
  const before = await readMeter(side)
  const startedMs = performance.now()
  await work()
  const milliseconds = performance.now() - startedMs
  const after = await readMeter(side)
  return { milliseconds, requests: after.requests - before.requests, queuedMs: after.queuedMs - before.queuedMs }
}

async function readMeter(side: keyof typeof meters): Promise<{ requests: number; queuedMs: number }> {
  const cluster = standing(bed).clusters.us
  const { text } = await ask(cluster, `${cluster.endpoint}/metrics`)
  const sum = (metric: string): number =>
    text.split('\n').filter((line) => line.startsWith(`apiserver_flowcontrol_${metric}{`) && line.includes(`flow_schema="of-${side}"`)).reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
  return { requests: sum('dispatched_requests_total'), queuedMs: sum('request_wait_duration_seconds_sum') * 1000 }
}

/** Runs processes, and knows the most memory that they held together at the moments when it looked. */
function startMemory(): { run(words: readonly [string, ...string[]]): Promise<void>; end(): number } {
  const living = new Set<number>()
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, [...living].map(residentMb).reduce((sum, one) => sum + one, 0))
  }, 100)
  return {
    run([program, ...words]) {
      const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] })
      const { pid = 0 } = child
      living.add(pid)
      let said = ''
      child.stderr.setEncoding('utf8').on('data', (part: string) => {
        said += part
      })
      return new Promise((resolve, reject) => {
        child.on('error', reject).on('close', (code) => {
          living.delete(pid)
          if (code === 0) resolve()
          else reject(new Error(`kubectl ${words.join(' ')} ended with ${code ?? 'a signal'}: ${said}`))
        })
      })
    },
    end() {
      clearInterval(timer)
      return most
    },
  }
}

function residentMb(pid: number): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
