import { workloadMarks, type JsonObject } from '@slipway/release'
import { objectAt, textAt } from '@slipway/rollout'
import { fieldsOf } from './field-paths.ts'
import { entriesOf, isOwnApply, takenEntries, type Reach } from './adopt-owners.ts'
import { fieldManager } from './marks.ts'

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'
const helmAnnotations = ['meta.helm.sh/release-name', 'meta.helm.sh/release-namespace']
const managedBy = 'app.kubernetes.io/managed-by'

/** Annotations by which kubectl and Helm know what they made. */
export const bookkeeping: readonly string[] = [lastApplied, ...helmAnnotations]

/** What an object is to say when it is ours. */
export interface NewOwner {
  readonly service: string
  readonly repository: string
}

/**
 * The metadata that moves the ownership of fields to us, bound to the state that was read. No content changes: what the
 * manifest does not name goes at the apply that follows, since nobody else owns it then. kubectl's note of what it
 * applied goes as well, or the next `kubectl apply` would remove our fields by it; so do Helm's labels.
 */
export function handedOver(live: JsonObject, reach: Reach, { service, repository }: NewOwner): JsonObject {
  const present = bookkeeping.filter((name) => textAt(live, 'metadata', 'annotations', name) !== undefined)
  const isHelms = textAt(live, 'metadata', 'labels', managedBy) === 'Helm'
  return {
    resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '',
    managedFields: movedEntries(live, reach),
    labels: { [workloadMarks.serviceLabel]: service, ...(isHelms ? { [managedBy]: null } : {}) },
    annotations: {
      [workloadMarks.repositoryAnnotation]: repository,
      ...Object.fromEntries(present.map((name) => [name, null])),
    },
  }
}

/** The object's content as it would be applied by us: without what the server, controllers and other tools keep in it. */
export function bareMetadata(metadata: JsonObject): JsonObject {
  const kept = (names: JsonObject | undefined, isKept: (name: string) => boolean): JsonObject => Object.fromEntries(Object.entries(names ?? {}).filter(([name]) => isKept(name)))
  const labels = kept(objectAt(metadata, 'labels'), (name) => name !== managedBy || textAt(metadata, 'labels', name) !== 'Helm')
  const marks: readonly string[] = [workloadMarks.sequenceAnnotation, workloadMarks.releaseAnnotation]
  const annotations = kept(objectAt(metadata, 'annotations'), (name) => !bookkeeping.includes(name) && !marks.includes(name) && !name.startsWith('deployment.kubernetes.io/'))
  return { name: textAt(metadata, 'name') ?? '', ...(Object.keys(labels).length === 0 ? {} : { labels }), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) }
}

/** What is taken becomes part of our own entry; an entry that our labels were written under, too. */
function movedEntries(live: JsonObject, reach: Reach): JsonObject[] {
  const entries = entriesOf(live)
  const taken = takenEntries(live, reach)
  const isFolded = (entry: JsonObject): boolean => taken.includes(entry) || isOwnApply(entry) || isOwnUpdate(entry)
  const folded = entries.filter(isFolded)
  if (folded.length === 0) return entries
  const own: JsonObject = {
    manager: fieldManager,
    operation: 'Apply',
    apiVersion: textAt(live, 'apiVersion') ?? '',
    time: folded.map((entry) => textAt(entry, 'time') ?? '').toSorted().at(-1) ?? '',
    fieldsType: 'FieldsV1',
    fieldsV1: fieldsOf(folded),
  }
  return [own, ...entries.filter((entry) => !isFolded(entry))]
}

function isOwnUpdate(entry: JsonObject): boolean {
  return textAt(entry, 'manager') === fieldManager && textAt(entry, 'operation') === 'Update' && textAt(entry, 'subresource') === undefined
}
