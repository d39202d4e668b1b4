import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isReadyNode } from './ask.ts'
import type { Bed } from './bed.ts'
import { busyboxArchive, pauseArchive, pauseImage } from './busybox.ts'
import { clusterProgram } from './cluster.ts'
import { realNode } from './credentials.ts'
import type { Cluster } from './kubernetes.ts'
import { makeCgroup, makeNetwork } from './node-host.ts'
import type { Network } from './node-host.ts'
import { installPackages } from './packages.ts'
import { startDaemon } from './processes.ts'
import { command, step } from './steps.ts'

/** Where the node gets the images of a host from, and as whom. */
export interface Registry {
  /** As image names write it, with its port. */
  readonly host: string
  /** A URL of http or https. */
  readonly endpoint: string
  readonly username?: string
  readonly password?: string
}

export interface Node {
  readonly name: string
  /** Of the node; its pods have others of the same network, which this machine reaches, too. */
  readonly address: string
  /** Loads an archive (of `docker save`, or an OCI layout) so that pods need not pull what is in it. */
  importImages(archive: string): Promise<void>
}

/** Starts a real node in a cluster: containerd, runc, CNI and the kubelet. Registries and the proxy on the way to those of plain HTTP are read when containerd starts. */
export async function startNode(bed: Bed, cluster: Cluster, { registries = [], proxy }: { readonly registries?: readonly Registry[]; readonly proxy?: string } = {}): Promise<Node> {
  await installPackages(bed, { 'containerd': '/usr/bin/containerd', 'runc': '/usr/sbin/runc', 'containernetworking-plugins': '/usr/lib/cni/bridge', 'iproute2': '/usr/sbin/ip' })
  const archives = [await pauseArchive(bed), await busyboxArchive(bed)]
  return step(`node ${realNode} in ${cluster.name}`, async () => {
    const folder = nodeFolder(bed)
    mkdirSync(folder, { recursive: true })
    const network = await makeNetwork(bed)
    const socket = await startContainerd(bed, network, registries, proxy)
    const importImages = async (archive: string): Promise<void> => {
      await command(bed, 'images', ['ctr', '--address', socket, '--namespace', 'k8s.io', 'images', 'import', archive])
    }
    for (const archive of archives) await importImages(archive)
    await startKubelet(bed, cluster, network, socket)
    return { name: realNode, address: network.address, importImages }
  })
}

/** Everything of the node that is a file. */
export function nodeFolder(bed: Bed): string {
  return join(bed.run, 'node')
}

async function startContainerd(bed: Bed, network: Network, registries: readonly Registry[], proxy: string | undefined): Promise<string> {
  const folder = nodeFolder(bed)
  const socket = join(folder, 'containerd.sock')
  const config = join(folder, 'containerd.toml')
  writeNetwork(join(folder, 'cni'), join(folder, 'cni-addresses'), network)
  for (const registry of registries) writeMirror(join(folder, 'registries'), registry)
  const cri = 'plugins."io.containerd.grpc.v1.cri"'
  const toml = [
    'version = 2', `root = "${join(folder, 'containerd')}"`, `state = "${join(folder, 'state')}"`,
    '[grpc]', `address = "${socket}"`,
    '[plugins."io.containerd.internal.v1.opt"]', `path = "${join(folder, 'opt')}"`,
    `[${cri}]`, `sandbox_image = "${pauseImage}"`, 'netns_mounts_under_state_dir = true',
    // Without CAP_SYS_RESOURCE a score cannot be lowered, and runc fails with "can't get final child's PID from pipe: EOF".
    'restrict_oom_score_adj = true',
    `[${cri}.cni]`, 'bin_dir = "/usr/lib/cni"', `conf_dir = "${join(folder, 'cni')}"`,
    `[${cri}.registry]`, `config_path = "${join(folder, 'registries')}"`,
    ...registries.flatMap(({ endpoint, username, password }) => username === undefined ? [] : [
      `[${cri}.registry.configs."${new URL(endpoint).host}".auth]`, `username = ${JSON.stringify(username)}`, `password = ${JSON.stringify(password ?? '')}`,
    ]),
  ]
  writeFileSync(config, `${toml.join('\n')}\n`, { mode: 0o600 })
  const isReady = async (): Promise<boolean> => (await command(bed, 'images', ['ctr', '--address', socket, 'version'])) !== ''
  await startDaemon(bed, { name: 'containerd', program: 'containerd', words: ['--config', config], environment: proxy === undefined ? {} : { HTTP_PROXY: proxy }, isReady })
  return socket
}

/** `server` keeps containerd from asking the host itself when the endpoint does not have an image: no such host is there. */
function writeMirror(folder: string, { host, endpoint }: Registry): void {
  mkdirSync(join(folder, host), { recursive: true })
  writeFileSync(join(folder, host, 'hosts.toml'), `server = "${endpoint}"\n[host."${endpoint}"]\ncapabilities = ["pull", "resolve"]\n`)
}

function writeNetwork(folder: string, addresses: string, { bridge, subnet }: Network): void {
  mkdirSync(folder, { recursive: true })
  const ipam = { type: 'host-local', subnet, dataDir: addresses, routes: [{ dst: '0.0.0.0/0' }] }
  const network = { cniVersion: '0.4.0', name: bridge, plugins: [{ type: 'bridge', bridge, hairpinMode: true, ipam }] }
  writeFileSync(join(folder, 'bridge.conflist'), JSON.stringify(network))
}

async function startKubelet(bed: Bed, cluster: Cluster, { address }: Network, socket: string): Promise<void> {
  const folder = nodeFolder(bed)
  const port = await bed.port('kubelet')
  const healthzPort = await bed.port('kubelet-healthz')
  const config = {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    containerRuntimeEndpoint: `unix://${socket}`,
    // Not loopback: the API server fetches logs from the address that the node registers.
    address, port, healthzPort,
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    // Named as on EKS, though nobody answers: else each pod gets a warning event.
    clusterDNS: ['10.96.0.10'], clusterDomain: 'cluster.local',
    podLogsDir: join(folder, 'pod-logs'), volumePluginDir: join(folder, 'volume-plugins'),
    // A group of the bed's own: a kubelet ends what it finds below its root and does not know.
    cgroupDriver: 'cgroupfs', cgroupRoot: makeCgroup(bed), failCgroupV1: false, enforceNodeAllocatable: [],
    failSwapOn: false, oomScoreAdj: 0, makeIPTablesUtilChains: false,
    evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 100, serializeImagePulls: false, maxPods: 250,
  }
  const file = join(folder, 'kubelet.json')
  writeFileSync(file, JSON.stringify(config, undefined, 2))
  const words = [
    'kubelet', '--config', file, '--kubeconfig', cluster.nodeKubeconfig, '--hostname-override', realNode, '--node-ip', address,
    '--root-dir', join(folder, 'kubelet'), '--cert-dir', join(folder, 'pki'),
  ]
  const isReady = async (): Promise<boolean> =>
    (await fetch(`http://127.0.0.1:${healthzPort}/healthz`)).ok && (await isReadyNode(cluster, realNode))
  await startDaemon(bed, { name: 'kubelet', program: clusterProgram(bed), words, isReady })
}
