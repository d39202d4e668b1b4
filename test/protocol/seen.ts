import type { WantedService } from '@slipway/delivery'
import type { JsonObject } from '@slipway/release'
import { listAt, textAt, withAt } from '@slipway/rollout'
import { digest, service, type World } from './world.ts'

/** What people see of a cluster, and what they make of services. */
export interface Seen {
  deployment(name?: string): Promise<JsonObject | undefined>
  /** The letter of the image that a Deployment's template has. */
  live(name?: string): Promise<string | undefined>
  /** The value that a ConfigMap of the namespace holds. */
  value(name: string): Promise<string | undefined>
}

export function seenIn({ client }: World): Seen {
  const deployment = (name = 'cart'): Promise<JsonObject | undefined> => client.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'staging', name })
  return {
    deployment,
    live: async (name) => textAt(listAt(await deployment(name), 'spec', 'template', 'spec', 'containers')[0], 'image')?.split(':').at(-1)?.slice(0, 1),
    value: async (name) => textAt(await client.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging', name }), 'data', 'value'),
  }
}

/** A ConfigMap among a service's manifests. */
export function map(name: string, value: string): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value } }
}

/** The image of a letter ends after some milliseconds of the cluster's time, again and again. */
export function crashing({ server }: World, letter: string, afterMs = 100): void {
  server.script((pod) => (JSON.stringify(pod).includes(digest(letter)) ? { crash: { afterMs, exitCode: 3 } } : undefined))
}

/** A service that leaves its replicas to an autoscaler. */
export function loose(letter: string): WantedService {
  const made = service('cart', letter)
  return { ...made, workload: { ...made.workload, object: withAt(made.workload.object, ['spec', 'replicas'], () => undefined) } }
}
