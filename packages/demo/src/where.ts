import type { KubernetesServer, Resource } from '@slipway/sandbox'
import { gunzipSync } from 'node:zlib'
import { entriesAt, parsed, textAt } from './json.ts'
import { workloadsOf } from './workloads.ts'

/** What runs in one place: a service in an environment. */
export interface Running {
  readonly cluster: string
  /** The environment, which is the namespace here. */
  readonly environment: string
  readonly service: string
  /** `3`; empty where the workload carries none. */
  readonly revision: string
  /** The verdict on the record's label. */
  readonly verdict: string
  /** `shop/cart@sha256:0123456789ab` */
  readonly image: string
  /** Available of wanted: `2/2`. */
  readonly pods: string
  /** Names of the configuration objects. */
  readonly configuration: readonly string[]
  readonly commit: string
  readonly actor: string
  /** ISO 8601. */
  readonly since: string
}

/** What runs in a cluster, from its live workloads and the release records that they name. */
export function whatRunsIn(name: string, cluster: KubernetesServer, recordNamespace: string): Running[] {
  const records = cluster.objects('ConfigMap', recordNamespace)
  return workloadsOf(cluster).map(({ namespace, service, revision, image, available, wanted }) => {
    const record = records.find(({ metadata }) => metadata.name === `${namespace}.${service}.v${revision}`)
    const content = record && contentOf(record)
    return {
      cluster: name,
      environment: namespace,
      service,
      revision,
      verdict: record?.metadata.labels?.['slipway.dev/verdict'] ?? '',
      image: shortImage(image),
      pods: `${available}/${wanted}`,
      configuration: entriesAt(content, 'revision', 'configuration').map(([, object]) => textAt(object, 'name')).sort(),
      commit: textAt(content, 'source', 'commit'),
      actor: textAt(content, 'source', 'actor'),
      since: record?.metadata.creationTimestamp ?? '',
    }
  })
}

/** An image without its registry's host, its digest cut to what a person compares. */
export function shortImage(image: string): string {
  const [repository = '', digest = ''] = image.split('@')
  return `${repository.replace(/^[^/]*[.:][^/]*\//, '')}${digest === '' ? '' : `@${digest.slice(0, 'sha256:'.length + 12)}`}`
}

/** A record's content, as the release protocol keeps it: gzip of JSON. */
function contentOf(record: Resource): unknown {
  try {
    return parsed(gunzipSync(Buffer.from(textAt(record, 'binaryData', 'record'), 'base64'), { maxOutputLength: 8 * 1024 * 1024 }).toString('utf8'))
  } catch {
    return undefined
  }
}
