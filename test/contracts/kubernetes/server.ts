import { isJson, type Json, type JsonObject } from '@slipway/release'
import { openCluster, type Cluster } from '@slipway/kubernetes'
import { at, textAt } from '@slipway/rollout'
import { openHttp, systemClock, type Clock, type Http } from '@slipway/wire'

/** Somebody whom a server knows. */
export interface Somebody {
  readonly token: string
  /** What else a request of theirs carries. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A server that the contract is held to, freshly opened. */
export interface Served {
  readonly endpoint: string
  /** PEM; left out where the server speaks plain http on loopback. */
  readonly ca?: string
  readonly administrator: Somebody
  /** The user `contract-reader`, who has the rights of `readersRights` and no others. */
  readonly reader: Somebody
  /** A container that does this. */
  readonly container: (name: string, acts: Acts) => JsonObject
  /** Has so much to do that the reader's requests are refused for now, until what it answers with is called. */
  readonly overwhelm: () => Promise<() => Promise<void>>
  /** Forgets history, as a server's compaction does. */
  compact(): Promise<void>
  close(): Promise<void>
}

/** What a container does: it says these lines, and goes on, unless it exits. */
export interface Acts {
  readonly says: readonly string[]
  readonly exits?: number
}

/** One answer as it came. */
export interface Answer {
  readonly status: number
  readonly body: Json
}

/** What lies between a client and its server. */
export type Line = (http: Http) => Http

export interface ClientOptions {
  readonly as?: 'administrator' | 'reader'
  readonly line?: Line
  readonly clock?: Clock
}

/** A server as the tests speak to it. */
export interface ApiServer {
  /** The administrator's client. */
  readonly cluster: Cluster
  client(options?: ClientOptions): Cluster
  /** One request of the administrator as it stands, sent once. */
  send(method: string, path: string, body?: Json, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Server-side apply as it stands; by manager `slipway`, unless the query says otherwise. */
  apply(path: string, object: JsonObject, query?: string): Promise<Answer>
  mergePatch(path: string, patch: JsonObject): Promise<Answer>
  /** The events of a watch, until `isLast` says so of one or the server ends the stream. */
  events(path: string, isLast?: (event: Json) => boolean): Promise<Json[]>
  /** Makes a namespace for one test. */
  namespace(labels?: Readonly<Record<string, string>>): Promise<string>
  readonly container: Served['container']
  readonly overwhelm: Served['overwhelm']
  compact(): Promise<void>
  close(): Promise<void>
}

/** The contract's own namespace, and what `contract-reader` may do there. */
export const readersRights: readonly JsonObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'contract' } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'contract-reader', namespace: 'contract' },
    rules: [
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'patch'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['known'], verbs: ['get'] },
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'contract-reader', namespace: 'contract' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'contract-reader' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'contract-reader' }],
  },
]

export const applyPatch = { 'content-type': 'application/apply-patch+yaml' }

/** Opens the way to a server. */
export function speakTo(served: Served): ApiServer {
  const http = openHttp({ environment: {}, ...(served.ca === undefined ? {} : { ca: served.ca }) })
  const made: string[] = []
  const client = ({ as = 'administrator', line = (direct) => direct, clock = systemClock }: ClientOptions = {}): Cluster => {
    const { token, headers } = served[as]
    const identified: Http = { ...http, request: (request) => http.request({ ...request, headers: { ...request.headers, ...headers } }) }
    return openCluster({
      name: 'contract',
      endpoint: served.endpoint,
      http: line(identified),
      clock,
      random: () => 0,
      token: () => Promise.resolve({ token, expiresAtMs: Number.MAX_SAFE_INTEGER }),
    })
  }
  const authorization = `Bearer ${served.administrator.token}`
  const server: ApiServer = {
    cluster: client(),
    client,
    async send(method, path, body, headers = {}) {
      const response = await http.request({
        method,
        url: `${served.endpoint}${path}`,
        headers: { authorization, 'content-type': 'application/json', 'user-agent': 'contract/1.0', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: json(await response.text()) }
    },
    apply: (path, object, query = 'fieldManager=slipway') => server.send('PATCH', `${path}?${query}`, object, applyPatch),
    mergePatch: (path, patch) => server.send('PATCH', path, patch, { 'content-type': 'application/merge-patch+json' }),
    async events(path, isLast = () => false) {
      const stop = new AbortController()
      const response = await http.request({ method: 'GET', url: `${served.endpoint}${path}`, headers: { authorization }, signal: stop.signal, timeoutMs: 90_000 })
      const events: Json[] = []
      let rest = ''
      for await (const chunk of response.body) {
        const lines = (rest + Buffer.from(chunk).toString()).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          const event = json(line)
          events.push(event)
          if (isLast(event)) {
            stop.abort()
            return events
          }
        }
      }
      return rest === '' ? events : [...events, json(rest)]
    },
    async namespace(labels = {}) {
      const { status, body } = await server.send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { generateName: 'contract-', labels } })
      const name = textAt(body, 'metadata', 'name')
      if (status !== 201 || name === undefined) throw new Error(`a namespace could not be made: ${JSON.stringify(body)}`)
      made.push(name)
      return name
    },
    container: (name, acts) => served.container(name, acts),
    overwhelm: () => served.overwhelm(),
    compact: () => served.compact(),
    async close() {
      for (const name of made) await server.send('DELETE', `/api/v1/namespaces/${name}`)
      await http.close()
      await served.close()
    },
  }
  return server
}

/** The version of an object or a list. */
export function versionOf(object: Json | undefined): string {
  return textAt(object, 'metadata', 'resourceVersion') ?? ''
}

export function uidOf(object: Json | undefined): string {
  return textAt(object, 'metadata', 'uid') ?? ''
}

/** An answer's status and its message, or whatever stands at another place. */
export function told({ status, body }: Answer, ...path: readonly string[]): [number, Json | undefined] {
  return [status, at(body, ...(path.length === 0 ? ['message'] : path))]
}

function json(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : text
  } catch {
    return text
  }
}
