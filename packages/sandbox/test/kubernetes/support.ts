import { Ledger } from '../../src/server.ts'
import { startKubernetes, type KubernetesOptions, type KubernetesServer } from '../../src/kubernetes/index.ts'

/** What a request was answered. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** A running cluster as a test speaks to it: raw HTTP. */
export interface Client {
  readonly server: KubernetesServer
  readonly ledger: Ledger
  readonly send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  /** Server-side apply by manager `slipway`, unless the query says otherwise. */
  readonly apply: (path: string, body: unknown, query?: string) => Promise<Answer>
  /** The events of a watch, until `enough` says so of one or the server ends the stream. */
  readonly watch: (path: string, enough: (event: unknown) => boolean) => Promise<unknown[]>
}

export const NS = '/api/v1/namespaces/shop'
export const APPS = '/apis/apps/v1/namespaces/shop'
export const ADMIN = { arn: 'arn:aws:iam::1:role/deploy', username: 'deploy', groups: ['system:authenticated'] }

/** Runs a test against a cluster of its own and closes it. Images are known by their tag: `missing`, `arm`, `no-repository`, else fine. */
export async function inCluster(options: Partial<KubernetesOptions>, test: (client: Client) => Promise<void>): Promise<void> {
  const ledger = new Ledger()
  const server = await startKubernetes({
    name: 'prod',
    ledger,
    namespaces: ['shop'],
    authenticate: (token) => (token === 'good' ? ADMIN : undefined),
    findImage: (reference) =>
      reference.endsWith(':missing') ? undefined : reference.endsWith(':no-repository') ? 'repository-missing' : { platforms: [reference.endsWith(':arm') ? 'linux/arm64' : 'linux/amd64'], labels: { tag: reference.replace(/.*:/, '') } },
    speed: 100,
    ...options,
  })
  const request = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { method, headers: { authorization: 'Bearer good', 'content-type': 'application/json', 'user-agent': 'tester/1.0', ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const send: Client['send'] = async (method, path, body, headers) => {
    const response = await request(method, path, body, headers)
    const text = await response.text()
    return { status: response.status, body: (response.headers.get('content-type') ?? '').startsWith('application/json') ? parsed(text) : text }
  }
  try {
    await test({
      server,
      ledger,
      send,
      apply: (path, body, query = 'fieldManager=slipway') => send('PATCH', `${path}?${query}`, body, { 'content-type': 'application/apply-patch+yaml' }),
      watch: async (path, enough) => {
        const response = await request('GET', path)
        const events: unknown[] = []
        let text = ''
        for await (const chunk of response.body ?? []) {
          text += Buffer.from(chunk).toString()
          const lines = text.split('\n')
          text = lines.pop() ?? ''
          for (const line of lines) {
            events.push(parsed(line))
            if (enough(events.at(-1))) return events
          }
        }
        return events
      },
    })
  } finally {
    await server.close()
  }
}

function parsed(text: string): unknown {
  return JSON.parse(text)
}

/** What stands in a JSON value at a path; nothing where the path leads nowhere. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined), value)
}

/** A Deployment as people write it. */
export function deployment(image = 'registry/web:1', spec: Record<string, unknown> = {}, pod: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'app', namespace: 'shop' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image, ports: [{ containerPort: 8080 }] }], ...pod } }, ...spec },
  }
}

export function configMap(name: string, data: Record<string, string>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data, ...more }
}

export function condition(object: unknown, type: string): unknown {
  const conditions = at(object, 'status', 'conditions')
  return Array.isArray(conditions) ? conditions.find((one) => at(one, 'type') === type) : undefined
}
