import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openBed } from './bed/bed.ts'
import { kubectl } from './bed/kubernetes.ts'
import { namespace, standing } from './bed/up-down.ts'
import { openDeployer, pushImages, repository, type Deployer } from './deployer.ts'
import { startLoad, type Load } from './load.ts'

const bed = openBed()
const { eu } = standing(bed).clusters
const service = `loaded-${Date.now().toString(36)}`
let digest = ''
let deployer: Deployer
let ended: Awaited<ReturnType<Load['end']>>

beforeAll(async () => {
  ;[digest = ''] = await pushImages(1)
  deployer = await openDeployer('eu', [service])
  expect(await release('1.0.0', serving('first'))).toBe('changed')
})
afterAll(async () => {
  await deployer.close()
  await kubectl(bed, eu, ['--namespace', namespace, 'delete', 'deployment,service', service, '--ignore-not-found', '--wait=false'])
})

/** A server that answers until it is asked to end. */
function serving(text: string): string {
  return `mkdir -p /www; echo ${text} > /www/index.html; httpd -f -p 8080 -h /www & trap 'exit 0' TERM; wait`
}

/** Gives the outcome; all that was printed where it is another. */
async function release(version: string, script: string, inputs: Readonly<Record<string, string>> = {}): Promise<string> {
  deployer.write(service, manifests(script))
  const { outputs, printed } = await deployer.release(digest, version, { inputs })
  const outcome = outputs['outcome'] ?? ''
  return outcome === 'changed' || outcome === 'rolled-back' ? outcome : printed
}

/** What makes an update lossless: a readiness probe, and a wait until nobody sends anything any more. */
function manifests(script: string): object[] {
  const labels = { app: service }
  const container = {
    name: 'app',
    image: repository,
    command: ['/bin/sh', '-c', script],
    readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
    lifecycle: { preStop: { sleep: { seconds: 3 } } },
  }
  // busybox's httpd lets nine wait for an answer, which is soon too few where a machine is busy: there are several.
  const spec = { replicas: 4, progressDeadlineSeconds: 15, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 10, containers: [container] } } }
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: service }, spec },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: service }, spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
  ]
}

test('under a steady load neither a healthy update nor a broken one loses a request', async () => {
  const load = await startLoad(eu, service)
  const outcomes: string[] = []
  try {
    outcomes.push(await release('1.1.0', serving('second')))
    outcomes.push(await release('1.2.0', 'exit 3', { 'crash-threshold': '2' }))
    outcomes.push(await release('1.3.0', 'exec sleep 3600'))
  } finally {
    ended = await load.end()
  }
  expect(outcomes).toEqual(['changed', 'rolled-back', 'rolled-back'])
  const { sent, perSecond, lost } = ended
  console.log(`${sent} requests, ${perSecond.toFixed(0)} a second, ${lost.length} lost`)
  expect(lost).toEqual([])
  expect(perSecond).toBeGreaterThan(50)
}, 180_000)
