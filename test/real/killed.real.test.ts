import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { openBed } from './bed/bed.ts'
import { kubectl } from './bed/kubernetes.ts'
import { namespace, standing } from './bed/up-down.ts'
import { openDeployer, type Deployer } from './deployer.ts'
import { openShop } from './shop.ts'

const bed = openBed()
const { clusters } = standing(bed)
const stem = `killed-${Date.now().toString(36)}`
const services = Array.from({ length: 10 }, (_, index) => `${stem}-${index}`)
/** Without a probe a container that ends at once is ready for a moment. */
const patient = { soak: '3s' }
/** A release of one service takes about as long. */
const withinMs = 8000
/** The even ones get a version that is healthy, the odd ones one that crashes. */
const isGood = (service: string): boolean => services.indexOf(service) % 2 === 0

let deployers: readonly Deployer[]
const digests = { before: '', good: '', bad: '' }
beforeAll(async () => {
  const shop = await openShop('killed')
  digests.before = (await shop.build('exec sleep 3600')).digest
  digests.good = (await shop.build('echo next; exec sleep 3600')).digest
  digests.bad = (await shop.build('exit 3')).digest
  await shop.close()
  // A machine each, as they are runs of their own.
  deployers = await Promise.all(services.map((service) => openDeployer('eu', [service])))
}, 120_000)
afterAll(async () => {
  for (const deployer of deployers) await deployer.close()
  await kubectl(bed, clusters.eu, ['--namespace', namespace, 'delete', 'deployment', ...services, '--ignore-not-found', '--wait=false'])
})

function manifestOf(name: string): object {
  const template = { metadata: { labels: { app: name } }, spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'cart', image: 'shop/cart' }] } }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { replicas: 1, selector: { matchLabels: { app: name } }, template } }
}

const seenSchema = v.object({
  metadata: v.object({ generation: v.number() }),
  spec: v.object({ template: v.object({ spec: v.object({ containers: v.tuple([v.object({ image: v.string() })]) }) }) }),
  status: v.object({ observedGeneration: v.number(), readyReplicas: v.optional(v.number(), 0), updatedReplicas: v.optional(v.number(), 0), replicas: v.number() }),
})

/** The digest that runs, where nothing else does and it is ready. */
async function running(service: string): Promise<string> {
  const { spec, status } = v.parse(seenSchema, JSON.parse(await kubectl(bed, clusters.eu, ['--namespace', namespace, 'get', 'deployment', service, '--output', 'json'])))
  const { readyReplicas, updatedReplicas, replicas } = status
  return readyReplicas === 1 && updatedReplicas === 1 && replicas === 1 ? (spec.template.spec.containers[0].image.split('@')[1] ?? '') : `not settled: ${JSON.stringify(status)}`
}

test('a run that is killed at a random moment leaves nothing that the next click does not see to', async () => {
  const told = await Promise.all(
    deployers.map(async (deployer, index) => {
      const service = services[index] ?? ''
      deployer.write(service, [manifestOf(service)])
      const first = await deployer.release(digests.before, '1.0.0', { inputs: patient })
      expect([first.outputs['outcome'], first.exitCode]).toEqual(['changed', 0])

      const next = isGood(service) ? digests.good : digests.bad
      const killedAtMs = Math.round(Math.random() * withinMs)
      const killed = await deployer.release(next, '1.1.0', { inputs: patient, disturbances: [{ after: /^/, then: (kill) => void setTimeout(kill, killedAtMs, 'SIGKILL') }] })

      const after = await deployer.release(next, '1.1.0', { inputs: patient, variables: { GITHUB_RUN_ATTEMPT: '2' } })
      const story = `${service} killed after ${killedAtMs} ms (${killed.outputs['outcome'] ?? 'no outcome'}): ${after.outputs['outcome'] ?? ''}`
      if (isGood(service)) expect([story, after.exitCode, await running(service)]).toEqual([story, 0, digests.good])
      else expect([story, after.exitCode, after.outputs['outcome'], await running(service)]).toEqual([story, 1, expect.stringMatching(/^(rolled-back|refused)$/), digests.before])
      return story
    }),
  )
  console.log(told.join('\n'))
}, 300_000)
