import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { areServed } from './ask.ts'
import { makeAuthority, makeServingCertificate, makeSigningKey } from './authority.ts'
import type { Bed } from './bed.ts'
import { clusterProgram, installCluster } from './cluster.ts'
import { makeCredentials, writeKubeconfig } from './credentials.ts'
import type { Credentials } from './credentials.ts'
import { startDaemon } from './processes.ts'
import { step } from './steps.ts'

export { kubectl, kubectlWords } from './cluster.ts'

/** The name that an EKS cluster's region has in this bed. */
export type ClusterName = 'eu' | 'us'

export interface ControlPlane {
  readonly name: ClusterName
  /** Tells who else than the bed may come: a server of TokenReviews (authentication.k8s.io/v1). Read when the cluster starts only. */
  readonly tokenWebhook?: { readonly url: string; readonly caFile: string } | undefined
}

export interface Cluster {
  readonly name: ClusterName
  readonly endpoint: string
  /** PEM; EKS gives the same as `certificateAuthority.data`, base64. */
  readonly ca: string
  /** For what a test observes by itself. What is tested never gets it. */
  readonly adminToken: string
  /** The administrator's. */
  readonly kubeconfig: string
  /** The kubelet's. */
  readonly nodeKubeconfig: string
}

/** Names that every cluster's API server has from within; the first address of the service range is always its own. */
const serviceRange = '10.96.0.0/16'
const servingNames = ['IP:127.0.0.1', 'IP:10.96.0.1', 'DNS:localhost', 'DNS:kubernetes', 'DNS:kubernetes.default', 'DNS:kubernetes.default.svc', 'DNS:kubernetes.default.svc.cluster.local']
/** Where no route leads: nothing in a pod may come to depend on this cluster's being on the machine. */
const advertised = '198.51.100.1'
/** What EKS adds to Kubernetes' own defaults: https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html */
const eksAdmission = ['NodeRestriction', 'ExtendedResourceToleration']

/** Starts a region's Kubernetes: etcd, the API server, the controllers and the scheduler. */
export async function startControlPlane(bed: Bed, { name, tokenWebhook }: ControlPlane): Promise<Cluster> {
  await installCluster(bed)
  return step(`control plane ${name}`, async () => {
    const folder = join(bed.run, 'clusters', name)
    mkdirSync(folder, { recursive: true })
    const endpoint = `https://127.0.0.1:${await bed.port(`${name}-apiserver`)}`
    const caFile = await makeAuthority(bed, folder, `slipway-bed-${name}`)
    const ca = readFileSync(caFile, 'utf8')
    const credentials = makeCredentials(folder, endpoint, caFile)
    const { adminToken, kubeconfigs } = credentials
    const parts: Parts = { bed, name, folder, endpoint, ca, caFile, adminToken, credentials, tls: await servingWords(bed, folder), signing: await makeSigningKey(bed, folder, 'service-accounts') }
    await startApiServer(parts, await startEtcd(parts), tokenWebhook)
    await Promise.all([startControllers(parts), startScheduler(parts)])
    return { name, endpoint, ca, adminToken, kubeconfig: kubeconfigs.admin, nodeKubeconfig: kubeconfigs.node }
  })
}

interface Parts {
  readonly bed: Bed
  readonly name: ClusterName
  readonly folder: string
  readonly endpoint: string
  readonly ca: string
  readonly caFile: string
  readonly adminToken: string
  readonly credentials: Credentials
  /** Flags: one certificate serves all programs of a cluster. */
  readonly tls: readonly string[]
  readonly signing: { readonly key: string; readonly publicKey: string }
}

async function startEtcd({ bed, name, folder }: Parts): Promise<string> {
  const clients = `http://127.0.0.1:${await bed.port(`${name}-etcd`)}`
  const peers = `http://127.0.0.1:${await bed.port(`${name}-etcd-peers`)}`
  const words = [
    'etcd', '--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn',
    '--listen-client-urls', clients, '--advertise-client-urls', clients,
    '--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`,
  ]
  const isReady = async (): Promise<boolean> => (await fetch(`${clients}/health`)).ok
  await startDaemon(bed, { name: `${name}-etcd`, program: clusterProgram(bed), words, isReady })
  return clients
}

