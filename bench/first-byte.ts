import { spawn } from 'node:child_process'
import { createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Machine } from '../test/bundles/machine.ts'
import { median, runs } from './median.ts'
import { account, role } from './shop.ts'
import type { Part } from './part.ts'

const goalMs = 90

const place = { cluster: 'nonprod', namespace: 'staging', region: 'eu-west-1', role }

/** Each action with inputs that are right as far as they go. */
const inputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ecr-build-push': { repository: 'shop/cart', region: 'eu-west-1', context: 'cart', role },
  'k8s-config-sync': { ...place, name: 'cart-env', literals: 'MODE=on' },
  'k8s-rollout': { ...place, services: 'cart', manifests: 'k8s', image: `shop/cart@sha256:${'a'.repeat(64)}`, 'registry-account': account },
  rollback: { ...place, reason: 'prices are wrong' },
  'tag-release': { version: '1.4.0', start: 'none', 'github-token': 'ghs_ofAnApp' },
}
const actions = Object.keys(inputs)

/** From the start of each bundle's process to its first byte on the wire, beside an empty module from start to end. */
export async function firstByte(): Promise<Part> {
  const wall = await startWall()
  const machines = actions.map((action) => machineOf(action, wall.url))
  const spans = new Map<string, number[]>(['empty', ...actions].map((name) => [name, []]))
  try {
    // The first round warms the disk, and does not count.
    for (let round = 0; round <= runs; round += 1) {
      const measured: [string, number][] = [['empty', await emptyMs()]]
      for (const [index, action] of actions.entries()) {
        const machine = machines[index]
        if (machine) measured.push([action, await wall.firstByteMs(() => machine.step(inputs[action] ?? {}, environmentOf(action, wall.url)))])
      }
      if (round > 0) for (const [name, span] of measured) spans.get(name)?.push(span)
    }
  } finally {
    for (const machine of machines) machine.close()
    wall.close()
  }
  const empty = median(spans.get('empty') ?? [])
  const mores = actions.map((action) => ({ action, at: median(spans.get(action) ?? []), more: median((spans.get(action) ?? []).map((span, index) => span - (spans.get('empty')?.[index] ?? 0))) }))
  return {
    title: 'Start to the first byte on the wire',
    notes: [`An empty Node, from its start to its end: ${empty.toFixed(0)} ms. Medians of ${runs} rounds; each difference is taken within its round. Nothing was compiled before. The first byte asks for the OIDC token, that of tag-release asks GitHub.`],
    head: ['bundle', 'ms', 'more than an empty Node, ms'],
    rows: mores.map(({ action, at, more }) => [action, at.toFixed(0), more.toFixed(0)]),
    goals: mores.map(({ action, more }) => ({ what: `first byte of ${action}, beside an empty Node`, goal: `≤ ${goalMs} ms`, measured: `${more.toFixed(0)} ms`, kept: more <= goalMs })),
  }
}

function machineOf(action: string, url: string): Machine {
  const machine = new Machine(action, { PATH: process.env['PATH'] ?? '', AWS_ENDPOINT_URL: url, GITHUB_API_URL: url })
  machine.write('cart/Dockerfile', 'FROM scratch\nCOPY . /\n')
  machine.write('k8s/service.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  selector: { matchLabels: { app: cart } }\n  template:\n    metadata: { labels: { app: cart } }\n    spec: { containers: [{ name: cart, image: shop/cart }] }\n')
  return machine
}

function environmentOf(action: string, url: string): Record<string, string> {
  const job = { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' }
  return { NODE_DISABLE_COMPILE_CACHE: '1', ...(action === 'tag-release' ? {} : job) }
}

function emptyMs(): Promise<number> {
  const startedMs = performance.now()
  const child = spawn(process.execPath, [fileURLToPath(new URL('empty.js', import.meta.url))], { stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => {
      resolve(performance.now() - startedMs)
    })
  })
}

interface Wall {
  readonly url: string
  /** Ends with the first byte; the rest of the run is refused, and waited for. */
  firstByteMs(run: () => Promise<unknown>): Promise<number>
  close(): void
}

/** A server that takes the time of the first byte and then answers what ends a run. */
async function startWall(): Promise<Wall> {
  let seen: (() => void) | undefined
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', () => {
      seen?.()
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    async firstByteMs(run) {
      const startedMs = performance.now()
      let atMs: number | undefined
      seen = () => {
        atMs ??= performance.now() - startedMs
      }
      await run()
      if (atMs === undefined) throw new Error('a bundle ended without a byte on the wire')
      return atMs
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
