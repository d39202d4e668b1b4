import { canonicalHash, tagRule, type Digest, type Tag } from '@slipway/release'

/** Everything that determines an image, as far as git holds it. */
export interface ImageSource {
  /** Hash of the context tree. */
  readonly tree: string
  /** The Dockerfile's text. */
  readonly dockerfile: string
  readonly target?: string
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  /** The names of the build secrets; never their values. */
  readonly secretIds: readonly string[]
}

// Raised when the rules of the key change, so that no key of old rules is taken for one of new rules.
const rules = 'slipway-image-1'

/** Hash of what determines the image as written in git. */
export function sourceKey(source: ImageSource): string {
  return canonicalHash(description(source))
}

/** Hash of what determines the image: the source, and the base images that it resolves to now (name → digest). */
export function contentKey(source: ImageSource, bases: Readonly<Record<string, Digest>>): string {
  return canonicalHash({ ...description(source), bases: { ...bases } })
}

/** The tag under which the image of a key is found again. */
export function contentTag(key: string): Tag {
  const tag = `content-${key.slice(0, 40)}`
  if (!tagRule.is(tag)) throw new Error(`a key makes no tag: ${key}`)
  return tag
}

function description({ tree, dockerfile, target, platforms, buildArgs, secretIds }: ImageSource) {
  return {
    rules,
    tree,
    dockerfile,
    target: target ?? null,
    platforms: [...new Set(platforms)].sort(),
    buildArgs: { ...buildArgs },
    secretIds: [...new Set(secretIds)].sort(),
  }
}
