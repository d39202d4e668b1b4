import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { command } from './steps.ts'

/** The network of a node and its pods. */
export interface Network {
  readonly bridge: string
  /** Of the bridge, which is the node's and the pods' way out. */
  readonly address: string
  readonly subnet: string
}

/** What a bed leaves outside of its folders bears this name, so that several beds can stand side by side, and each find its own. */
export function hostName(bed: Bed): string {
  return `slip${digestOf(bed).toString('hex').slice(0, 8)}`
}

/** Makes the bridge of the node's pods, unless it is there. */
export async function makeNetwork(bed: Bed): Promise<Network> {
  const bridge = hostName(bed)
  const lines = (await ip(bed, ['-4', '-oneline', 'address', 'show'])).split('\n')
  const addressOf = (line: string): string => /\binet (\d+\.\d+)\./.exec(line)?.[1] ?? ''
  const present = lines.find((line) => line.includes(` ${bridge} `))
  const taken = lines.map(addressOf)
  const first = digestOf(bed).readUInt16BE(4) % 100
  const free = Array.from({ length: 100 }, (_, i) => `10.${100 + (first + i) % 100}`).find((prefix) => !taken.includes(prefix))
  const prefix = present === undefined ? free : addressOf(present)
  if (prefix === undefined) throw new Error('no network of 10.100.0.0 to 10.199.0.0 is free for the node\'s pods')
  const network = { bridge, address: `${prefix}.0.1`, subnet: `${prefix}.0.0/16` }
  if (present === undefined) {
    // An address of its own: else the bridge takes a pod's, and is lost to the others for a while when that pod goes.
    await ip(bed, ['link', 'add', 'name', bridge, 'address', `02:00:${[...digestOf(bed).subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`, 'type', 'bridge'])
    await ip(bed, ['address', 'add', `${network.address}/16`, 'dev', bridge])
    await ip(bed, ['link', 'set', bridge, 'up'])
  }
  return network
}

/** Makes the group below which the kubelet keeps its pods, in every hierarchy that the machine has. */
export function makeCgroup(bed: Bed): string {
  for (const folder of cgroupFolders(bed)) mkdirSync(folder, { recursive: true })
  return `/${hostName(bed)}`
}

/** One in version 2, one a controller in version 1. */
export function cgroupFolders(bed: Bed): string[] {
  const root = '/sys/fs/cgroup'
  const hierarchies = existsSync(join(root, 'cgroup.controllers')) ? [root] : readdirSync(root).map((name) => join(root, name)).filter((path) => lstatSync(path).isDirectory())
  return hierarchies.map((hierarchy) => join(hierarchy, hostName(bed)))
}

export function ip(bed: Bed, words: readonly string[]): Promise<string> {
  return command(bed, 'ip', ['ip', ...words])
}

function digestOf(bed: Bed): Buffer {
  return createHash('sha256').update(bed.run).digest()
}
