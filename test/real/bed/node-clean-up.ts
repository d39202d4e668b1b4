import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, rmSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { cgroupFolders, hostName, ip } from './node-host.ts'
import { endProcesses, processesOf } from './processes.ts'
import { command } from './steps.ts'

/**
 * Takes away what a node leaves behind when its kubelet and containerd have ended, in whatever way: shims, containers,
 * their mounts and network, and what lies outside of the bed's folders. Everything is found by the bed's own names, and
 * what is not there is passed over.
 */
export async function cleanUpNode(bed: Bed): Promise<void> {
  // Before the shims, which make their sockets outside of the bed, and write down where.
  const sockets = shimSockets(bed)
  await endProcesses(processesOf(bed).filter((pid) => nameOf(pid).startsWith('containerd-shim')))
  await killProcesses(cgroups(bed).flatMap(processesIn))
  for (const path of mountsBelow(bed.run)) await command(bed, 'umount', ['umount', '--lazy', path])
  for (const folder of cgroups(bed)) rmdirSync(folder)
  if (existsSync(join('/sys/class/net', hostName(bed)))) await ip(bed, ['link', 'delete', hostName(bed)])
  for (const path of [...sockets, ...networkResults(bed), ...logLinks(bed)]) rmSync(path, { force: true })
}

/** The deepest first, as they can be removed. */
function cgroups(bed: Bed): string[] {
  const below = (folder: string): string[] => [
    ...readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap((entry) => below(join(folder, entry.name))),
    folder,
  ]
  return cgroupFolders(bed).filter((folder) => existsSync(folder)).flatMap(below)
}

function processesIn(cgroup: string): number[] {
  return readFileSync(join(cgroup, 'cgroup.procs'), 'utf8').split('\n').filter((line) => line !== '').map(Number)
}

/** At once: the first process of a container is deaf to a polite signal. */
async function killProcesses(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself just now.
    }
  }
  await endProcesses(pids)
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8')
  } catch {
    return ''
  }
}

/** The latest first: what lies on top of another. */
function mountsBelow(folder: string): string[] {
  return readFileSync('/proc/self/mounts', 'utf8').split('\n').flatMap((line) => {
    // The kernel writes spaces and the like as octal numbers.
    const path = line.split(' ')[1]?.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))) ?? ''
    return path.startsWith(`${folder}/`) ? [path] : []
  }).toReversed()
}

function shimSockets(bed: Bed): string[] {
  const tasks = join(bed.run, 'node', 'state', 'io.containerd.runtime.v2.task', 'k8s.io')
  return listed(tasks).map((id) => join(tasks, id, 'address')).filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8').replace('unix://', ''))
}

/** CNI keeps what it gave to each sandbox, in a folder that containerd lets nobody choose. */
function networkResults(bed: Bed): string[] {
  const folder = '/var/lib/cni/results'
  const sandboxes = listed(join(bed.run, 'node', 'containerd', 'io.containerd.grpc.v1.cri', 'sandboxes'))
  const isOurs = (name: string): boolean => name.startsWith(`${hostName(bed)}-`) || sandboxes.some((id) => name.includes(id))
  return listed(folder).filter(isOurs).map((name) => join(folder, name))
}

/** The kubelet links each container's log in a folder that cannot be chosen. */
function logLinks(bed: Bed): string[] {
  const folder = '/var/log/containers'
  return listed(folder).map((name) => join(folder, name)).filter((path) => lstatSync(path).isSymbolicLink() && readlinkSync(path).startsWith(`${bed.run}/`))
}

function listed(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}
