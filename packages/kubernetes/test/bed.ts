import { Ledger, startKubernetes, type KubernetesServer } from '@slipway/sandbox'
import { openHttp, systemClock } from '@slipway/wire'
import { openCluster, type Cluster, type ServerOptions } from '../src/index.ts'

/** A fake API server and a client that is signed in to it. */
export interface Bed {
  readonly server: KubernetesServer
  readonly ledger: Ledger
  readonly cluster: Cluster
  /** Another client of the same server, with options of its own. */
  client(options?: Partial<ServerOptions>): Cluster
  close(): Promise<void>
}

export async function makeBed(speed = 50): Promise<Bed> {
  const ledger = new Ledger()
  const server = await startKubernetes({
    name: 'test',
    ledger,
    namespaces: ['staging', 'slipway'],
    authenticate: (token) => (token === 'good' ? { arn: 'arn:aws:iam::111122223333:role/deploy', username: 'deploy', groups: [] } : undefined),
    findImage: () => ({ platforms: ['linux/amd64'], labels: {} }),
    speed,
  })
  const http = openHttp({ environment: {} })
  const client = (options: Partial<ServerOptions> = {}): Cluster =>
    openCluster({
      name: 'test',
      endpoint: server.url,
      http,
      clock: systemClock,
      random: () => 0,
      token: () => Promise.resolve({ token: 'good', expiresAtMs: Number.MAX_SAFE_INTEGER }),
      ...options,
    })
  return {
    server,
    ledger,
    cluster: client(),
    client,
    async close() {
      await server.close()
      await http.close()
    },
  }
}
