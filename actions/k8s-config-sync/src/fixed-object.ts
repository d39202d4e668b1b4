import { configMarks, type JsonObject, type Namespace } from '@slipway/release'
import type { Failure } from '@slipway/report'
import { listAt, objectAt, textAt } from '@slipway/rollout'
import { isLabelled, saysToHold } from './changes.ts'
import { valuesOf, versionName, versioned, type Content, type VersionedObject } from './config-object.ts'

/** Whether there is nothing at all to be written to a live object: it holds the values, says so, and has the labels. */
export function isAsWanted(live: JsonObject, wanted: VersionedObject): boolean {
  return hasSameValues(live, wanted.object) && saysToHold(live, wanted) && isLabelled(live, wanted)
}

/** Whether two objects hold the same values under the same keys, and, of Secrets, have the same type. */
export function hasSameValues(one: JsonObject, other: JsonObject): boolean {
  const [a, b] = [valuesOf(one), valuesOf(other)]
  const isSame = [...a].every(([key, value]) => {
    const counterpart = b.get(key)
    return counterpart !== undefined && Buffer.compare(value, counterpart) === 0
  })
  return isSame && a.size === b.size && textAt(one, 'type') === textAt(other, 'type')
}

/** Why a live object of the fixed name may not, or cannot, be made into what is wanted. */
export function obstacle(live: JsonObject | undefined, { content, object }: VersionedObject): Omit<Failure, 'where'> | undefined {
  if (live === undefined) return undefined
  const what = `${content.kind} ${content.name}`
  const stranger = strangersClaim(live, content)
  if (stranger !== undefined) {
    return { code: 'ownership-conflict', what: `${what} exists already and is not this action's to change`, why: stranger, next: 'declare the object under another name, or remove the live one after a look at who needs it' }
  }
  if (content.mode === 'recreate') {
    const [finalizer] = listAt(live, 'metadata', 'finalizers')
    return typeof finalizer !== 'string' || hasSameValues(live, object)
      ? undefined
      : { code: 'config-invalid', what: `${what} cannot be deleted and created at once`, why: `its finalizer ${finalizer} lets it go only when somebody else agrees`, next: 'give it the mode in-place or versioned, or have the finalizer removed' }
  }
  if (live['immutable'] === true) {
    return { code: 'config-invalid', what: `${what} cannot be changed in place`, why: 'the live object is immutable', next: 'give it the mode recreate or versioned' }
  }
  const [before, after] = [textAt(live, 'type') ?? '', content.type ?? '']
  if (before === after) return undefined
  return { code: 'config-invalid', what: `${what} would change its type from ${before} to ${after}`, why: 'a Secret keeps its type for life', next: 'give it the mode recreate or versioned, or keep the type' }
}

/** Who a live object belongs to, unless it is this declaration's own. */
function strangersClaim(live: JsonObject, content: Content): string | undefined {
  const label = (key: string): string | undefined => textAt(live, 'metadata', 'labels', key)
  if (label(configMarks.managedByLabel) !== configMarks.managedBy) {
    const managers = new Set(listAt(live, 'metadata', 'managedFields').flatMap((entry) => textAt(entry, 'manager') ?? []))
    const named = label('app.kubernetes.io/managed-by')
    if (named !== undefined) managers.add(named)
    return managers.size === 0 ? 'it says of nobody that it is theirs' : `it was made by ${[...managers].join(', ')}`
  }
  const [service, declared] = [label(configMarks.serviceLabel), label(configMarks.configLabel)]
  if (service !== content.service) return service === undefined ? 'it belongs to no service' : `it belongs to the service ${service}`
  return declared === content.name ? undefined : `it is a version of ${declared ?? 'something else'}`
}

/** The keys that an object would keep though nobody declares them, since others own them. */
export function undeclaredKeys(answer: JsonObject, { content }: VersionedObject): string[] {
  return [...valuesOf(answer).keys()].filter((key) => !content.values.has(key))
}

/** Who owns keys of an object, as its managed fields say. */
export function ownersOf(object: JsonObject, keys: readonly string[]): string[] {
  const owners = listAt(object, 'metadata', 'managedFields').filter((entry) => keys.some((key) => ['f:data', 'f:binaryData'].some((field) => objectAt(entry, 'fieldsV1', field)?.[`f:${key}`] !== undefined)))
  return [...new Set(owners.map((entry) => textAt(entry, 'manager') ?? '?'))]
}

/** What a live object holds, as an immutable object of its own, and the names under which that may be kept already. */
export interface OldContent {
  readonly version: VersionedObject
  readonly keptAs: readonly string[]
}

/**
 * The content that is about to be replaced. A ConfigMap's is named by its values; a Secret's by the version that it says
 * to hold, or else by the state of the object that it was read from: a name must not let anyone guess a value.
 */
export function oldContent(live: JsonObject, { content }: VersionedObject, namespace: Namespace): OldContent {
  const { kind, name, mode, service } = content
  const [type, checksum] = [textAt(live, 'type'), textAt(live, 'metadata', 'annotations', configMarks.checksumAnnotation)]
  const identity = { uid: textAt(live, 'metadata', 'uid') ?? '', resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '' }
  const labels = Object.entries(objectAt(live, 'metadata', 'labels') ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []))
  const version = versioned(
    { kind, name, mode, ...(service === undefined ? {} : { service }), ...(type === undefined ? {} : { type }), values: valuesOf(live), ...(kind === 'Secret' ? { identity } : {}) },
    namespace,
    Object.fromEntries(labels),
  )
  return { version, keptAs: [...new Set([...(checksum === undefined ? [] : [versionName(name, checksum)]), version.name])] }
}
