import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folders and addresses of a test bed. Everything that it leaves on a machine is in one of them. */
export interface Bed {
  /** What was built or installed, and is used again by the next bed. */
  readonly tools: string
  /** What runs now: state, configuration, sockets. */
  readonly run: string
  /** A file a process, and a file an installation. */
  readonly logs: string
  /** A free port, the same one each time while the bed stands. */
  port(name: string): Promise<number>
}

/** The names of ports at which a measurement puts servers farther away, for those who are to be let in there. */
export const fartherPorts = { aws: 'aws-farther', ecr: 'ecr-farther', kubernetes: 'eu-apiserver-farther' } as const

/** The bed of this machine; SLIPWAY_BED names another folder for it. */
export function openBed(environment: Readonly<Record<string, string | undefined>> = process.env): Bed {
  const root = environment['SLIPWAY_BED'] ?? join(homedir(), '.cache', 'slipway-bed')
  const bed = { tools: join(root, 'tools'), run: join(root, 'run'), logs: join(root, 'logs') }
  for (const folder of Object.values(bed)) mkdirSync(folder, { recursive: true })
  let turn: Promise<unknown> = Promise.resolve()
  return {
    ...bed,
    port(name) {
      const chosen = turn.then(() => keptPort(join(bed.run, 'ports.json'), name))
      turn = chosen.catch(() => undefined)
      return chosen
    },
  }
}

async function keptPort(file: string, name: string): Promise<number> {
  const kept: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const ports = new Map(Object.entries(typeof kept === 'object' && kept !== null ? kept : {}))
  const known: unknown = ports.get(name)
  if (typeof known === 'number') return known
  let port = await freePort()
  while ([...ports.values()].includes(port)) port = await freePort()
  writeFileSync(file, JSON.stringify(Object.fromEntries(ports.set(name, port))))
  return port
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}
