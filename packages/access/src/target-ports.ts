import type { TargetPorts } from '@slipway/delivery'
import type { AccountId, Region } from '@slipway/release'
import { clusterPorts, type ClusterUse } from './cluster-ports.ts'
import { openTarget, type TargetEdges, type TargetPlace } from './target.ts'

/** A target as delivery needs it, signed in to. */
export interface OpenTargetPorts {
  readonly ports: TargetPorts
  close(): Promise<void>
}

/** What a run wants of a target's cluster. */
export interface TargetUse extends Pick<ClusterUse, 'namespace' | 'recordNamespace' | 'holder' | 'lockPatienceMs'> {
  /** Where the pods may pull a repository from: it is enough that one of them has an image. */
  readonly registriesOf: (repository: string) => readonly { readonly account?: AccountId; readonly region: Region }[]
}

/**
 * Signs in to a target and fits it to delivery.
 * @throws Failed where the role, the account or the cluster is not to be had.
 */
export async function openTargetPorts(target: TargetPlace, edges: TargetEdges, { registriesOf, ...use }: TargetUse): Promise<OpenTargetPorts> {
  const access = await openTarget(target, edges)
  return {
    ports: clusterPorts({
      ...use,
      name: `${target.cluster} in ${target.region}`,
      cluster: access.cluster,
      clock: edges.clock,
      images: {
        async has(repository, digest) {
          for (const place of registriesOf(repository)) if (await access.registry(place).has(repository, digest)) return true
          return false
        },
      },
    }),
    close: () => access.close(),
  }
}
