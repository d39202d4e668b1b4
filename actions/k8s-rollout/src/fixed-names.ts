import { canonicalHash, isJsonObject, type JsonObject } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { configurationReferences, listAt, objectText, textAt, withAt, type ManifestDocument } from '@slipway/rollout'
import type { DeclaredObject, WantedManifests } from './settings.ts'

/** A place that takes a Secret by a name which nothing can rewrite. */
export interface FixedUse {
  readonly document: ManifestDocument
  readonly path: readonly (string | number)[]
  readonly name: string
}

const templateAnnotation = 'slipway.dev/configuration'

/** Every use of a Secret by a fixed name: to pull images, in the volumes of drivers, for the TLS of an Ingress. */
export function fixedUses(documents: readonly ManifestDocument[]): FixedUse[] {
  const pod = ['spec', 'template', 'spec']
  return documents.flatMap((document) => {
    const pulls = listAt(document.object, ...pod, 'imagePullSecrets').map((_, index) => [...pod, 'imagePullSecrets', index, 'name'])
    const volumes = listAt(document.object, ...pod, 'volumes').flatMap((volume, index) =>
      Object.keys(isJsonObject(volume) ? volume : {}).flatMap((source) => ['secretRef', 'nodePublishSecretRef'].map((key) => [...pod, 'volumes', index, source, key, 'name'])),
    )
    const tls = document.kind === 'Ingress' ? listAt(document.object, 'spec', 'tls').map((_, index) => ['spec', 'tls', index, 'secretName']) : []
    return [...pulls, ...volumes, ...tls].flatMap((path) => {
      const name = textAt(document.object, ...path)
      return name === undefined ? [] : [{ document, path, name }]
    })
  })
}

/** Refuses fixed uses of objects that have another name with each content: they would never be found. */
export function refuseVersioned(source: WantedManifests, uses: readonly FixedUse[], problems: Problems): void {
  for (const { document, path, name } of uses) {
    if (!source.configuration.some((declared) => isSecret(declared, name) && !declared.isFixed)) continue
    problems.add({
      code: 'manifest-refused',
      what: `${objectText(document)} uses the Secret ${name} at ${path.join('.')}`,
      at: document.place(path),
      why: `${source.service} declares ${name} as versioned, so that its object is named by its content, and this place takes a fixed name only`,
      next: `give ${name} \`mode: in-place\` where it is declared: in the project file, or as an input of k8s-config-sync`,
    })
  }
}

/** Whether a declared object is what a use names. */
export function isSecret({ kind, name }: DeclaredObject, used: string): boolean {
  return kind === 'Secret' && name === used
}

/**
 * The workload whose template says what the objects of fixed names hold, so that its pods start anew with another
 * content; as it is where its containers and volumes use none. Objects that have another name with each content need no word.
 */
export function withContentMark(workload: JsonObject, configuration: readonly DeclaredObject[]): JsonObject {
  const references = configurationReferences(workload)
  const used = configuration.flatMap(({ kind, name, isFixed, synced }) =>
    isFixed && synced !== undefined && references.some((reference) => reference.kind === kind && reference.name === name) ? [[`${kind} ${name}`, synced.checksum] as const] : [],
  )
  if (used.length === 0) return workload
  return withAt(workload, ['spec', 'template', 'metadata', 'annotations', templateAnnotation], () => canonicalHash(Object.fromEntries(used)))
}
