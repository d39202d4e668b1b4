import { connect, createServer, type Socket } from 'node:net'

/** A way to a server on this machine that is as long as one to another place. */
export interface SlowWire {
  readonly port: number
  close(): Promise<void>
}

export interface Way {
  /** Where it begins; a free port where left out. */
  readonly port?: number
  /** Where it leads. */
  readonly target: URL
  /** Each way. */
  readonly latencyMs: number
  /** Changes what the server says, byte for byte: no length may become another. */
  readonly rewrite?: (bytes: Buffer) => Buffer
}

/** Passes bytes on after a while, however many at once: it costs time and no throughput. */
export async function layWire({ port = 0, target, latencyMs, rewrite = (bytes) => bytes }: Way): Promise<SlowWire> {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const there = connect({ host: target.hostname, port: Number(target.port), allowHalfOpen: true, noDelay: true })
    for (const socket of [client, there]) {
      open.add(socket)
      socket.on('close', () => {
        open.delete(socket)
        for (const other of [client, there]) other.destroy()
      }).on('error', () => undefined)
    }
    // A client on another place may speak only when the server's greeting (SYN, ACK) has come back to it.
    carry(client, there, { latencyMs, notBeforeMs: performance.now() + 2 * latencyMs, rewrite: (bytes) => bytes })
    carry(there, client, { latencyMs, notBeforeMs: 0, rewrite })
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        for (const socket of open) socket.destroy()
      }),
  }
}

interface Journey {
  readonly latencyMs: number
  readonly notBeforeMs: number
  readonly rewrite: (bytes: Buffer) => Buffer
}

/** Timers of one length end in their order; where the first waits longer, the others wait for it. */
function carry(from: Socket, to: Socket, { latencyMs, notBeforeMs, rewrite }: Journey): void {
  let last: Promise<void> = Promise.resolve()
  const later = (arrive: () => void): void => {
    const delayed = waited(Math.max(0, notBeforeMs - performance.now()) + latencyMs)
    last = Promise.all([last, delayed]).then(arrive)
  }
  from.on('data', (bytes: Buffer) => {
    later(() => {
      if (to.writable) to.write(rewrite(bytes))
    })
  })
  from.on('end', () => {
    later(() => to.end())
  })
}

function waited(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
