import type { Json } from '@slipway/release'
import { listAt, textAt, at } from '@slipway/rollout'
import { ApiError } from './api-error.ts'
import type { Server } from './requests.ts'

/** Where a kind is served. */
export interface Resource {
  /** `/apis/apps/v1` or `/api/v1`. */
  readonly base: string
  readonly group: string
  /** `deployments`. */
  readonly plural: string
  readonly namespaced: boolean
}

export interface Discovery {
  /** Undefined where the server does not know the kind. Asked once a group version, and again after a failure; never for what every server has. */
  resource(apiVersion: string, kind: string): Promise<Resource | undefined>
}

/** What every supported server has under these names, which Kubernetes never changes: to ask would cost each run a round trip. */
const everywhere = [
  ['v1', 'ConfigMap', 'configmaps'],
  ['v1', 'Event', 'events'],
  ['v1', 'Namespace', 'namespaces'],
  ['v1', 'Pod', 'pods'],
  ['v1', 'Secret', 'secrets'],
  ['v1', 'Service', 'services'],
  ['apps/v1', 'Deployment', 'deployments'],
  ['apps/v1', 'ReplicaSet', 'replicasets'],
  ['coordination.k8s.io/v1', 'Lease', 'leases'],
] as const

export function openDiscovery(server: Server): Discovery {
  const asking = new Map<string, Promise<readonly Json[]>>()
  const resourcesAt = async (base: string): Promise<readonly Json[]> => {
    const asked = asking.get(base) ?? resourcesOf(server, base)
    asking.set(base, asked)
    try {
      return await asked
    } catch (error) {
      if (asking.get(base) === asked) asking.delete(base)
      throw error
    }
  }
  return {
    async resource(apiVersion, kind) {
      const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
      const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
      const known = everywhere.find(([version, name]) => version === apiVersion && name === kind)
      if (known !== undefined) return { base, group, plural: known[2], namespaced: kind !== 'Namespace' }
      const found = (await resourcesAt(base)).find((entry) => textAt(entry, 'kind') === kind && textAt(entry, 'name')?.includes('/') === false)
      const plural = textAt(found, 'name')
      if (plural === undefined) return undefined
      return { base, group, plural, namespaced: at(found, 'namespaced') === true }
    },
  }
}

async function resourcesOf(server: Server, base: string): Promise<readonly Json[]> {
  try {
    return listAt(await server.object({ method: 'GET', path: base }), 'resources')
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return []
    throw error
  }
}
