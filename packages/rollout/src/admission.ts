import { list, type Problems } from '@slipway/report'
import type { Namespace } from '@slipway/release'
import type { ManifestDocument } from './manifests.ts'
import { objectText, textAt } from './objects.ts'

const workloads = new Set(['StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet', 'ReplicationController', 'Pod'])

/** Why a kind is refused, where policy has no word to allow it. */
const refusedKinds: Readonly<Record<string, string>> = {
  Secret: 'a record keeps the manifests, and no secret value may be in a record; declare it under `secrets:` in the project file',
  Namespace: 'namespaces are never created; ask the owner of the cluster for it',
  ServiceAccount: 'it decides what the pods may do; the owner of the cluster creates it',
  Role: 'it grants rights; the owner of the cluster creates it',
  RoleBinding: 'it grants rights; the owner of the cluster creates it',
  ClusterRole: 'it grants rights; the owner of the cluster creates it',
  ClusterRoleBinding: 'it grants rights; the owner of the cluster creates it',
  MutatingWebhookConfiguration: 'it changes what others write; the owner of the cluster creates it',
  ValidatingWebhookConfiguration: 'it refuses what others write; the owner of the cluster creates it',
  CustomResourceDefinition: 'it belongs to the whole cluster; the owner of the cluster creates it',
  PersistentVolume: 'it belongs to the whole cluster; the owner of the cluster creates it',
  PriorityClass: 'it belongs to the whole cluster; the owner of the cluster creates it',
  StorageClass: 'it belongs to the whole cluster; the owner of the cluster creates it',
  IngressClass: 'it belongs to the whole cluster; the owner of the cluster creates it',
}

/** Kinds that are applied without being judged. */
const supporting = new Set([
  'v1/Service',
  'v1/ConfigMap',
  'v1/PersistentVolumeClaim',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'policy/v1/PodDisruptionBudget',
  'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy',
])

/** A service's manifests, admitted: the workload that is judged, and what supports it. */
export interface AdmittedManifests {
  readonly workload: ManifestDocument
  readonly supporting: readonly ManifestDocument[]
}

/**
 * Sorts a service's documents into its one Deployment and what supports it.
 * Problems: `manifest-refused` for kinds and namespaces that policy does not allow, `manifest-invalid` where there
 * is not exactly one Deployment or an object stands twice.
 */
export function admit(service: string, namespace: Namespace, documents: readonly ManifestDocument[], problems: Problems): AdmittedManifests | undefined {
  for (const document of documents) admitOne(document, namespace, problems)
  for (const [index, document] of documents.entries()) {
    const first = documents.findIndex((other) => other.kind === document.kind && other.name === document.name && other.apiVersion === document.apiVersion)
    if (first === index) continue
    problems.add({
      code: 'manifest-invalid',
      what: `${objectText(document)} stands twice in the manifests of ${service}`,
      at: document.place(['metadata', 'name']),
      why: 'the later one would silently replace the earlier one',
      next: 'remove one of them, or rename it',
    })
  }
  const deployments = documents.filter((document) => document.kind === 'Deployment')
  const [workload, ...more] = deployments
  if (workload === undefined) {
    problems.add({
      code: 'manifest-invalid',
      what: `the manifests of ${service} hold no Deployment`,
      where: service,
      why: 'a rollout follows exactly one Deployment a service',
      next: 'add the Deployment to the folders or files under `manifests`, or mend the paths',
    })
    return undefined
  }
  for (const extra of more) {
    problems.add({
      code: 'manifest-invalid',
      what: `the manifests of ${service} hold ${objectText(workload)} and ${objectText(extra)}`,
      at: extra.place(['metadata', 'name']),
      why: 'a rollout follows exactly one Deployment a service',
      next: `declare a service of its own for ${objectText(extra)}`,
    })
  }
  return { workload, supporting: documents.filter((document) => document.kind !== 'Deployment') }
}

function admitOne(document: ManifestDocument, namespace: Namespace, problems: Problems): void {
  const named = textAt(document.object, 'metadata', 'namespace')
  if (named !== undefined && named !== namespace) {
    problems.add({
      code: 'manifest-refused',
      what: `${objectText(document)} names the namespace ${named}`,
      at: document.place(['metadata', 'namespace']),
      why: `the target's namespace is ${namespace}, and a service stays in its own`,
      next: 'remove metadata.namespace: the target decides it',
    })
  }
  const kind = `${document.apiVersion}/${document.kind}`
  if (kind === 'apps/v1/Deployment' || supporting.has(kind)) return
  const refused = refusedKinds[document.kind]
  const why =
    refused ??
    (workloads.has(document.kind)
      ? 'this version follows Deployments only; it would be applied without a verdict'
      : `only Deployments and ${list([...supporting].sort(), 'and')} are applied`)
  problems.add({
    code: 'manifest-refused',
    what: `${objectText(document)} (${document.apiVersion}) is not applied`,
    at: document.place(['kind']),
    why,
    next: 'take it out of the manifests of this service',
  })
}
