import { isJsonObject, type Json, type JsonObject } from './canonical.ts'

/** The field manager under which configuration objects are applied, by whichever action. */
export const configFieldManager = 'slipway-config'

/** What says on a configuration object whose it is and what it holds. */
export const configMarks = {
  /** Label; its value is `managedBy`. */
  managedByLabel: 'slipway.dev/managed-by',
  managedBy: 'k8s-config-sync',
  /** Label: the service that declares it, where there is one. */
  serviceLabel: 'slipway.dev/service',
  /** Label: the declared name. An object that has it as its own name is one of a fixed name, every other an immutable version. */
  configLabel: 'slipway.dev/config',
  /** Annotation: stands for the content. */
  checksumAnnotation: 'slipway.dev/checksum',
} as const

/**
 * The object of a fixed name that holds what an immutable version holds, as it is to be applied: the version's labels,
 * checksum, type and values. Takes a version as it was made, or as an API server gives it.
 */
export function fixedObject(version: JsonObject, name: string): JsonObject {
  const { apiVersion = 'v1', kind = 'ConfigMap', metadata } = version
  const { namespace, labels, annotations } = isJsonObject(metadata) ? metadata : {}
  const checksum = isJsonObject(annotations) ? annotations[configMarks.checksumAnnotation] : undefined
  const parts: Readonly<Record<string, Json | undefined>> = { type: version['type'], data: version['data'], binaryData: version['binaryData'] }
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(checksum === undefined ? {} : { annotations: { [configMarks.checksumAnnotation]: checksum } }),
    },
    ...Object.fromEntries(Object.entries(parts).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
  }
}
