import { createServer } from 'node:http'
import { startSandbox, type KubernetesServer, type Sandbox } from '@slipway/sandbox'
import { account, home, namespace, repositoryOf, second, secretOf, type Shop } from './shop.ts'

/** A cloud with a cluster in each of two regions, and what a job gets to sign in to it. */
export interface World {
  readonly sandbox: Sandbox
  readonly clusters: readonly KubernetesServer[]
  /** The variables of a job. */
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Pods live so many times faster than real ones: it is the actions that are measured. */
const speed = 40

/** Starts a cloud for a shop. Every answer of every server is held for `latencyMs`, as by a round trip. */
export async function startWorld({ services }: Shop, latencyMs = 0): Promise<World> {
  const regions = [home, second]
  const sandbox = await startSandbox({
    account,
    regions: regions.map(({ region }) => region),
    clusters: regions.map(({ cluster, region }) => ({ name: cluster, region, namespaces: [namespace, 'slipway'] })),
    roles: [{ name: 'slipway', trust: ['repo:acme/shop:environment:staging'] }],
    repositories: regions.flatMap(({ region }) => services.map((service) => ({ region, name: repositoryOf(service) }))),
    secrets: regions.flatMap(({ region }) => services.map((service) => ({ region, name: secretOf(service), value: JSON.stringify({ username: 'of-the-database', password: `the-password-of-${service}` }) }))),
    speed,
  })
  const clusters = [...sandbox.clusters.values()]
  for (const cluster of clusters) cluster.script(() => ({ pullMs: 400, readyAfterMs: 1500 }))
  const tokens = await startTokens(sandbox, latencyMs)
  if (latencyMs > 0) sandbox.ledger.hold = () => waited(latencyMs)
  return {
    sandbox,
    clusters,
    environment: { ...sandbox.environment(), ...tokens.environment, PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}` },
    async close() {
      await Promise.all([tokens.close(), sandbox.close()])
    },
  }
}

/** The runner's service of OIDC tokens. */
async function startTokens(sandbox: Sandbox, latencyMs: number): Promise<{ environment: Record<string, string>; close(): Promise<void> }> {
  const server = createServer((_, response) => {
    void Promise.all([sandbox.issueIdToken({ sub: 'repo:acme/shop:environment:staging' }, 'sts.amazonaws.com'), waited(latencyMs)]).then(([value]) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ value })),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return {
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function waited(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
