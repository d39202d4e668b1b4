import { decodeBlocks, decodeSource, encodeBlocks, encodeSource, sameJson, type Block, type ContentNames, type JsonObject, type RecordHead, type RecordedVerdict, type ReleaseRecord, type Source } from '@slipway/release'
import { Failed } from '@slipway/report'
import { listAt, textAt } from '@slipway/rollout'
import { TransportError, sharedRead } from '@slipway/wire'
import { ApiError } from './api-error.ts'
import type { Cluster, ObjectRef } from './cluster.ts'
import { parsedJson } from './json.ts'
import { packRecord, unpackRecord } from './record-codec.ts'

/** The release records of one namespace, kept as immutable ConfigMaps in the record namespace. */
export interface Records {
  /**
   * What is known of these services, or of all that have records: the metadata of their records, and their blocks by service.
   * @throws Failed `record-unreadable` where somebody has changed the blocks into something else.
   */
  history(services?: readonly string[]): Promise<RecordHistory>
  /** @throws Failed `record-too-large`, without a request. */
  check(record: ReleaseRecord): void
  /** Makes a record, as `pending` unless its verdict is known; `taken` where another run has made one of this number. A reply that was lost counts as created. */
  create(record: ReleaseRecord, fingerprint: string, names: ContentNames, verdict?: RecordedVerdict): Promise<'created' | 'taken'>
  /** The blocks of one service, as they are now; many that ask at once share a LIST. @throws Failed `record-unreadable`. */
  blocks(service: string): Promise<readonly Block[]>
  /** Undefined where there is none of this name. @throws Failed `record-unreadable`. */
  read(name: string): Promise<ReleaseRecord | undefined>
  /** Writes the verdict, unless the record has one. @throws Failed `record-unreadable` where the record is gone. */
  conclude(service: string, sequence: number, verdict: Exclude<RecordedVerdict, 'pending'>): Promise<void>
  /** Notes other names of the same content, each once, and the configuration commit and the reason in place of older ones; what is known is no write. @throws Failed `record-unreadable` where the record is gone. */
  addNames(head: RecordHead, names: ContentNames): Promise<void>
  /** Changes the blocks of a service, compare-and-set: decided anew for every state that is met; the same blocks are no write. It begins with what the last `history` showed. */
  changeBlocks(service: string, change: (blocks: readonly Block[]) => readonly Block[]): Promise<void>
}

export interface RecordHistory {
  readonly heads: readonly RecordHead[]
  /** By service. */
  readonly blocks: ReadonlyMap<string, readonly Block[]>
}

const label = { record: 'slipway.dev/record', namespace: 'slipway.dev/namespace', service: 'slipway.dev/service', verdict: 'slipway.dev/verdict' }
const isRecord = '1'
const isBlocks = 'blocks'
const note = {
  sequence: 'slipway.dev/sequence',
  fingerprint: 'slipway.dev/fingerprint',
  release: 'slipway.dev/release',
  versions: 'slipway.dev/versions',
  sourceKeys: 'slipway.dev/source-keys',
  source: 'slipway.dev/source',
  configurationCommit: 'slipway.dev/configuration-commit',
  unproven: 'slipway.dev/unproven',
  restores: 'slipway.dev/restores',
  undoes: 'slipway.dev/undoes',
  nonce: 'slipway.dev/nonce',
  blocks: 'slipway.dev/blocks',
}

