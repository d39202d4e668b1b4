import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import * as v from 'valibot'
import { openBed } from './bed/bed.ts'
import { kubectl } from './bed/kubernetes.ts'
import { namespace, standing } from './bed/up-down.ts'
import { openDeployer, pushImages, repository, type Deployer } from './deployer.ts'
import { watch } from './watched.ts'

const bed = openBed()
const { us } = standing(bed).clusters
let digests: readonly string[] = []
let deployer: Deployer
let service = ''

beforeAll(async () => {
  digests = await pushImages(2)
})
beforeEach(async () => {
  service = `scaled-${Date.now().toString(36)}`
  deployer = await openDeployer('us', [service])
})
afterEach(async () => {
  await deployer.close()
  await ask(['delete', 'deployment', service, '--ignore-not-found', '--wait=false'])
})

function ask(words: readonly string[], input = ''): Promise<string> {
  return kubectl(bed, us, ['--namespace', namespace, ...words], { input })
}

interface Shape {
  readonly replicas?: number
  /** How long its pods take to become ready. */
  readonly readyAfterMs?: number
}

/** Never fewer pods than wanted, and a deadline that can be waited for. */
function deployment({ replicas, readyAfterMs }: Shape = {}): object {
  const word = 'pod-ready.stage.kwok.x-k8s.io'
  const annotations = readyAfterMs === undefined ? {} : { [`${word}/delay`]: `${readyAfterMs}ms`, [`${word}/jitter-delay`]: `${readyAfterMs}ms` }
  const spec = {
    ...(replicas === undefined ? {} : { replicas }),
    progressDeadlineSeconds: 6,
    strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: '100%' } },
    selector: { matchLabels: { app: service } },
    template: { metadata: { labels: { app: service }, annotations }, spec: { containers: [{ name: 'app', image: repository }] } },
  }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: service }, spec }
}

async function release(version: string, shape: Shape, inputs: Readonly<Record<string, string>> = {}, digest = 0): Promise<{ readonly outcome: string; readonly printed: string }> {
  deployer.write(service, [deployment(shape)])
  const { outputs, printed } = await deployer.release(digests[digest] ?? '', version, { inputs })
  return { outcome: outputs['outcome'] ?? '', printed }
}

/** As the controller of HorizontalPodAutoscalers writes: a PUT of the scale. */
async function scaleTo(replicas: number): Promise<void> {
  const path = `${us.endpoint}/apis/apps/v1/namespaces/${namespace}/deployments/${service}/scale`
  // Unconditional: a status that moves on meanwhile is no conflict.
  await asController('PUT', path, JSON.stringify({ apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: service, namespace }, spec: { replicas } }))
  await ask(['wait', 'deployment', service, `--for=jsonpath={.status.availableReplicas}=${replicas}`, '--timeout', '60s'])
}

function asController(method: string, url: string, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${us.adminToken}`, 'content-type': 'application/json', 'user-agent': 'kube-controller-manager/v1.35.4 (linux/amd64) system:serviceaccount:kube-system:horizontal-pod-autoscaler' }
    const asked = request(url, { method, ca: us.ca, headers }, (answer) => {
      void text(answer).then((said) => {
        if (answer.statusCode === 200) resolve(said)
        else reject(new Error(said))
      })
    })
    asked.on('error', reject).end(body)
  })
}

const deploymentSchema = v.object({ spec: v.object({ replicas: v.number() }), status: v.object({ availableReplicas: v.optional(v.number(), 0) }) })

/** The fewest pods that were ever wanted and available meanwhile. */
async function fewestDuring(work: () => Promise<void>): Promise<{ wanted: number; available: number }> {
  const fewest = { wanted: Infinity, available: Infinity }
  const seen = await watch(us, `/apis/apps/v1/namespaces/${namespace}/deployments?fieldSelector=metadata.name%3D${service}`, (_, object) => {
    const { spec, status } = v.parse(deploymentSchema, object)
    fewest.wanted = Math.min(fewest.wanted, spec.replicas)
    fewest.available = Math.min(fewest.available, status.availableReplicas)
  })
  try {
    await work()
  } finally {
    seen.close()
  }
  return fewest
}

test('what an autoscaler has scaled keeps its pods when it is released, put back and rolled back to a manifest with fewer', async () => {
  expect(await release('1.0.0', { replicas: 2 })).toMatchObject({ outcome: 'changed' })
  await scaleTo(20)
  const fewest = await fewestDuring(async () => {
    const refused = await release('1.1.0', { replicas: 2 }, {}, 1)
    expect(refused.outcome).toBe('refused')
    expect(refused.printed).toMatch(/\.spec\.replicas to kube-controller-manager/)
    const broken = await release('1.2.0', { readyAfterMs: 3_600_000 }, {}, 1)
    expect(broken.outcome === 'rolled-back' ? '' : broken.printed).toBe('')
    expect(await release('1.3.0', {}, {}, 1)).toMatchObject({ outcome: 'changed' })
    const { outputs, printed } = await deployer.rollback({ of: '1.3.0' })
    expect(outputs['outcome'] === 'rolled-back' ? '' : printed).toBe('')
  })
  expect(fewest).toEqual({ wanted: 20, available: 20 })
}, 120_000)

test('a number that was ours is left to an autoscaler that comes later', async () => {
  expect(await release('1.0.0', { replicas: 20 })).toMatchObject({ outcome: 'changed' })
  const fewest = await fewestDuring(async () => {
    expect(await release('1.1.0', {}, {}, 1)).toMatchObject({ outcome: 'changed' })
    await scaleTo(21)
    expect(await release('1.2.0', {})).toMatchObject({ outcome: 'changed' })
  })
  expect(fewest).toEqual({ wanted: 20, available: 20 })
  expect(await ask(['get', 'deployment', service, '--output', 'jsonpath={.spec.replicas}'])).toBe('21')
}, 120_000)

test('what kubectl has applied and an autoscaler has scaled is taken over with all of its pods', async () => {
  await ask(['apply', '--filename', '-'], JSON.stringify(deployment({ replicas: 2 })))
  await scaleTo(20)
  const fewest = await fewestDuring(async () => {
    expect(await release('1.0.0', {}, { adopt: 'take' })).toMatchObject({ outcome: 'changed' })
  })
  expect(fewest).toEqual({ wanted: 20, available: 20 })
}, 120_000)
