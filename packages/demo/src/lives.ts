import type { ImageStore, KubernetesServer, Life } from '@slipway/sandbox'
import { stockOf, type Stock } from './images.ts'
import { textAt } from './json.ts'

/** Lets pods of the images that come from now on until `end` live so, whenever they run; gives `end`. */
export function liveByImage(images: ImageStore, cluster: Pick<KubernetesServer, 'script'>, life: (namespace: string) => Life): () => void {
  const before = stockOf(images)
  let after: Stock | undefined
  cluster.script((pod) => {
    const [, repository = '', digest = ''] = /([^/]+\/[^/@]+)@(.+)$/.exec(textAt(pod, 'spec', 'containers', 0, 'image')) ?? []
    const holds = (stock: Stock): boolean => stock.get(repository)?.has(digest) === true
    return holds(after ?? stockOf(images)) && !holds(before) ? life(pod.metadata.namespace ?? '') : undefined
  })
  return () => {
    after = stockOf(images)
  }
}