async function startApiServer(parts: Parts, etcd: string, tokenWebhook: ControlPlane['tokenWebhook']): Promise<void> {
  const { bed, name, folder, endpoint, credentials, signing, tls } = parts
  const issuer = ['--service-account-issuer', 'https://kubernetes.default.svc', '--service-account-key-file', signing.publicKey, '--service-account-signing-key-file', signing.key]
  const words = [
    'kube-apiserver', '--etcd-servers', etcd, '--bind-address', '127.0.0.1', '--secure-port', new URL(endpoint).port, ...tls,
    '--advertise-address', advertised, '--service-cluster-ip-range', serviceRange, ...issuer,
    '--token-auth-file', credentials.tokenFile, ...webhookWords(folder, tokenWebhook), '--authorization-mode', 'Node,RBAC',
    '--enable-admission-plugins', eksAdmission.join(','), '--allow-privileged', '--kubelet-preferred-address-types', 'InternalIP',
  ]
  await startDaemon(bed, { name: `${name}-apiserver`, program: clusterProgram(bed), words, isReady: () => areServed(parts, [`${endpoint}/readyz`]) })
}

/** A token that was good or bad a second ago is asked about again: tests take rights away and expect it to be seen. */
function webhookWords(folder: string, tokenWebhook: ControlPlane['tokenWebhook']): string[] {
  if (tokenWebhook === undefined) return []
  const file = join(folder, 'token-webhook.kubeconfig')
  writeKubeconfig(file, { server: tokenWebhook.url, 'certificate-authority': tokenWebhook.caFile }, {})
  return ['--authentication-token-webhook-config-file', file, '--authentication-token-webhook-version', 'v1', '--authentication-token-webhook-cache-ttl', '1s']
}

async function startControllers(parts: Parts): Promise<void> {
  const { bed, name, endpoint, caFile, credentials, signing, tls } = parts
  const port = await bed.port(`${name}-controllers`)
  const words = [
    'kube-controller-manager', ...clientWords(credentials.kubeconfigs.controllers, port), ...tls,
    '--use-service-account-credentials', '--service-account-private-key-file', signing.key, '--root-ca-file', caFile,
    // Of themselves they ask 20 times a second: forty Deployments at once would measure that, whoever deploys them.
    '--kube-api-qps', '500', '--kube-api-burst', '1000',
  ]
  // A pod is refused in a namespace that has no service account yet, and does not start without the authority's certificate.
  const made = [`${endpoint}/api/v1/namespaces/default/serviceaccounts/default`, `${endpoint}/api/v1/namespaces/default/configmaps/kube-root-ca.crt`]
  await startDaemon(bed, { name: `${name}-controllers`, program: clusterProgram(bed), words, isReady: () => areServed(parts, [`https://127.0.0.1:${port}/healthz`, ...made]) })
}

async function startScheduler(parts: Parts): Promise<void> {
  const { bed, name, credentials, tls } = parts
  const port = await bed.port(`${name}-scheduler`)
  const words = ['kube-scheduler', ...clientWords(credentials.kubeconfigs.scheduler, port), ...tls]
  await startDaemon(bed, { name: `${name}-scheduler`, program: clusterProgram(bed), words, isReady: () => areServed(parts, [`https://127.0.0.1:${port}/healthz`]) })
}

function clientWords(kubeconfig: string, port: number): string[] {
  return [
    '--kubeconfig', kubeconfig, '--authentication-kubeconfig', kubeconfig, '--authorization-kubeconfig', kubeconfig,
    '--leader-elect=false', '--bind-address', '127.0.0.1', '--secure-port', String(port),
  ]
}

async function servingWords(bed: Bed, folder: string): Promise<string[]> {
  const { certificate, key } = await makeServingCertificate(bed, folder, 'serving', servingNames)
  return ['--tls-cert-file', certificate, '--tls-private-key-file', key]
}
