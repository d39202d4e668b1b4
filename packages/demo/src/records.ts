import type { Resource } from '@slipway/sandbox'
import { gunzipSync } from 'node:zlib'
import { entriesAt, listAt, numberAt, parsed, textAt } from './json.ts'
import { placeOf, type Clusters } from './places.ts'
import { shortImage } from './short-image.ts'
import { shop } from './shop.ts'

/** A revision of one service in one place, as its release record keeps it. */
export interface Revision {
  readonly place: string
  readonly service: string
  readonly number: number
  /** `pending`, `healthy`, `failed` or `interrupted`. */
  readonly verdict: string
  /** Names that releases of this content were given. */
  readonly versions: readonly string[]
  /** The number of the revision whose content it put back; 0 where it brought its own. */
  readonly restores: number
  /** `shop/cart@sha256:0123456789ab` */
  readonly images: readonly string[]
  /** Names of the configuration objects. */
  readonly configuration: readonly string[]
  readonly commit: string
  readonly actor: string
  /** URL of the run that made it. */
  readonly run: string
  /** ISO 8601. */
  readonly at: string
  /** Who barred it from coming back, when and why. */
  readonly block?: Block
}

/** What a rollback notes of a release that it undid. */
export interface Block {
  readonly actor: string
  /** ISO 8601. */
  readonly at: string
  readonly reason: string
}

const annotation = (object: Resource, name: string): string => object.metadata.annotations?.[`slipway.dev/${name}`] ?? ''
const label = (object: Resource, name: string): string => object.metadata.labels?.[`slipway.dev/${name}`] ?? ''

/** Every revision that the clusters' records know, by place and service, the newest first. */
export function revisionsIn(clusters: Clusters): Revision[] {
  return [...clusters]
    .flatMap(([name, cluster]) => {
      const objects = cluster.objects('ConfigMap', shop.recordNamespace)
      const barring = objects.filter((object) => label(object, 'record') === 'blocks')
      return objects.filter((object) => object['binaryData'] !== undefined).map((record) => revisionOf(name, record, barring))
    })
    .sort((one, other) => compare(`${one.place}.${one.service}`, `${other.place}.${other.service}`) || other.number - one.number)
}

/** The locks that are held: `staging.cart` → the run that holds it. */
export function heldLocks(clusters: Clusters): ReadonlyMap<string, string> {
  const leases = [...clusters].flatMap(([name, cluster]) => cluster.objects('Lease', shop.recordNamespace).map((lease) => [lockOf(name, lease.metadata.name), textAt(lease, 'spec', 'holderIdentity')] as const))
  return new Map(leases.filter(([, holder]) => holder !== ''))
}

function lockOf(cluster: string, name: string): string {
  const [, namespace = '', service = ''] = /^([^.]+)\.(.+)$/.exec(name) ?? []
  return `${placeOf(cluster, namespace)}.${service}`
}

function revisionOf(cluster: string, record: Resource, barring: readonly Resource[]): Revision {
  const [, namespace = '', service = '', number = '0'] = /^([^.]+)\.(.+)\.v(\d+)$/.exec(record.metadata.name) ?? []
  const content = contentOf(record)
  const blocks = barring.filter((one) => one.metadata.name === `${namespace}.${service}.blocks`).flatMap((one) => listAt(parsed(annotation(one, 'blocks'))))
  const block = blocks.find((one) => textAt(one, 'release') !== '' && textAt(one, 'release') === textAt(content, 'release'))
  return {
    place: placeOf(cluster, namespace),
    service,
    number: Number(number),
    verdict: label(record, 'verdict'),
    versions: listAt(parsed(annotation(record, 'versions'))).filter((name) => typeof name === 'string'),
    restores: numberAt(content, 'restores'),
    images: entriesAt(content, 'revision', 'images').map(([repository, digest]) => shortImage(`${repository}@${String(digest)}`)),
    configuration: entriesAt(content, 'revision', 'configuration').map(([, object]) => textAt(object, 'name')).sort(),
    commit: textAt(content, 'source', 'commit'),
    actor: textAt(content, 'source', 'actor'),
    run: textAt(content, 'source', 'run'),
    at: record.metadata.creationTimestamp,
    ...(block === undefined ? {} : { block: { actor: textAt(block, 'actor'), at: textAt(block, 'at'), reason: textAt(block, 'reason') } }),
  }
}

/** A record's content, as the release protocol keeps it: gzip of JSON. */
function contentOf(record: Resource): unknown {
  try {
    return parsed(gunzipSync(Buffer.from(textAt(record, 'binaryData', 'record'), 'base64'), { maxOutputLength: 8 * 1024 * 1024 }).toString('utf8'))
  } catch {
    return undefined
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
