import { openCluster, type Cluster } from '@slipway/kubernetes'
import type { Resource } from '@slipway/sandbox'
import { openHttp, systemClock, type Clock, type Http } from '@slipway/wire'
import type { ConfigCluster } from '../src/ports.ts'
import type { World } from './world.ts'

/** A project file whose service has one ConfigMap of literals, and one Secret, in a mode. */
export function shopIn(mode: string, values: Readonly<Record<string, string>> = { A: '1', B: '2' }, secretMode = mode): string {
  return `version: 1
services:
  cart:
    config: { cart-env: { mode: ${mode}, literals: ${JSON.stringify(values)} } }
    secrets: { cart-db: { mode: ${secretMode}, from: shop/staging/db } }
environments:
  staging:
    targets:
      - { name: eu, region: eu-west-1, cluster: nonprod, namespace: staging }
`
}

/** The live object of a name in the namespace. */
export function live(world: World, kind: string, name: string): Resource | undefined {
  return world.clusters.nonprod.objects(kind, 'staging').find(({ metadata }) => metadata.name === name)
}

/** The values of every immutable object of a kind, as plain text. */
export function kept(world: World, kind: string): Record<string, string>[] {
  return world.clusters.nonprod.objects(kind, 'staging').filter(({ immutable }) => immutable === true).map(valuesIn)
}

/** The values of an object as plain text. */
export function valuesIn(object: Resource | undefined): Record<string, string> {
  const data: unknown = object?.['data']
  const entries = Object.entries(typeof data === 'object' && data !== null ? data : {})
  return Object.fromEntries(entries.map(([key, value]: [string, unknown]) => [key, object?.kind === 'Secret' ? Buffer.from(String(value), 'base64').toString() : String(value)]))
}

/** Who holds the lock of the service; empty where nobody does. */
export function lockHolder(world: World): unknown {
  const [lease] = world.clusters.nonprod.objects('Lease', 'slipway')
  const spec: unknown = lease?.['spec']
  return typeof spec === 'object' && spec !== null && 'holderIdentity' in spec ? spec.holderIdentity : undefined
}

/** A clock whose waits pass at once, but for those that a renewal of a lock sleeps through. */
export function quickClock(): Clock {
  let ms = 0
  return {
    now: () => 1_700_000_000_000 + ms,
    monotonic: () => ms,
    async wait(forMs, signal) {
      if (forMs === 5_000) return new Promise((_, reject) => signal?.addEventListener('abort', () => { reject(new Error('released')) }))
      ms += forMs
      signal?.throwIfAborted()
      await new Promise(setImmediate)
    },
  }
}

/** Calls `after` when a run has made so many writes, its locks counted. */
export function countingWrites(cluster: ConfigCluster, after: (writes: number) => void): ConfigCluster {
  let writes = 0
  const counted = async <T>(write: Promise<T>, isWrite = true): Promise<T> => {
    const answer = await write
    if (isWrite) {
      writes += 1
      after(writes)
    }
    return answer
  }
  return {
    ...cluster,
    apply: (object, options) => counted(cluster.apply(object, options), options.dryRun !== true),
    create: (object, options) => counted(cluster.create(object, options), options?.dryRun !== true),
    replace: (object, limits) => counted(cluster.replace(object, limits)),
    remove: (ref, preconditions, limits) => counted(cluster.remove(ref, preconditions, limits)),
  }
}

/** A run that is killed after so many writes: it learns of the last one's success no more, and nothing reaches its clusters. */
export function killedAfter(most: number): { readonly between: (cluster: ConfigCluster) => ConfigCluster; isDead(): boolean } {
  let dead = false
  const alive = <T>(ask: () => Promise<T>): Promise<T> => (dead ? Promise.reject(new Error('killed')) : ask())
  return {
    isDead: () => dead,
    between(cluster) {
      const counting = countingWrites(cluster, (writes) => {
        if (writes < most) return
        dead = true
        throw new Error('killed')
      })
      return {
        list: (selection, options) => alive(() => counting.list(selection, options)),
        get: (ref, limits) => alive(() => counting.get(ref, limits)),
        canI: (rights) => alive(() => counting.canI(rights)),
        apply: (object, options) => alive(() => counting.apply(object, options)),
        create: (object, options) => alive(() => counting.create(object, options)),
        replace: (object, limits) => alive(() => counting.replace(object, limits)),
        remove: (ref, preconditions, limits) => alive(() => counting.remove(ref, preconditions, limits)),
      }
    },
  }
}

/** Somebody with a client of their own. */
export function somebody(world: World): { readonly cluster: Cluster; readonly http: Http } {
  const http = openHttp({ environment: {} })
  const token = (): Promise<{ token: string; expiresAtMs: number }> => Promise.resolve({ token: 't', expiresAtMs: Number.MAX_SAFE_INTEGER })
  return { http, cluster: openCluster({ name: 'nonprod', endpoint: world.clusters.nonprod.url, http, clock: systemClock, random: () => 0, token }) }
}
