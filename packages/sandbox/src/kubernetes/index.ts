import type { Json } from '../json.ts'
import { startServer, type Ledger } from '../server.ts'
import type { Identity } from '../sts.ts'
import { Rights, type DenyRule } from './access.ts'
import { startAutoscaler } from './autoscaler.ts'
import type { Cluster } from './cluster.ts'
import { Deletions } from './deletions.ts'
import { startDeployments } from './deployments.ts'
import { apiVersionOf, kindNamed } from './kinds.ts'
import { startKubelet } from './kubelet.ts'
import type { Life, LifeScript } from './life.ts'
import { Objects } from './objects.ts'
import type { ImageFacts } from './pod-needs.ts'
import { startReplicaSets } from './replicasets.ts'
import { answer, classify, type Api } from './requests.ts'
import { grantsOf } from './rbac.ts'
import { at, type Metadata, type Resource } from './resource.ts'
import { Scheduler } from './scheduler.ts'
import { decoded, patchOf } from './typed.ts'
import { Watches, type Gone } from './watch.ts'
import { Writes, type Intent } from './writes.ts'

export type { Access, DenyRule } from './access.ts'
export type { ContainerLife, Life, LifeScript } from './life.ts'
export type { ImageFacts } from './pod-needs.ts'
export type { ManagedFields, Metadata, OwnerReference, Resource } from './resource.ts'
export type { Gone } from './watch.ts'
export type { Identity } from '../sts.ts'

/** A cluster to play. */
export interface KubernetesOptions {
  /** The ledger knows the server as `kubernetes:<name>`. */
  readonly name: string
  readonly ledger: Ledger
  /** Those that are there from the start. */
  readonly namespaces: readonly string[]
  /** Who stands behind a bearer token. */
  authenticate(bearerToken: string): Identity | undefined
  /** What the node's registry has under a reference. */
  findImage(reference: string): ImageFacts | undefined | 'repository-missing'
  /** The cluster's time runs this many times faster. */
  readonly speed: number
  /** Default `linux/amd64`. */
  readonly nodePlatforms?: readonly string[]
  /** Roles, ClusterRoles, their bindings, and Namespaces to make. Left out, everybody may do everything. */
  readonly rbac?: readonly Json[]
  /** Told each grant that lets a request through. */
  readonly used?: (grant: string) => void
}

/** A Kubernetes API with one node behind it. */
export interface KubernetesServer {
  readonly url: string
  close(): Promise<void>
  /** Copies of the live objects of a kind, in the order of their creation. */
  objects(kind: string, namespace?: string): Resource[]
  /** Waits until something is so, looking after each change of the cluster. */
  until<T>(look: () => T | undefined | false): Promise<T>
  /** Creates or replaces an object as some other client's Update (manager `another`, unless named). */
  put(object: Json, manager?: string): Resource
  /** Server-side apply as another field manager. */
  apply(object: Json, options: { readonly manager: string; readonly force?: boolean }): Resource
  /** Deletes an object and what it owns. */
  remove(kind: string, namespace: string | undefined, name: string): void
  /** What happens to pods from now on; the newest script is asked first, and the default follows. The answer takes it back. */
  script(life: LifeScript): () => void
  /** Refuses rights: in access reviews, and with 403. The answer takes the rule back. */
  deny(rule: DenyRule): () => void
  /** Forgets history and ends the open watches, so that every resourceVersion given out so far is answered 410; `event` (default) as the API does, `http` as a plain answer. */
  compactWatches(told?: Gone): void
}

/** Starts a Kubernetes API on loopback. */
export async function startKubernetes(options: KubernetesOptions): Promise<KubernetesServer> {
  const scheduler = new Scheduler(options.speed)
  const objects = new Objects()
  const writes = new Writes(objects)
  const deletions = new Deletions(objects, scheduler)
  const watches = new Watches(objects, scheduler)
  const rights = new Rights(options.rbac && grantsOf(options.rbac), options.used)
  const scripts: LifeScript[] = []
  const cluster: Cluster = { objects, writes, scheduler, logs: new Map(), readySince: new Map() }
  const api: Api = { objects, writes, deletions, watches, rights, logs: cluster.logs, authenticate: (token) => options.authenticate(token) }

  const brought = (options.rbac ?? []).flatMap((object) => (object['kind'] === 'Namespace' ? [String(at(object, 'metadata', 'name'))] : []))
  for (const name of new Set([...options.namespaces, ...brought])) writes.create(kindNamed('Namespace'), named('Namespace', name), by('kube-apiserver'))
  startDeployments(cluster, deletions)
  startReplicaSets(cluster, deletions)
  startAutoscaler(cluster)
  startKubelet(cluster, {
    platforms: options.nodePlatforms ?? ['linux/amd64'],
    present: new Set(),
    findImage: (reference) => options.findImage(reference),
    script: (pod, labels) => scripts.reduceRight<Life | undefined>((found, script) => found ?? script(pod, labels), undefined),
  })

  const server = await startServer({
    name: `kubernetes:${options.name}`,
    ledger: options.ledger,
    classify,
    handle: (request, response) => {
      answer(api, request, response)
    },
  })
  return {
    url: server.url,
    async close() {
      scheduler.close()
      watches.endAll()
      await server.close()
    },
    objects: (kind, namespace) => objects.list(kindNamed(kind), namespace).map((object) => structuredClone(object)),
    until: (look) =>
      new Promise((resolve, reject) => {
        const stop = objects.subscribe(check)
        function check(): void {
          try {
            const found = look()
            if (found === undefined || found === false) return
            stop()
            resolve(found)
          } catch (error) {
            stop()
            reject(error instanceof Error ? error : new Error(String(error)))
          }
        }
        check()
      }),
    put(object, manager = 'another') {
      const kind = kindNamed(String(object['kind']))
      const body = decoded(kind, object)
      const { namespace, name } = body.metadata
      const intent = by(manager)
      return structuredClone((objects.get(kind, namespace, name) ? writes.replace(kind, body, intent) : writes.create(kind, body, intent)).object)
    },
    apply(object, { manager, force = false }) {
      const kind = kindNamed(String(object['kind']))
      const intent: Intent = { writer: { manager, operation: 'Apply' }, dryRun: false, force }
      return structuredClone(writes.apply(kind, patchOf(kind, object), intent).object)
    },
    remove(kind, namespace, name) {
      deletions.delete(kindNamed(kind), namespace, name, { uid: undefined, resourceVersion: undefined, propagation: undefined, gracePeriodSeconds: undefined, dryRun: false })
    },
    script(life) {
      scripts.push(life)
      return () => {
        scripts.splice(scripts.indexOf(life), 1)
      }
    },
    deny: (rule) => rights.deny(rule),
    compactWatches(told = 'event') {
      watches.goneAs = told
      objects.compact()
      watches.endAll()
    },
  }
}

function by(manager: string): Intent {
  return { writer: { manager, operation: 'Update' }, dryRun: false, force: true }
}

function named(kind: string, name: string): Resource {
  const metadata: Metadata = { name, uid: '', resourceVersion: '', creationTimestamp: '', labels: { 'kubernetes.io/metadata.name': name } }
  return { apiVersion: apiVersionOf(kindNamed(kind)), kind, metadata }
}
