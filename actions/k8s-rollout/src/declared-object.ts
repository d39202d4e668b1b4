import type { SyncedObject } from '@slipway/release'
import type { DeclaredObject } from './settings.ts'

/** A declared name with the object that k8s-config-sync handed over for it; of a fixed name it hands over a copy as well. */
export function declaredObject(declared: string, { kind, name, checksum, kept, source }: SyncedObject): DeclaredObject {
  const synced = { kind, name, checksum, ...(kept === undefined ? {} : { kept }), ...(source === undefined ? {} : { source }) }
  return { kind, name: declared, isFixed: kept !== undefined, synced }
}
