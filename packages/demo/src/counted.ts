import type { Ledger } from '@slipway/sandbox'

/** What one server saw. */
export interface ServerCount {
  readonly server: string
  readonly reads: number
  readonly writes: number
  /** The operations that wrote, with their numbers: `PATCH deployments ×3`. */
  readonly wrote: readonly string[]
}

/** The requests of every server that has been spoken to at all, since a position in the ledger. */
export function countedSince(ledger: Ledger, since: number): ServerCount[] {
  const counts = ledger.counted(since)
  const servers = new Set(ledger.exchanges.map(({ server }) => server))
  return [...servers].sort().map((server) => {
    const { reads = 0, writes = 0 } = counts[server] ?? {}
    const written = ledger.exchanges.slice(since).filter((exchange) => exchange.server === server && exchange.write)
    const numbers = new Map<string, number>()
    for (const { operation } of written) numbers.set(operation, (numbers.get(operation) ?? 0) + 1)
    return { server, reads, writes, wrote: [...numbers].map(([operation, number]) => `${operation} ×${number}`) }
  })
}

/** All writes together, or those of the servers named. */
export function writesOf(counts: readonly ServerCount[], ...servers: string[]): number {
  return counts.filter(({ server }) => servers.length === 0 || servers.includes(server)).reduce((sum, { writes }) => sum + writes, 0)
}
