import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { digestRule } from '@slipway/release'
import { configurationReferences, containerImages, numberAt, objectAt, rewriteImages, textAt } from '@slipway/rollout'
import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { admitted, environments, planOf, services } from './shop.ts'

let cluster: KubernetesServer
beforeAll(async () => {
  cluster = await startKubernetes({
    name: 'nonprod',
    ledger: new Ledger(),
    namespaces: [...new Set(environments.flatMap(({ targets }) => targets.map(({ namespace }) => namespace)))],
    authenticate: () => undefined,
    findImage: () => undefined,
    speed: 1,
  })
})
afterAll(() => cluster.close())

const pairs = environments.flatMap(({ name: environment }) => services.map((service) => ({ environment, service, name: service.name })))
const label = 'app.kubernetes.io/name'

describe.each(pairs)('the manifests of $name for $environment', ({ environment, service, name }) => {
  test('are admitted: one Deployment, and a Service that leads to its pods', () => {
    const { workload, supporting } = admitted(environment, name)
    expect(supporting.map(({ kind }) => kind)).toContain('Service')
    for (const { object } of [workload, ...supporting]) expect(object).toMatchObject({ metadata: { name, labels: { [label]: name } } })
    expect(workload.object).toMatchObject({ spec: { template: { metadata: { labels: { [label]: name } } } } })
    expect(supporting.find(({ kind }) => kind === 'Service')?.object).toMatchObject({ spec: { selector: { [label]: name } } })
  })

  test('name no image but the one that the service builds, which a deploy pins', () => {
    const { workload } = admitted(environment, name)
    const repository = service.image?.repository ?? ''
    const digest = `sha256:${'a'.repeat(64)}`
    expect(containerImages(workload.object)).toEqual([repository])
    const pinned = rewriteImages(workload.object, 'registry.example', new Map(digestRule.is(digest) ? [[repository, digest]] : []))
    expect(containerImages(pinned)).toEqual([`registry.example/${repository}@${digest}`])
  })

  test('refer to every ConfigMap and Secret that slipway.yml declares for the service, and to no other', () => {
    const referred = new Set(configurationReferences(admitted(environment, name).workload.object).map((reference) => `${reference.kind} ${reference.name}`))
    const declared = [...[...service.config.keys()].map((one) => `ConfigMap ${one}`), ...[...service.secrets.keys()].map((one) => `Secret ${one}`)]
    expect([...referred].sort()).toEqual(declared.sort())
  })

  test('are taken by the API server, every field known to it', () => {
    const { workload, supporting } = admitted(environment, name)
    const namespace = planOf(environment, name).targets[0]?.namespace ?? ''
    for (const { object } of [workload, ...supporting]) {
      const placed = { ...object, metadata: { ...objectAt(object, 'metadata'), namespace } }
      expect(cluster.apply(placed, { manager: 'slipway' }).metadata).toMatchObject({ name, namespace })
    }
  })

  test('hold no variable that nothing replaces', () => {
    const { workload, supporting } = admitted(environment, name)
    expect(JSON.stringify([workload, ...supporting].map(({ object }) => object))).not.toContain('${')
  })
})

test.each(environments.map(({ name }) => name))('the autoscaler of web owns its replicas in %s: the Deployment leaves them out', (environment) => {
  const { workload, supporting } = admitted(environment, 'web')
  const autoscaler = supporting.find(({ kind }) => kind === 'HorizontalPodAutoscaler')
  expect(numberAt(workload.object, 'spec', 'replicas')).toBeUndefined()
  expect(textAt(autoscaler?.object, 'spec', 'scaleTargetRef', 'name')).toBe(workload.name)
})
