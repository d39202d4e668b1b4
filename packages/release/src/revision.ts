import { canonicalHash, type JsonObject } from './canonical.ts'
import type { SyncedObject } from './handover.ts'
import type { Digest } from './names.ts'

/** A ConfigMap or Secret as a revision names it. */
export type RevisionObject = Pick<SyncedObject, 'kind' | 'name' | 'checksum' | 'kept' | 'source'>

/** What one service runs in one target. */
export interface Revision {
  /** Repository → digest, for every image of the manifests that this suite put there. */
  readonly images: Readonly<Record<string, Digest>>
  /** Declared name → object in the cluster. */
  readonly configuration: Readonly<Record<string, RevisionObject>>
  /** The objects as applied, without the marks of a single release. */
  readonly manifests: readonly JsonObject[]
}

/** Hash of a revision's content, without version names and times. Equal fingerprints are the same content. */
export function fingerprint(revision: Revision): string {
  return canonicalHash({
    images: { ...revision.images },
    configuration: Object.fromEntries(
      Object.entries(revision.configuration).map(([name, { kind, checksum, name: object }]) => [name, { kind, object, checksum }]),
    ),
    manifests: [...revision.manifests],
  })
}
