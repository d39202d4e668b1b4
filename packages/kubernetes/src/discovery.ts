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
  /** Undefined where the server does not know the kind. Asked once a group version, and again after a failure. */
  resource(apiVersion: string, kind: string): Promise<Resource | undefined>
}

export function openDiscovery(server: Server): Discovery {
  const known = new Map<string, Promise<readonly Json[]>>()
  const resourcesAt = async (base: string): Promise<readonly Json[]> => {
    const asked = known.get(base) ?? resourcesOf(server, base)
    known.set(base, asked)
    try {
      return await asked
    } catch (error) {
      if (known.get(base) === asked) known.delete(base)
      throw error
    }
  }
  return {
    async resource(apiVersion, kind) {
      const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
      const found = (await resourcesAt(base)).find((entry) => textAt(entry, 'kind') === kind && textAt(entry, 'name')?.includes('/') === false)
      const plural = textAt(found, 'name')
      if (plural === undefined) return undefined
      return { base, group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '', plural, namespaced: at(found, 'namespaced') === true }
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
