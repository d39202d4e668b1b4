import type { Cluster } from '@slipway/kubernetes'
import { isJsonObject, type JsonObject } from '@slipway/release'

/** Reads what explains a failure; fits delivery's port of this name. Nothing throws. */
export interface EvidenceReader {
  /** Undefined where there is no log, or it may not be read. */
  log(pod: string, container: string, options: { readonly previous: boolean; readonly tailLines: number; readonly signal: AbortSignal }): Promise<string | undefined>
  secret(name: string, signal: AbortSignal): Promise<ReadonlyMap<string, Uint8Array> | 'absent' | 'unreadable'>
  node(name: string, signal: AbortSignal): Promise<JsonObject | undefined>
}

/** The evidence of one namespace. What may not be read, or cannot, is undefined or `unreadable`. */
export function evidenceSource(cluster: Cluster, namespace: string): EvidenceReader {
  return {
    // Without `limitBytes`: it cuts the newest lines off, and a Secret's value in two.
    log: (pod, container, options) => attempt(() => cluster.logs(namespace, pod, { container, ...options }), undefined),
    secret: (name, signal) => attempt<Awaited<ReturnType<EvidenceReader['secret']>>>(() => secretValues(cluster, namespace, name, signal), 'unreadable'),
    node: (name, signal) => attempt(() => cluster.get({ apiVersion: 'v1', kind: 'Node', name }, { signal }), undefined),
  }
}

async function secretValues(cluster: Cluster, namespace: string, name: string, signal: AbortSignal): Promise<ReadonlyMap<string, Uint8Array> | 'absent' | 'unreadable'> {
  const secret = await cluster.get({ apiVersion: 'v1', kind: 'Secret', namespace, name }, { signal })
  if (secret === undefined) return 'absent'
  const values = new Map<string, Uint8Array>()
  for (const [key, value] of Object.entries(isJsonObject(secret['data']) ? secret['data'] : {})) {
    if (typeof value !== 'string') return 'unreadable'
    values.set(key, Buffer.from(value, 'base64'))
  }
  return values
}

async function attempt<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read()
  } catch {
    return otherwise
  }
}
