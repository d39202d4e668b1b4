import { canonicalHash, tagRule, type Digest, type Tag } from '@slipway/release'

/**
 * Everything that determines an image, as far as git holds it.
 *
 * The builder is no part of it. To know its version docker must be asked, which is what an image that is found spares;
 * and two runners with two builders would never find each other's images, though nothing in them differed. How a
 * Dockerfile is read can be said in the Dockerfile itself (`# syntax=…`); that image's digest counts like a base's.
 */
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
const rules = 'slipway-image-2'

/** Hash of what determines the image as written in git. */
export function sourceKey(source: ImageSource): string {
  return canonicalHash(description(source))
}

/** Hash of what determines the image: the source, and the images that it is made from and read by now (name → digest). */
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
