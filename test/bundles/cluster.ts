import { cpSync } from 'node:fs'
import { createServer } from 'node:http'
import { encodeImages, digestRule, regionRule, repositoryRule, serviceRule } from '@slipway/release'
import { startSandbox, type KubernetesServer, type LifeScript, type Resource, type Sandbox } from '@slipway/sandbox'
import { Machine, type StepEnd } from './machine.ts'

export const region = 'eu-west-1'
export const account = '111122223333'
/** The plain inputs of one namespace. */
export const place = { cluster: 'nonprod', namespace: 'staging', region }

/** A cloud with the shop's cluster, and machines whose jobs may deploy to its staging. */
export interface Cloud {
  readonly sandbox: Sandbox
  readonly cluster: KubernetesServer
  machine(action: string): Machine
  /** Writes on any server since a position in the ledger. */
  writes(since: number): string[]
  close(): Promise<void>
}

/** Pods live 40 times faster than real ones. */
export async function startCloud(life: LifeScript = () => ({ pullMs: 400, readyAfterMs: 1500 })): Promise<Cloud> {
  const sandbox = await startSandbox({
    account,
    regions: [region],
    clusters: [{ name: 'nonprod', region, namespaces: ['staging', 'slipway'] }],
    roles: [{ name: 'slipway-staging', trust: ['repo:acme/shop:environment:staging'] }],
    speed: 40,
  })
  const cluster = sandbox.clusters.get('nonprod')
  if (!cluster) throw new Error('the sandbox has no cluster nonprod')
  cluster.script(life)
  const tokens = await startTokens(sandbox)
  const machines: Machine[] = []
  return {
    sandbox,
    cluster,
    machine(action) {
      const machine = new Machine(action, { PATH: process.env['PATH'] ?? '', ...sandbox.environment(), ...sandbox.staticCredentials(), ...tokens.environment })
      machines.push(machine)
      return machine
    },
    writes: (since) => sandbox.ledger.exchanges.slice(since).flatMap(({ server, operation, write }) => (write ? [`${server} ${operation}`] : [])),
    async close() {
      for (const machine of machines) machine.close()
      await Promise.all([tokens.close(), sandbox.close()])
    },
  }
}

/** The runner's service of OIDC tokens, for a job in the environment staging. */
export interface Tokens {
  readonly environment: Readonly<Record<string, string>>
  /** How many were given. */
  given(): number
  close(): Promise<void>
}

export async function startTokens(sandbox: Sandbox): Promise<Tokens> {
  let given = 0
  const server = createServer((_, response) => {
    given += 1
    void sandbox.issueIdToken({ sub: 'repo:acme/shop:environment:staging' }, 'sts.amazonaws.com').then((value) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ value })))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return {
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' },
    given: () => given,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

/** Checks the example shop out. */
export function checkOutShop(machine: Machine): void {
  cpSync('examples/shop', machine.workspace, { recursive: true })
}

/** An image in the registry, and the output `images` that hands it over. */
export function seededImage(sandbox: Sandbox, service: string, content = 'v1'): { digest: string; images: string } {
  const repository = `shop/${service}`
  const digest = sandbox.images.seedImage({ region, repository, files: { server: content } })
  if (!serviceRule.is(service) || !repositoryRule.is(repository) || !regionRule.is(region) || !digestRule.is(digest)) throw new Error(`${service} cannot be handed over`)
  const image = { repository, regions: [region], digest, platforms: { 'linux/amd64': digest }, tags: [], sourceKey: 'key', reused: false, reason: 'new' }
  return { digest, images: encodeImages(new Map([[service, image]])) }
}

/** The texts in a ConfigMap or a Secret. */
export function dataOf(object: Resource | undefined): Record<string, string> {
  const isSecret = object?.kind === 'Secret'
  return Object.fromEntries(Object.entries(object?.['data'] ?? {}).map(([key, value]) => [key, isSecret ? Buffer.from(String(value), 'base64').toString() : String(value)]))
}

/** The lines that the runner would take for commands, by the command's name. */
export function commandsIn(printed: string): string[] {
  return [...printed.matchAll(/(?:^|[\r\n])\s*::([\w-]+)|##\[([\w-]+)/g)].map(([, command, old]) => command ?? old ?? '')
}

/** Everything that a step shows, but for the masks. */
export function shownBy(end: StepEnd): string {
  const unmasked = end.printed.replace(/^::add-mask::.*$/gm, '')
  return [unmasked, end.summary, ...Object.values(end.outputs), ...Object.values(end.state)].join('\n')
}

/** What stands at a path of an object. */
export function valueAt(object: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined), object)
}
