import { decodeSource, encodeSource, type JsonObject, type RecordHead, type RecordedVerdict, type ReleaseRecord } from '@slipway/release'
import { Failed } from '@slipway/report'
import { listAt, textAt } from '@slipway/rollout'
import { TransportError } from '@slipway/wire'
import { ApiError } from './api-error.ts'
import type { Cluster, ObjectRef } from './cluster.ts'
import { parsedJson } from './json.ts'
import { packRecord, unpackRecord } from './record-codec.ts'

/** The release records of one namespace, kept as immutable ConfigMaps in the record namespace. */
export interface Records {
  /** Metadata of the records of these services; contents stay where they are. */
  heads(services: readonly string[]): Promise<readonly RecordHead[]>
  /** @throws Failed `record-too-large`, without a request. */
  check(record: ReleaseRecord): void
  /** Makes a record, as `pending`; `taken` where another run has made one of this number. A reply that was lost counts as created. */
  create(record: ReleaseRecord, fingerprint: string, version: string | undefined): Promise<'created' | 'taken'>
  /** Undefined where there is none of this name. @throws Failed `record-unreadable`. */
  read(name: string): Promise<ReleaseRecord | undefined>
  /** Writes the verdict, unless the record has one. @throws Failed `record-unreadable` where the record is gone. */
  conclude(service: string, sequence: number, verdict: Exclude<RecordedVerdict, 'pending'>): Promise<void>
  /** Notes another name of the same content, once. @throws Failed `record-unreadable` where the record is gone. */
  addVersion(head: RecordHead, version: string): Promise<void>
}

const label = { record: 'slipway.dev/record', namespace: 'slipway.dev/namespace', service: 'slipway.dev/service', verdict: 'slipway.dev/verdict' }
const note = {
  sequence: 'slipway.dev/sequence',
  fingerprint: 'slipway.dev/fingerprint',
  release: 'slipway.dev/release',
  versions: 'slipway.dev/versions',
  source: 'slipway.dev/source',
  nonce: 'slipway.dev/nonce',
}

/** Opens the records of `namespace`, kept in `recordNamespace`. The nonce is unique to this run. */
export function openRecords(cluster: Cluster, recordNamespace: string, namespace: string, nonce: string): Records {
  const refTo = (name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: recordNamespace, name })
  const nameOf = (service: string, sequence: number): string => `${namespace}.${service}.v${sequence}`
  /** Compare-and-set of labels or annotations: decided anew for every state that is met, until nothing is to be changed. */
  const amend = async (name: string, change: (live: JsonObject) => JsonObject | undefined): Promise<void> => {
    for (;;) {
      const live = await cluster.get(refTo(name))
      if (live === undefined) throw gone(name, recordNamespace)
      const metadata = change(live)
      if (metadata === undefined) return
      try {
        await cluster.mergeMetadata(refTo(name), { resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '', ...metadata })
        return
      } catch (error) {
        if (!(error instanceof ApiError && error.isStale)) throw error
      }
    }
  }
  return {
    async heads(services) {
      if (services.length === 0) return []
      const labelSelector = `${label.record}=1,${label.namespace}=${namespace},${label.service} in (${services.join(',')})`
      const { items } = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: recordNamespace, labelSelector }, { metadataOnly: true })
      return items.flatMap(headFrom)
    },
    check(record) {
      packRecord(record)
    },
    async create(record, fingerprint, version) {
      const name = nameOf(record.service, record.sequence)
      const object: JsonObject = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name,
          namespace: recordNamespace,
          labels: { [label.record]: '1', [label.namespace]: namespace, [label.service]: record.service, [label.verdict]: 'pending' },
          annotations: {
            [note.sequence]: String(record.sequence),
            [note.fingerprint]: fingerprint,
            [note.release]: record.release,
            [note.versions]: JSON.stringify(version === undefined ? [] : [version]),
            [note.source]: JSON.stringify(encodeSource(record.source)),
            [note.nonce]: nonce,
          },
        },
        immutable: true,
        binaryData: { record: packRecord(record) },
      }
      try {
        await cluster.create(object)
        return 'created'
      } catch (error) {
        const inDoubt = error instanceof TransportError || (error instanceof ApiError && (error.alreadyExists || error.isPassing))
        if (!inDoubt) throw error
        // A reply may have been lost: our own is known by its nonce.
        const live = await cluster.get(refTo(name))
        if (live === undefined) throw error
        return textAt(live, 'metadata', 'annotations', note.nonce) === nonce ? 'created' : 'taken'
      }
    },
    async read(name) {
      const live = await cluster.get(refTo(name))
      return live === undefined ? undefined : unpackRecord(textAt(live, 'binaryData', 'record') ?? '', name)
    },
    async conclude(service, sequence, verdict) {
      await amend(nameOf(service, sequence), (live) =>
        textAt(live, 'metadata', 'labels', label.verdict) === 'pending' ? { labels: { [label.verdict]: verdict } } : undefined,
      )
    },
    async addVersion(head, version) {
      await amend(head.name, (live) => {
        const versions = texts(textAt(live, 'metadata', 'annotations', note.versions) ?? '')
        return versions.includes(version) ? undefined : { annotations: { [note.versions]: JSON.stringify([...versions, version]) } }
      })
    },
  }
}

/** Reads a record's metadata; what was not written by a record store is passed over. */
function headFrom(item: JsonObject): RecordHead[] {
  const text = (...path: string[]): string => textAt(item, 'metadata', ...path) ?? ''
  const sequence = Number(text('annotations', note.sequence))
  const verdict = verdictFrom(text('labels', label.verdict))
  if (!Number.isSafeInteger(sequence) || sequence < 1 || verdict === undefined) return []
  return [
    {
      name: text('name'),
      service: text('labels', label.service),
      sequence,
      verdict,
      fingerprint: text('annotations', note.fingerprint),
      release: text('annotations', note.release),
      versions: texts(text('annotations', note.versions)),
      source: decodeSource(parsedJson(text('annotations', note.source))),
      uid: text('uid'),
      resourceVersion: text('resourceVersion'),
    },
  ]
}

function verdictFrom(text: string): RecordedVerdict | undefined {
  return (['pending', 'healthy', 'failed', 'interrupted'] as const).find((verdict) => verdict === text)
}

function texts(json: string): string[] {
  return listAt(parsedJson(json)).filter((entry) => typeof entry === 'string')
}

function gone(name: string, namespace: string): Failed {
  return new Failed({
    code: 'record-unreadable',
    what: `the release record ${name} is gone`,
    where: `namespace ${namespace}`,
    why: 'somebody has deleted the ConfigMap while the run was under way',
    next: 'find out who may delete there; then deploy again, which makes a new record',
  })
}
