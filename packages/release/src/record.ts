import { Failed } from '@slipway/report'
import * as v from 'valibot'
import { isJson, isJsonObject, type Json, type JsonObject } from './canonical.ts'
import { digestRule, repositoryRule } from './names.ts'
import type { Revision } from './revision.ts'

/** The verdict on a record's labels: written once. */
export type RecordedVerdict = 'pending' | 'healthy' | 'failed' | 'interrupted'

/** Where a revision came from. */
export interface Source {
  readonly repository: string
  readonly commit: string
  readonly ref: string
  /** URL of the workflow run. */
  readonly run: string
  readonly actor: string
  /** Commit of the configuration repository, where it is one of its own. */
  readonly configurationCommit?: string
  /** Why it was let in though no other environment had proven it, in the words of whoever let it in. */
  readonly unproven?: string
}

/** What one content is called beside its fingerprint, and how it was deployed last, all of which may come later. */
export interface ContentNames extends Pick<Source, 'configurationCommit' | 'unproven'> {
  readonly version?: string
  /** The source keys of the images that it runs: they join a commit to what was proven. */
  readonly sourceKeys?: readonly string[]
}

/** One service in one target, named for locks, records and messages. */
export interface Participant {
  readonly target: string
  readonly namespace: string
  readonly service: string
}

/** What a record says: the revision, the release that it belongs to, and its source. Never a secret value. */
export interface ReleaseRecord {
  /** From 1; 0 is what ran before the service was taken over. */
  readonly sequence: number
  readonly service: string
  readonly release: string
  readonly participants: readonly Participant[]
  readonly revision: Revision
  readonly source: Source
  /** ISO 8601, by the clock of the run. For people; nothing is decided by it. */
  readonly startedAt: string
  /** The revision whose content was put back. */
  readonly restores?: number
  /** The release that a rollback undid by this record. */
  readonly undoes?: string
}

/** A record's metadata, as a LIST without contents gives it. */
export interface RecordHead {
  readonly name: string
  readonly service: string
  readonly sequence: number
  readonly verdict: RecordedVerdict
  readonly fingerprint: string
  readonly release: string
  readonly versions: readonly string[]
  /** Of the images that it runs, as far as they were built by this suite. */
  readonly sourceKeys: readonly string[]
  /** With the configuration commit and the reason of the last deploy that found this content running, where they were noted. */
  readonly source: Source
  readonly restores?: number
  readonly undoes?: string
  /** ISO 8601, by the clock of the API server. */
  readonly createdAt: string
  readonly uid: string
  readonly resourceVersion: string
}

const text = v.string()
const source = v.object({
  repository: text,
  commit: text,
  ref: text,
  run: text,
  actor: text,
  configurationCommit: v.exactOptional(text),
  unproven: v.exactOptional(text),
})
const sequence = v.pipe(v.number(), v.integer(), v.minValue(0))
const record = v.object({
  schema: v.literal(1),
  sequence,
  service: text,
  release: text,
  participants: v.array(v.object({ target: text, namespace: text, service: text })),
  revision: v.object({
    images: v.record(text, text),
    configuration: v.record(text, v.object({ kind: v.picklist(['ConfigMap', 'Secret']), name: text, checksum: text, kept: v.exactOptional(text), source: v.exactOptional(text) })),
    manifests: v.array(v.custom<JsonObject>((value) => isJson(value) && isJsonObject(value))),
  }),
  source,
  startedAt: text,
  restores: v.exactOptional(sequence),
  undoes: v.exactOptional(text),
})

/** The record as JSON, as it is kept in the cluster. */
export function encodeRecord(value: ReleaseRecord): JsonObject {
  return {
    schema: 1,
    sequence: value.sequence,
    service: value.service,
    release: value.release,
    participants: value.participants.map((participant) => ({ ...participant })),
    revision: {
      images: { ...value.revision.images },
      configuration: Object.fromEntries(
        Object.entries(value.revision.configuration).map(([name, { kind, name: object, checksum, kept, source }]) => [
          name,
          { kind, name: object, checksum, ...(kept === undefined ? {} : { kept }), ...(source === undefined ? {} : { source }) },
        ]),
      ),
      manifests: [...value.revision.manifests],
    },
    source: encodeSource(value.source),
    startedAt: value.startedAt,
    ...(value.restores === undefined ? {} : { restores: value.restores }),
    ...(value.undoes === undefined ? {} : { undoes: value.undoes }),
  }
}

/**
 * Reads a record's content.
 * @throws Failed `record-unreadable` where it is not what `encodeRecord` writes.
 */
export function decodeRecord(content: Json, name: string): ReleaseRecord {
  const result = v.safeParse(record, content)
  if (!result.success) throw unreadable(name, `${v.getDotPath(result.issues[0]) ?? 'its content'}: ${result.issues[0].message}`)
  const { sequence, service, release, participants, revision, startedAt, restores, undoes } = result.output
  const images: Revision['images'] = Object.fromEntries(
    Object.entries(revision.images).map(([repository, digest]) => {
      if (!repositoryRule.is(repository) || !digestRule.is(digest)) throw unreadable(name, `image ${repository}@${digest} is none`)
      return [repository, digest] as const
    }),
  )
  return {
    sequence,
    service,
    release,
    participants,
    revision: { ...revision, images },
    source: result.output.source,
    startedAt,
    ...(restores === undefined ? {} : { restores }),
    ...(undoes === undefined ? {} : { undoes }),
  }
}

/** A source as JSON, for a record or an annotation. */
export function encodeSource(value: Source): JsonObject {
  return { ...value }
}

/** Reads a source from an annotation; what cannot be read becomes empty texts, since nothing is decided by it. */
export function decodeSource(content: unknown): Source {
  const result = v.safeParse(source, content)
  return result.success ? result.output : { repository: '', commit: '', ref: '', run: '', actor: '' }
}

function unreadable(name: string, why: string): Failed {
  return new Failed({
    code: 'record-unreadable',
    what: `the release record ${name} cannot be read`,
    why,
    next: 'look at the ConfigMap; if somebody has changed it, delete it and deploy again',
  })
}
