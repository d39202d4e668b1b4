import * as v from 'valibot'
import { namespace, type Standing } from '../../test/real/bed/up-down.ts'
import { watch } from '../../test/real/watched.ts'

/** What the services' Deployments run, seen as an administrator sees it who is near. */
export interface Serving {
  /** Of the service's last manifest. */
  imageOf(service: string): string
  /** When pods with an image like this served alone, for the first time since. */
  since(service: string, sinceMs: number, isSo: (image: string) => boolean): Promise<number>
  close(): void
}

const patienceMs = 300_000
const schema = v.object({
  metadata: v.object({ name: v.string(), generation: v.number() }),
  spec: v.object({ replicas: v.number(), template: v.object({ spec: v.object({ containers: v.array(v.object({ image: v.string() })) }) }) }),
  status: v.object({ observedGeneration: v.optional(v.number(), 0), replicas: v.optional(v.number(), 0), updatedReplicas: v.optional(v.number(), 0), availableReplicas: v.optional(v.number(), 0) }),
})

interface State {
  readonly service: string
  readonly atMs: number
  readonly image: string
  readonly isServing: boolean
}

export async function openServing(cluster: Standing['clusters']['eu']): Promise<Serving> {
  const states: State[] = []
  const waiting = new Set<() => void>()
  const watching = await watch(cluster, `/apis/apps/v1/namespaces/${namespace}/deployments`, (_, object) => {
    const { metadata, spec, status } = v.parse(schema, object)
    const isServing = status.observedGeneration >= metadata.generation && [status.replicas, status.updatedReplicas, status.availableReplicas].every((number) => number === spec.replicas)
    states.push({ service: metadata.name, atMs: performance.now(), image: spec.template.spec.containers[0]?.image ?? '', isServing })
    for (const look of waiting) look()
  })
  return {
    imageOf: (service) => states.findLast((state) => state.service === service)?.image ?? '',
    since: (service, sinceMs, isSo) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`${service} does not serve what it is to serve after ${patienceMs / 1000} s`))
        }, patienceMs)
        const look = (): void => {
          const found = states.find((state) => state.service === service && state.atMs > sinceMs && state.isServing && isSo(state.image))
          if (found === undefined) return
          waiting.delete(look)
          clearTimeout(timer)
          resolve(found.atMs)
        }
        waiting.add(look)
        look()
      }),
    close() {
      watching.close()
    },
  }
}
