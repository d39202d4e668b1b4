import * as v from 'valibot'
import type { Json } from './canonical.ts'
import type { Revision } from './revision.ts'

/** What a rollback bars from coming back to a service in a target by accident. */
export interface Block {
  /** The release that was undone. */
  readonly release: string
  readonly fingerprint: string
  /** Repository → digest: the images that the bad release brought. */
  readonly images: Readonly<Record<string, string>>
  /** Declared name → checksum: what it changed of the configuration, where it brought no image. */
  readonly configuration: Readonly<Record<string, string>>
  /** The commit that it came from, unless what is good came from it, too. */
  readonly commit?: string
  readonly reason: string
  readonly actor: string
  /** URL of the workflow run that blocked it. */
  readonly run: string
  /** ISO 8601. For people. */
  readonly at: string
}

/** What is to run, as far as it is known: before a build there is only a commit. */
export interface Content {
  readonly commit: string
  readonly fingerprint?: string
  readonly images?: Revision['images']
  readonly configuration?: Revision['configuration']
}

/** The part of a bad revision by which it is known again: what none of the good ones has. */
export function changedContent(bad: Content, good: readonly Content[]): Pick<Block, 'images' | 'configuration' | 'commit'> {
  const checksums = (content: Content): Record<string, string> => Object.fromEntries(Object.entries(content.configuration ?? {}).map(([name, { checksum }]) => [name, checksum]))
  const images = without(bad.images ?? {}, good.map((one) => one.images ?? {}))
  return {
    images,
    configuration: Object.keys(images).length > 0 ? {} : without(checksums(bad), good.map(checksums)),
    ...(bad.commit === '' || good.some(({ commit }) => commit === bad.commit) ? {} : { commit: bad.commit }),
  }
}

/** The block that bars this content, if one does. */
export function blockOf(content: Content, blocks: readonly Block[]): Block | undefined {
  return blocks.find(
    ({ fingerprint, images, configuration, commit }) =>
      content.fingerprint === fingerprint ||
      (commit !== undefined && commit === content.commit) ||
      Object.entries(images).some(([repository, digest]) => content.images?.[repository] === digest) ||
      Object.entries(configuration).some(([name, checksum]) => content.configuration?.[name]?.checksum === checksum),
  )
}

const text = v.string()
const block = v.object({
  release: text,
  fingerprint: text,
  images: v.record(text, text),
  configuration: v.record(text, text),
  commit: v.exactOptional(text),
  reason: text,
  actor: text,
  run: text,
  at: text,
})

/** Blocks as JSON, for an annotation. */
export function encodeBlocks(blocks: readonly Block[]): Json {
  return blocks.map((one) => ({ ...one, images: { ...one.images }, configuration: { ...one.configuration } }))
}

/** Reads blocks; undefined where somebody has changed them into something else. */
export function decodeBlocks(content: unknown): Block[] | undefined {
  const result = v.safeParse(v.array(block), content)
  return result.success ? result.output : undefined
}

function without(all: Readonly<Record<string, string>>, known: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => known.every((one) => one[name] !== value)))
}
