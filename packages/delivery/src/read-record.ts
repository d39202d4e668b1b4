import { blockOf, type RecordHead, type ReleaseRecord } from '@slipway/release'
import { Failed } from '@slipway/report'
import { isAvailable } from './available.ts'
import type { Mission, Surroundings } from './delivery.ts'
import type { History, RecordStore } from './ports.ts'

/** A record, or why it cannot be read: one that somebody has damaged or deleted hides no other. */
export async function readRecord({ name }: Pick<RecordHead, 'name'>, { records }: { readonly records: Pick<RecordStore, 'read'> }): Promise<ReleaseRecord | string> {
  try {
    return (await records.read(name)) ?? `the release record ${name} is gone: somebody has deleted the ConfigMap just now`
  } catch (error) {
    if (error instanceof Failed && error.failures[0].code === 'record-unreadable') return `${error.failures[0].what}: ${error.failures[0].why}`
    throw error
  }
}

/** The record of a revision that can run again, or why it cannot: unreadable, blocked, or with parts that are gone. */
export async function usableRecord(head: RecordHead, { blocks }: History, around: Pick<Surroundings, 'ports' | 'narrator'> & { readonly mission: Mission }): Promise<ReleaseRecord | string> {
  const record = await readRecord(head, around.ports)
  if (typeof record === 'string') return record
  const { images, configuration } = record.revision
  const block = blockOf({ commit: record.source.commit, fingerprint: head.fingerprint, images, configuration }, blocks.get(head.service) ?? [])
  if (block !== undefined) return `${block.actor} has blocked it (${block.reason})`
  return (await isAvailable(record, around)) ?? record
}
