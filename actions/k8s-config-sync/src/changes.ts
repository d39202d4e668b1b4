import type { JsonObject } from '@slipway/release'
import { objectAt, textAt } from '@slipway/rollout'
import { checksumAnnotation, configLabel, serviceLabel, type VersionedObject } from './config-object.ts'

/** An object beside what the cluster has of it. */
export interface Change {
  readonly wanted: VersionedObject
  readonly kind: 'none' | 'create' | 'relabel'
  /** The newest other version under the same declared name, where there is one. */
  readonly before?: string
}

/** Compares an object with the metadata of those that this action has made in the namespace. */
export function changeOf(wanted: VersionedObject, listed: readonly JsonObject[]): Change {
  const live = listed.find((item) => textAt(item, 'metadata', 'name') === wanted.name)
  const before = newest(listed.filter((item) => item !== live && sameDeclaration(item, wanted)))
  const known = before === undefined ? {} : { before }
  if (live === undefined || textAt(live, 'metadata', 'annotations', checksumAnnotation) !== wanted.checksum) return { wanted, kind: 'create', ...known }
  return { wanted, kind: labelled(live, wanted) ? 'none' : 'relabel', ...known }
}

function sameDeclaration(item: JsonObject, { content }: VersionedObject): boolean {
  return textAt(item, 'metadata', 'labels', configLabel) === content.name && textAt(item, 'metadata', 'labels', serviceLabel) === content.service
}

function labelled(live: JsonObject, { object }: VersionedObject): boolean {
  return Object.entries(objectAt(object, 'metadata', 'labels') ?? {}).every(([key, value]) => textAt(live, 'metadata', 'labels', key) === value)
}

/** The name of the object that was created last; times are whole seconds, so that the resourceVersion decides between equal ones. */
function newest(items: readonly JsonObject[]): string | undefined {
  const age = (item: JsonObject): [string, number] => [textAt(item, 'metadata', 'creationTimestamp') ?? '', Number(textAt(item, 'metadata', 'resourceVersion') ?? 0)]
  const last = items.toSorted((a, b) => {
    const [[timeA, versionA], [timeB, versionB]] = [age(a), age(b)]
    return timeA === timeB ? versionA - versionB : timeA < timeB ? -1 : 1
  }).at(-1)
  return textAt(last, 'metadata', 'name')
}
