import { startSandbox, type KubernetesServer, type Resource } from '@slipway/sandbox'
import { gzipSync } from 'node:zlib'
import type { Clusters } from '../../src/places.ts'
import { isHealthy, workloadsOf } from '../../src/workloads.ts'

/** Runs a test in a cluster whose pods live a thousand times faster, and closes it. */
export async function inCluster(test: (cluster: KubernetesServer) => Promise<void>): Promise<void> {
  const region = 'eu-west-1'
  const sandbox = await startSandbox({ account: '111122223333', regions: [region], clusters: [{ name: 'nonprod', region, namespaces: ['dev', 'staging', 'slipway'] }], speed: 1000 })
  try {
    sandbox.images.seedImage({ region, repository: 'base/node', tag: '24', files: {} })
    const cluster = sandbox.clusters.get('nonprod')
    if (!cluster) throw new Error('the cluster did not start')
    await test(cluster)
  } finally {
    await sandbox.close()
  }
}

/** A cluster as the only one there is. */
export const only = (cluster: KubernetesServer): Clusters => new Map([['nonprod', cluster]])

const digest = `sha256:${'ab'.repeat(32)}`

/** Applies a Deployment as k8s-rollout does, and waits until it is healthy. `level` changes the template. */
export async function roll(cluster: KubernetesServer, namespace: string, service: string, revision: string, level = 'info'): Promise<void> {
  cluster.apply(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: service, namespace, labels: { 'slipway.dev/service': service }, annotations: { 'slipway.dev/sequence': revision } },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: service } },
        template: { metadata: { labels: { app: service } }, spec: { containers: [{ name: service, image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/base/node:24`, env: [{ name: 'LEVEL', value: level }] }] } },
      },
    },
    { manager: 'slipway' },
  )
  await cluster.until(() => workloadsOf(only(cluster)).some((one) => one.place === namespace && one.service === service && isHealthy(one)))
}

/** A release record as the protocol keeps it; its release is named after its number. */
export function record(cluster: KubernetesServer, namespace: string, service: string, sequence: number, configuration: string[], more: { restores?: number } = {}): Resource {
  const content = {
    ...more,
    release: `acme/shop#${sequence}.1`,
    revision: {
      images: { [`shop/${service}`]: digest }, configuration: Object.fromEntries(configuration.map((name) => [name.replace(/-\w+$/, ''), { kind: 'ConfigMap', name, checksum: digest }])) },
    source: { commit: 'c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe', actor: 'alice', run: `https://github.com/acme/shop/actions/runs/${sequence}` },
  }
  return cluster.put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${namespace}.${service}.v${sequence}`, namespace: 'slipway', labels: { 'slipway.dev/record': '1', 'slipway.dev/verdict': 'healthy' }, annotations: { 'slipway.dev/versions': '["v1.4.0"]' } },
    binaryData: { record: gzipSync(JSON.stringify(content)).toString('base64') },
  })
}

/** The blocks of a service as a rollback writes them. */
export function block(cluster: KubernetesServer, namespace: string, service: string, release: string): void {
  const blocks = [{ release, actor: 'bob', at: '2026-01-05T10:00:00Z', reason: 'wrong prices' }]
  cluster.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${namespace}.${service}.blocks`, namespace: 'slipway', labels: { 'slipway.dev/record': 'blocks' }, annotations: { 'slipway.dev/blocks': JSON.stringify(blocks) } } })
}
