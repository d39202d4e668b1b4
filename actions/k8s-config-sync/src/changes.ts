import { configFieldManager, configMarks, type JsonObject } from '@slipway/release'
import { listAt, objectAt, textAt } from '@slipway/rollout'
import type { VersionedObject } from './config-object.ts'

/** An object beside what the cluster has of it. */
export interface Change {
  readonly wanted: VersionedObject
  /** What the immutable object lacks. */
  readonly kind: 'none' | 'create' | 'relabel'
  /** What the object of the fixed name lacks; absent in the mode `versioned`, which has none. */
  readonly fixed?: 'none' | 'create' | 'change' | 'relabel'
  /** The object that held the content before, where there is one. */
  readonly before?: string
}

/** Whether anything is to be written. */
export function isWrite({ kind, fixed = 'none' }: Change): boolean {
  return kind !== 'none' || fixed !== 'none'
}

/** Compares an object with the metadata of those that this action has made in the namespace. */
export function changeOf(wanted: VersionedObject, listed: readonly JsonObject[]): Change {
  const { name, mode } = wanted.content
  const declared = listed.filter((item) => sameDeclaration(item, wanted))
  const fixed = declared.find((item) => textAt(item, 'metadata', 'name') === name)
  const version = listed.find((item) => textAt(item, 'metadata', 'name') === wanted.name)
  const previous = newest(declared.filter((item) => item !== version && item !== fixed))
  const before = mode !== 'versioned' && fixed !== undefined ? name : previous
  return {
    wanted,
    kind: version === undefined || !saysToHold(version, wanted) ? 'create' : isLabelled(version, wanted) ? 'none' : 'relabel',
    ...(mode === 'versioned' ? {} : { fixed: fixedChange(fixed, wanted) }),
    ...(before === undefined ? {} : { before }),
  }
}

function fixedChange(live: JsonObject | undefined, wanted: VersionedObject): NonNullable<Change['fixed']> {
  if (live === undefined) return 'create'
  if (!saysToHold(live, wanted) || !isUntouched(live, wanted)) return 'change'
  return isLabelled(live, wanted) ? 'none' : 'relabel'
}

/** Whether an object's checksum says that it holds the content; of an immutable one that is sure. */
export function saysToHold(live: JsonObject, { checksum }: VersionedObject): boolean {
  return textAt(live, 'metadata', 'annotations', configMarks.checksumAnnotation) === checksum
}

/** Whether an object has every label that is wanted. */
export function isLabelled(live: JsonObject, { object }: VersionedObject): boolean {
  return Object.entries(objectAt(object, 'metadata', 'labels') ?? {}).every(([key, value]) => textAt(live, 'metadata', 'labels', key) === value)
}

/**
 * Whether the metadata alone proves that the values are still those that were applied: who edits a value by hand becomes
 * its owner, and a key that is removed by hand is no longer ours.
 */
function isUntouched(live: JsonObject, { content }: VersionedObject): boolean {
  const entries = listAt(live, 'metadata', 'managedFields').map((entry) => ({
    isOurs: textAt(entry, 'manager') === configFieldManager && textAt(entry, 'operation') === 'Apply',
    keys: ['f:data', 'f:binaryData'].flatMap((field) => Object.keys(objectAt(entry, 'fieldsV1', field) ?? {}).filter((key) => key.startsWith('f:')).map((key) => key.slice(2))),
  }))
  const ours = entries.filter(({ isOurs }) => isOurs).flatMap(({ keys }) => keys)
  const others = entries.filter(({ isOurs }) => !isOurs).flatMap(({ keys }) => keys)
  return others.length === 0 && ours.length === content.values.size && ours.every((key) => content.values.has(key))
}

function sameDeclaration(item: JsonObject, { content }: VersionedObject): boolean {
  return textAt(item, 'metadata', 'labels', configMarks.configLabel) === content.name && textAt(item, 'metadata', 'labels', configMarks.serviceLabel) === content.service
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
