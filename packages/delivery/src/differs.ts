import { canonicalJson, type JsonObject, type Revision } from '@slipway/release'
import { textAt, withAt } from '@slipway/rollout'

/** What one revision has otherwise than another, by name. All empty where both run the same. */
export interface Difference {
  /** Repositories. */
  readonly images: readonly string[]
  /** Declared names. */
  readonly configuration: readonly string[]
  /** `Kind name`, where more differs than the images and the configuration that they refer to. */
  readonly manifests: readonly string[]
}

export function differs(one: Revision, other: Revision): Difference {
  const checksums = ({ configuration }: Revision): [string, string][] => Object.entries(configuration).map(([name, { checksum }]) => [name, checksum])
  return {
    images: unequal(Object.entries(one.images), Object.entries(other.images)),
    configuration: unequal(checksums(one), checksums(other)),
    manifests: unequal(manifestTexts(one), manifestTexts(other)),
  }
}

function unequal(one: readonly (readonly [string, string])[], other: readonly (readonly [string, string])[]): string[] {
  const [a, b] = [new Map(one), new Map(other)]
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name)).toSorted()
}

/** Each manifest with the digests and the names of configuration versions out of it: those are told on their own. */
function manifestTexts({ manifests, images, configuration }: Revision): [string, string][] {
  const versions = Object.entries(configuration).filter(([declared, { name }]) => name !== declared)
  return manifests.map((manifest) => {
    const bare = canonicalJson(withoutConfigurationMark(manifest))
    const withoutDigests = Object.entries(images).reduce((text, [repository, digest]) => text.replaceAll(`@${digest}`, `@${repository}`), bare)
    return [
      `${textAt(manifest, 'kind') ?? ''} ${textAt(manifest, 'metadata', 'name') ?? ''}`,
      versions.reduce((text, [declared, { name }]) => text.replaceAll(JSON.stringify(name), JSON.stringify(declared)), withoutDigests),
    ]
  })
}

/** The mark that starts the pods anew for another content of a fixed name says nothing beyond that content. */
function withoutConfigurationMark(manifest: JsonObject): JsonObject {
  const path = ['spec', 'template', 'metadata', 'annotations', 'slipway.dev/configuration'] as const
  return textAt(manifest, ...path) === undefined ? manifest : withAt(manifest, path, () => undefined)
}
