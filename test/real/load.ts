import { get } from 'node:http'
import * as v from 'valibot'
import { namespace, type Standing } from './bed/up-down.ts'
import { watch } from './watched.ts'

/** A steady load, and what became of it. */
export interface Load {
  /** Ends it, and gives what was asked for and what was lost, when all is answered. */
  end(): Promise<{ readonly sent: number; readonly perSecond: number; readonly lost: readonly string[] }>
}

const perSecond = 100
/** A client that is not answered by then has gone away. */
const patienceMs = 10_000
const slice = v.object({
  metadata: v.object({ name: v.string() }),
  ports: v.nullish(v.array(v.object({ port: v.number() })), []),
  endpoints: v.nullish(v.array(v.object({ addresses: v.array(v.string()), conditions: v.object({ ready: v.optional(v.boolean(), true), terminating: v.optional(v.boolean(), false) }) })), []),
})

/** Asks the ready endpoints of a Service in turn, as kube-proxy would lead to them: a connection each time, nothing again. */
export async function startLoad(cluster: Standing['clusters']['eu'], service: string): Promise<Load> {
  const slices = new Map<string, readonly string[]>()
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D${service}`
  const known = Promise.withResolvers<undefined>()
  const following = await watch(cluster, path, (type, object) => {
    const { metadata, ports, endpoints } = v.parse(slice, object)
    const ready = endpoints.filter(({ conditions }) => conditions.ready && !conditions.terminating)
    slices.set(metadata.name, type === 'DELETED' ? [] : ready.flatMap(({ addresses }) => addresses.flatMap((address) => ports.map(({ port }) => `http://${address}:${port}/`))))
    if (ready.length > 0) known.resolve(undefined)
  })
  await known.promise
  const lost: string[] = []
  const open = new Set<Promise<void>>()
  const startedMs = performance.now()
  const elapsedMs = (): number => performance.now() - startedMs
  let sent = 0
  const send = (): void => {
    const endpoints = [...slices.values()].flat()
    const url = endpoints[sent % endpoints.length]
    sent += 1
    if (url === undefined) return void lost.push(`after ${Math.round(elapsedMs())} ms no endpoint was ready`)
    const atMs = Math.round(elapsedMs())
    const answered = ask(url).catch((error: unknown) => {
      lost.push(`${url} after ${atMs} ms: ${error instanceof Error ? error.message : String(error)}`)
    }).finally(() => open.delete(answered))
    open.add(answered)
  }
  // A machine that is busy makes up for the moments that it has missed, though not all at once.
  const timer = setInterval(() => {
    for (let turn = 0; turn < 2 && sent < (elapsedMs() / 1000) * perSecond; turn += 1) send()
  }, 1000 / perSecond)
  return {
    async end() {
      clearInterval(timer)
      const took = elapsedMs()
      await Promise.all(open)
      following.close()
      return { sent, perSecond: (sent / took) * 1000, lost }
    },
  }
}

function ask(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent: false, signal: AbortSignal.timeout(patienceMs) }, (answer) => {
      answer.on('error', reject).on('end', () => {
        if (answer.statusCode === 200) resolve()
        else reject(new Error(`answered with ${answer.statusCode ?? 0}`))
      })
      answer.resume()
    })
    asked.on('error', reject)
  })
}
