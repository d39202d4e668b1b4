import type { History, RecordStore } from './ports.ts'

/**
 * What is known of a repository's services in a target: these, or all that have records. Services of other repositories
 * may share the namespace; their releases are not ours to show, undo or let in again.
 */
export async function ownHistory({ records }: { readonly records: Pick<RecordStore, 'history'> }, services: readonly string[] | undefined, repository: string): Promise<History> {
  const { heads, blocks } = await records.history(services)
  const foreign = new Set(heads.filter(({ source }) => source.repository !== repository && source.repository !== '').map(({ service }) => service))
  return {
    heads: heads.filter(({ service }) => !foreign.has(service)),
    blocks: new Map([...blocks].filter(([service]) => !foreign.has(service))),
  }
}
