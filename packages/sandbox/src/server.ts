import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as a server saw it. A write is a change that lasts on the server; reads in POST's shape and dry runs are none. */
export interface Exchange {
  readonly server: string
  readonly operation: string
  readonly write: boolean
  readonly status: number
  readonly atMs: number
}

/** What a test wants to go wrong: from the `after`-th matching request on, `times` times (default 1). */
export interface Fault {
  readonly server: string
  readonly operation: RegExp
  readonly after?: number
  readonly times?: number
  readonly effect: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | 'reset' | 'reset-after-handling' | 'hang'
}

/** Every request of every server, in the order in which they were answered, and the faults still to come. */
export class Ledger {
  readonly exchanges: Exchange[] = []
  readonly #faults: { fault: Fault; seen: number; done: number }[] = []
  /** Called for each request before it is handled: a test can stop the client at request N. */
  onRequest: ((server: string, operation: string) => void) | undefined
  /** Holds each request until it ends: a test can let those of several clients in, in any order. */
  hold: ((server: string, operation: string, request: Received) => Promise<void>) | undefined

  script(fault: Fault): void {
    this.#faults.push({ fault, seen: 0, done: 0 })
  }

  /** The fault that this request meets, if any. */
  meet(server: string, operation: string): Fault | undefined {
    for (const entry of this.#faults) {
      if (entry.fault.server !== server || !entry.fault.operation.test(operation)) continue
      entry.seen += 1
      if (entry.seen <= (entry.fault.after ?? 0) || entry.done >= (entry.fault.times ?? 1)) continue
      entry.done += 1
      return entry.fault
    }
    return undefined
  }

  /** Reads and writes a server, since the given position in `exchanges`. */
  counted(since = 0): Record<string, { reads: number; writes: number }> {
    const counts: Record<string, { reads: number; writes: number }> = {}
    for (const { server, write } of this.exchanges.slice(since)) {
      const count = (counts[server] ??= { reads: 0, writes: 0 })
      if (write) count.writes += 1
      else count.reads += 1
    }
    return counts
  }
}

/** A request with its body read. */
export interface Received {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** Fires when the client has gone. */
  readonly gone: AbortSignal
}

export interface ServerPlan {
  readonly name: string
  readonly ledger: Ledger
  /** The request's name in the ledger, whether it writes, and the service's name where one server speaks for several. */
  classify(request: Received): { operation: string; write: boolean; server?: string }
  handle(request: Received, response: ServerResponse): Promise<void> | void
}

export interface RunningServer {
  readonly url: string
  close(): Promise<void>
}

/** Starts one loopback server on a free port. */
export async function startServer(plan: ServerPlan): Promise<RunningServer> {
  const server = createServer((incoming, response) => {
    void answer(plan, incoming, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!isBound(address)) throw new Error(`${plan.name}: no port`)
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function isBound(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

async function answer(plan: ServerPlan, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => {
    gone.abort()
  })
  try {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) if (chunk instanceof Uint8Array) chunks.push(chunk)
    const request: Received = {
      method: incoming.method ?? 'GET',
      url: new URL(incoming.url ?? '/', 'http://sandbox'),
      headers: incoming.headers,
      body: Buffer.concat(chunks),
      gone: gone.signal,
    }
    const { operation, write, server = plan.name } = plan.classify(request)
    plan.ledger.onRequest?.(server, operation)
    await plan.ledger.hold?.(server, operation, request)
    const note = (status: number): void => {
      plan.ledger.exchanges.push({ server, operation, write: write && status < 400, status, atMs: performance.now() })
    }
    let isStream = false
    const fault = plan.ledger.meet(server, operation)
    if (fault?.effect === 'hang') return
    if (fault?.effect === 'reset') {
      incoming.socket.destroy()
      return
    }
    if (fault?.effect === 'reset-after-handling') {
      // The work is done and its answer is lost: the client must find out by itself.
      response.end = () => {
        note(response.statusCode)
        incoming.socket.destroy()
        return response
      }
    } else if (fault) {
      note(fault.effect.status)
      response.writeHead(fault.effect.status, fault.effect.headers).end(fault.effect.body ?? '')
      return
    } else {
      response.on('finish', () => {
        if (!isStream) note(response.statusCode)
      })
    }
    await plan.handle(request, response)
    // An answer that goes on, as a watch does, counts from its start.
    isStream = response.headersSent && !response.writableEnded
    if (isStream) note(response.statusCode)
  } catch (error) {
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'content-type': 'text/plain' }).end(`sandbox: ${String(error)}`)
  }
}
