import { startSandbox, type KubernetesServer, type Sandbox } from '@slipway/sandbox'
import { serveIdTokens } from '@slipway/workflow-runner'
import { Machine } from '../bundles/machine.ts'
import { baseImages } from '../shop/base-images.ts'
import { policyOf, type Documents } from './documents.ts'

export const account = '111122223333'
export const region = 'eu-west-1'

/** A cloud where nobody may do more than the documents say. */
export interface World {
  readonly sandbox: Sandbox
  readonly cluster: KubernetesServer
  /** A machine whose job is who these claims say. */
  machine(action: string, claims: Readonly<Record<string, string>>): Promise<Machine>
  close(): Promise<void>
}

/** The groups that the access entries give. */
const groupsOf: Readonly<Record<string, readonly string[]>> = { 'slipway-staging': ['slipway-deploy', 'slipway-deploy-staging'], 'slipway-staging-read': ['slipway-read'] }

/** What the token of a job in a workflow of Slipway's says. */
export function claimsOf(workflow: string, sub: string): Record<string, string> {
  return { sub: `repo:acme/shop:${sub}`, job_workflow_ref: `acme/slipway/.github/workflows/${workflow}.yml@refs/tags/v1` }
}

/** The shop's account and cluster under the documents, as at the very beginning: no repository, no release. Pods live a hundred times faster. */
export async function startWorld({ iam, rbac }: Documents): Promise<World> {
  const sandbox = await startSandbox({
    account,
    regions: [region, 'us-east-1'],
    roles: Object.entries(policyOf).map(([name, file]) => ({ name, trust: { ...iam.get(`trust-${file}`) }, policy: { ...iam.get(file) }, groups: groupsOf[name] ?? [] })),
    clusters: [{ name: 'nonprod', region, namespaces: ['staging'], rbac: rbac.map((object) => ({ ...object })) }],
    secrets: [{ name: 'shop/staging/cart/db', region, value: '{"username":"cart","password":"correct-horse-battery"}' }],
    speed: 100,
  })
  for (const image of baseImages) sandbox.images.seedImage(image)
  const cluster = sandbox.clusters.get('nonprod')
  if (!cluster) throw new Error('the sandbox has no cluster nonprod')
  const tokens = serveIdTokens((claims, audience) => sandbox.issueIdToken(claims, audience))
  const ends: (() => void)[] = []
  return {
    sandbox,
    cluster,
    async machine(action, claims) {
      const { url, token, end } = await tokens.open(claims)
      const machine = new Machine(action, { PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}`, ...sandbox.environment(), ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token })
      ends.push(() => {
        end()
        machine.close()
      })
      return machine
    },
    async close() {
      for (const end of ends) end()
      await Promise.all([tokens.close(), sandbox.close()])
    },
  }
}
