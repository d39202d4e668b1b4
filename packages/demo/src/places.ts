import type { KubernetesServer } from '@slipway/sandbox'
import { shop } from './shop.ts'

/** A target of an environment: where services run. */
export interface Place {
  /** `staging`; with its target where the environment has several: `production/eu`. */
  readonly name: string
  readonly environment: string
  readonly target: string
  readonly region: string
  readonly cluster: string
  readonly namespace: string
}

/** The sandbox's clusters by their names. */
export type Clusters = ReadonlyMap<string, KubernetesServer>

const beforeProduction = ['dev', 'integration', 'staging', 'demo'].map((name) => ({ name, environment: name, target: 'eu', region: shop.region, cluster: shop.cluster, namespace: name }))

/** Every place that slipway.yml of the shop names, in its order. */
export const places: readonly Place[] = [
  ...beforeProduction,
  { name: 'production/eu', environment: 'production', target: 'eu', region: 'eu-west-1', cluster: 'prod-eu', namespace: 'shop' },
  { name: 'production/us', environment: 'production', target: 'us', region: 'us-east-1', cluster: 'prod-us', namespace: 'shop' },
]

/** The environments in the order of their places. */
export const environments: readonly string[] = [...new Set(places.map(({ environment }) => environment))]

/** The name of the place that a namespace of a cluster is. */
export function placeOf(cluster: string, namespace: string): string {
  return places.find((place) => place.cluster === cluster && place.namespace === namespace)?.name ?? `${cluster}/${namespace}`
}
