import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The name of the one node that is real: the node authorizer lets its kubelet see what runs there, and no more. */
export const realNode = 'node-1'

/** Whom a cluster knows by a token that only the bed has. Everyone else comes by the token webhook. */
const identities = [
  { name: 'admin', user: 'admin', group: 'system:masters' },
  { name: 'controllers', user: 'system:kube-controller-manager', group: '' },
  { name: 'scheduler', user: 'system:kube-scheduler', group: '' },
  { name: 'node', user: `system:node:${realNode}`, group: 'system:nodes' },
] as const

export interface Credentials {
  /** For the API server's `--token-auth-file`. */
  readonly tokenFile: string
  readonly adminToken: string
  readonly kubeconfigs: Readonly<Record<(typeof identities)[number]['name'], string>>
}

/** Gives each identity of a cluster a token and a kubeconfig in `folder`, the same ones each time. */
export function makeCredentials(folder: string, endpoint: string, caFile: string): Credentials {
  const tokenFile = join(folder, 'tokens.csv')
  if (!existsSync(tokenFile)) {
    const lines = identities.map(({ user, group }) => [randomBytes(24).toString('hex'), user, user, `"${group}"`].join(','))
    writeFileSync(tokenFile, `${lines.join('\n')}\n`, { mode: 0o600 })
  }
  const tokens = new Map(readFileSync(tokenFile, 'utf8').split('\n').map((line) => {
    const [token = '', user = ''] = line.split(',')
    return [user, token]
  }))
  const written = ({ name, user }: (typeof identities)[number]): string => {
    const file = join(folder, `${name}.kubeconfig`)
    writeKubeconfig(file, { server: endpoint, 'certificate-authority': caFile }, { token: tokens.get(user) ?? '' })
    return file
  }
  const [admin, controllers, scheduler, node] = identities
  return {
    tokenFile,
    adminToken: tokens.get(admin.user) ?? '',
    kubeconfigs: { admin: written(admin), controllers: written(controllers), scheduler: written(scheduler), node: written(node) },
  }
}

/** Writes a kubeconfig of one cluster and one user; JSON is YAML, too. */
export function writeKubeconfig(file: string, cluster: Readonly<Record<string, string>>, user: Readonly<Record<string, string>>): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'cluster', cluster }],
    users: [{ name: 'user', user }],
    contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
    'current-context': 'context',
  }
  writeFileSync(file, JSON.stringify(config, undefined, 2), { mode: 0o600 })
}