/** Opens the records of `namespace`, kept in `recordNamespace`. The nonce is unique to this run. */
export function openRecords(cluster: Cluster, recordNamespace: string, namespace: string, nonce: string): Records {
  const refTo = (name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: recordNamespace, name })
  const nameOf = (service: string, sequence: number): string => `${namespace}.${service}.v${sequence}`
  const blocksName = (service: string): string => `${namespace}.${service}.blocks`
  /** The state in which this run made the records that wait for a verdict. */
  const made = new Map<string, string>()
  /** The blocks of services as they were last listed; undefined where there were none. */
  const listed = new Map<string, JsonObject | undefined>()
  const allBlocks = sharedRead(async () => {
    const labelSelector = `${label.record}=${isBlocks},${label.namespace}=${namespace}`
    return (await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: recordNamespace, labelSelector }, { metadataOnly: true })).items
  })
  /** Not where the object has changed since that state, or is gone. */
  const isMerged = async (name: string, metadata: JsonObject): Promise<boolean> => {
    try {
      await cluster.mergeMetadata(refTo(name), metadata)
      return true
    } catch (error) {
      if (error instanceof ApiError && (error.isStale || error.isNotFound)) return false
      throw error
    }
  }
  /** Compare-and-set of labels or annotations: decided anew for every state that is met, until nothing is to be changed. */
  const amend = async (name: string, change: (live: JsonObject) => JsonObject | undefined): Promise<void> => {
    for (;;) {
      const live = await cluster.get(refTo(name))
      if (live === undefined) throw gone(name, recordNamespace)
      const metadata = change(live)
      if (metadata === undefined) return
      if (await isMerged(name, { resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '', ...metadata })) return
    }
  }
  return {
    async history(services) {
      if (services?.length === 0) return { heads: [], blocks: new Map() }
      const some = services === undefined ? '' : `,${label.service} in (${services.join(',')})`
      const labelSelector = `${label.record},${label.namespace}=${namespace}${some}`
      const { items } = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: recordNamespace, labelSelector }, { metadataOnly: true })
      const barring = items.filter((item) => textAt(item, 'metadata', 'labels', label.record) === isBlocks).map((item) => [textAt(item, 'metadata', 'labels', label.service) ?? '', item] as const)
      // Where all were listed, who has no blocks is in no list.
      if (services === undefined) listed.clear()
      for (const service of services ?? []) listed.set(service, undefined)
      for (const [service, item] of barring) listed.set(service, item)
      return { heads: items.flatMap(headFrom), blocks: new Map(barring.map(([service, item]) => [service, blocksFrom(item)])) }
    },
    check(record) {
      packRecord(record)
    },
    async create(record, fingerprint, { version, sourceKeys = [] }, verdict = 'pending') {
      const name = nameOf(record.service, record.sequence)
      const object: JsonObject = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name,
          namespace: recordNamespace,
          labels: { [label.record]: isRecord, [label.namespace]: namespace, [label.service]: record.service, [label.verdict]: verdict },
          annotations: {
            [note.sequence]: String(record.sequence),
            [note.fingerprint]: fingerprint,
            [note.release]: record.release,
            [note.versions]: JSON.stringify(version === undefined ? [] : [version]),
            ...(sourceKeys.length === 0 ? {} : { [note.sourceKeys]: JSON.stringify(sourceKeys) }),
            [note.source]: JSON.stringify(encodeSource(record.source)),
            ...(record.restores === undefined ? {} : { [note.restores]: String(record.restores) }),
            ...(record.undoes === undefined ? {} : { [note.undoes]: record.undoes }),
            [note.nonce]: nonce,
          },
        },
        immutable: true,
        binaryData: { record: packRecord(record) },
      }
      try {
        const created = await cluster.create(object)
        if (verdict === 'pending') made.set(name, textAt(created, 'metadata', 'resourceVersion') ?? '')
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
    async blocks(service) {
      const live = (await allBlocks()).find((item) => textAt(item, 'metadata', 'name') === blocksName(service))
      return live === undefined ? [] : blocksFrom(live)
    },
    async read(name) {
      const live = await cluster.get(refTo(name))
      if (live === undefined) return undefined
      const record = unpackRecord(textAt(live, 'binaryData', 'record') ?? '', name)
      if (nameOf(record.service, record.sequence) === name) return record
      throw new Failed({
        code: 'record-unreadable',
        what: `the release record ${name} cannot be read`,
        why: `it holds revision ${record.sequence} of ${record.service}`,
        next: 'look at the ConfigMap; if somebody has changed it, delete it and deploy again',
      })
    },
    async conclude(service, sequence, verdict) {
      const name = nameOf(service, sequence)
      const resourceVersion = made.get(name) ?? ''
      made.delete(name)
      if (resourceVersion !== '' && (await isMerged(name, { resourceVersion, labels: { [label.verdict]: verdict } }))) return
      await amend(name, (live) =>
        textAt(live, 'metadata', 'labels', label.verdict) === 'pending' ? { labels: { [label.verdict]: verdict } } : undefined,
      )
    },
    async addNames(head, { version, sourceKeys = [], configurationCommit, unproven }) {
      await amend(head.name, (live) => {
        const versions = withMore(textAt(live, 'metadata', 'annotations', note.versions), version === undefined ? [] : [version])
        const keys = withMore(textAt(live, 'metadata', 'annotations', note.sourceKeys), sourceKeys)
        const source = sourceFrom(live)
        const annotations = {
          ...(versions === undefined ? {} : { [note.versions]: versions }),
          ...(keys === undefined ? {} : { [note.sourceKeys]: keys }),
          ...(configurationCommit === undefined || configurationCommit === source.configurationCommit ? {} : { [note.configurationCommit]: configurationCommit }),
          ...(unproven === undefined || unproven === source.unproven ? {} : { [note.unproven]: unproven }),
        }
        return Object.keys(annotations).length === 0 ? undefined : { annotations }
      })
    },
    async changeBlocks(service, change) {
      const name = blocksName(service)
      const noted = (blocks: readonly Block[]): JsonObject => ({ annotations: { [note.blocks]: JSON.stringify(encodeBlocks(blocks)) } })
      const changed = (now: JsonObject): JsonObject | undefined => {
        const before = blocksFrom(now)
        const after = change(before)
        return sameJson(encodeBlocks(before), encodeBlocks(after)) ? undefined : noted(after)
      }
      const seen = listed.has(service) ? listed.get(service) : await cluster.get(refTo(name))
      // Only once: what this run has changed is another state.
      listed.delete(service)
      if (seen === undefined) {
        const blocks = change([])
        if (blocks.length === 0) return
        const labels = { [label.record]: isBlocks, [label.namespace]: namespace, [label.service]: service }
        try {
          await cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: recordNamespace, labels, ...noted(blocks) } })
          return
        } catch (error) {
          // Another was faster, or the reply was lost: what is there is changed below, as far as that is still needed.
          if (!(error instanceof ApiError && error.alreadyExists)) throw error
        }
      }
      const metadata = seen && changed(seen)
      if (metadata !== undefined && (await isMerged(name, { resourceVersion: textAt(seen, 'metadata', 'resourceVersion') ?? '', ...metadata }))) return
      // What seems to need no change is looked at once more: somebody may have lifted a block since.
      await amend(name, changed)
    },
  }
}

/** Reads a record's metadata; what was not written by a record store is passed over. */
function headFrom(item: JsonObject): RecordHead[] {
  const text = (...path: string[]): string => textAt(item, 'metadata', ...path) ?? ''
  const sequence = numberFrom(text('annotations', note.sequence))
  const restores = numberFrom(text('annotations', note.restores))
  const undoes = text('annotations', note.undoes)
  const verdict = verdictFrom(text('labels', label.verdict))
  if (text('labels', label.record) !== isRecord || sequence === undefined || verdict === undefined) return []
  return [
    {
      name: text('name'),
      service: text('labels', label.service),
      sequence,
      verdict,
      fingerprint: text('annotations', note.fingerprint),
      release: text('annotations', note.release),
      versions: texts(text('annotations', note.versions)),
      sourceKeys: texts(text('annotations', note.sourceKeys)),
      source: sourceFrom(item),
      ...(restores === undefined ? {} : { restores }),
      ...(undoes === '' ? {} : { undoes }),
      createdAt: text('creationTimestamp'),
      uid: text('uid'),
      resourceVersion: text('resourceVersion'),
    },
  ]
}

function numberFrom(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** What the record was made of, with what later deploys of the same content noted in its place. */
function sourceFrom(item: JsonObject): Source {
  const noted = (name: string): string | undefined => textAt(item, 'metadata', 'annotations', name)
  const configurationCommit = noted(note.configurationCommit)
  const unproven = noted(note.unproven)
  return {
    ...decodeSource(parsedJson(noted(note.source) ?? '')),
    ...(configurationCommit === undefined ? {} : { configurationCommit }),
    ...(unproven === undefined ? {} : { unproven }),
  }
}

function blocksFrom(item: JsonObject): readonly Block[] {
  const blocks = decodeBlocks(parsedJson(textAt(item, 'metadata', 'annotations', note.blocks) ?? '[]'))
  if (blocks !== undefined) return blocks
  throw new Failed({
    code: 'record-unreadable',
    what: `the blocks in the ConfigMap ${textAt(item, 'metadata', 'name') ?? ''} cannot be read`,
    why: `its annotation ${note.blocks} is not what a rollback writes, so that nobody knows what must not be deployed`,
    next: `find out who changed it; without the annotation nothing is blocked`,
  })
}

function verdictFrom(text: string): RecordedVerdict | undefined {
  return (['pending', 'healthy', 'failed', 'interrupted'] as const).find((verdict) => verdict === text)
}

/** The list of an annotation with what is new to it; undefined where nothing is. */
function withMore(json: string | undefined, more: readonly string[]): string | undefined {
  const known = texts(json ?? '')
  const added = more.filter((one) => !known.includes(one))
  return added.length === 0 ? undefined : JSON.stringify([...known, ...added])
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
