import { createHash } from 'node:crypto'
import { tagRule, type Tag } from '@slipway/release'
import { Failed } from '@slipway/report'

/** What a tag promises: it moves with every deploy, it names one new image, or it names a version for ever. */
export type TagKind = 'moving' | 'fixed' | 'version'

/** A tag that a service's image is to have. */
export interface WantedTag {
  readonly tag: Tag
  readonly kind: TagKind
}

/** What the placeholders of a tag template stand for; one without a value leaves its templates out. */
export interface TagValues {
  readonly environment?: string
  readonly branch?: string
  readonly sha?: string
  readonly version?: string
  readonly service?: string
}

/**
 * The tags that the templates give, each once, in their order.
 *
 * Different environments and branches never give the same tag of `{environment}-{branch}`: where characters had to go,
 * or where two could be mistaken for each other, a short hash of both is put behind the branch.
 * @throws Failed `tag-invalid` for an unknown placeholder, a text that is no tag, or a reserved tag.
 * @example wantedTags(['{environment}-{branch}'], { environment: 'dev', branch: 'main' }) // dev-main
 */
export function wantedTags(templates: readonly string[], values: TagValues): WantedTag[] {
  const wanted = new Map<string, WantedTag>()
  for (const template of templates) {
    const names = placeholders(template)
    if (names.some((name) => values[name] === undefined)) continue
    const tag = checked(rendered(template, names, values), template)
    if (!wanted.has(tag)) wanted.set(tag, { tag, kind: kindOf(names) })
  }
  return [...wanted.values()]
}

/** The templates that hold where the user names none. */
export function defaultTemplates(values: TagValues): string[] {
  if (values.version !== undefined) return ['{version}']
  return values.environment === undefined ? ['{branch}', '{branch}-{sha}'] : ['{environment}-{branch}', '{environment}-{branch}-{sha}']
}

/** A branch as the end of a cache's tag: `cache-main`. */
export function cacheTag(branch: string): string {
  return `cache-${branchText(branch, undefined, 128 - 'cache-'.length)}`
}

/** The version that a git tag names: `v1.4.0` and `cart/v1.4.0` name `v1.4.0`. */
export function versionOfTag(refName: string): string | undefined {
  return /^(?:[^/]+\/)?(v\d+\.\d+\.\d+(?:[.+-][0-9A-Za-z.+-]*)?)$/.exec(refName)?.[1]?.replaceAll('+', '_')
}

const known = ['environment', 'branch', 'sha', 'version', 'service'] as const
type Placeholder = (typeof known)[number]
const hashLength = 10

function placeholders(template: string): Placeholder[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => {
    const found = known.find((candidate) => candidate === name)
    if (found) return found
    throw new Failed({
      code: 'tag-invalid',
      what: `the tag "${template}" names {${name}}`,
      why: `a tag may hold ${known.map((placeholder) => `{${placeholder}}`).join(', ')}`,
      next: 'correct the name in the input "tags"',
    })
  })
}

function kindOf(names: readonly Placeholder[]): TagKind {
  return names.includes('version') ? 'version' : names.includes('sha') ? 'fixed' : 'moving'
}

function rendered(template: string, names: readonly Placeholder[], values: TagValues): string {
  const fill = (branch: string): string => template.replace(/\{([^{}]*)\}/g, (_, name: string) => (name === 'branch' ? branch : (values[known.find((candidate) => candidate === name) ?? 'branch'] ?? '')))
  if (values.branch === undefined || !names.includes('branch')) return fill('')
  const branches = names.filter((name) => name === 'branch').length
  const room = Math.floor((128 - fill('').length) / branches)
  return fill(branchText(values.branch, names.includes('environment') ? values.environment : undefined, room))
}

function branchText(branch: string, environment: string | undefined, room: number): string {
  const plain = branch.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '')
  // A branch that ends like a hash or a commit could be taken for another branch's tag; an environment with a dash
  // leaves open where the branch begins; a branch that is called like a version would move the version's tag.
  const mistakable = /(?:^|-)[0-9a-f]{7,64}$/.test(plain) || environment?.includes('-') === true || (environment === undefined && /^v\d+\.\d+\.\d+(?:[._-]|$)/.test(plain))
  if (plain === branch && plain.length <= room && !mistakable) return plain
  const hash = createHash('sha256').update(JSON.stringify([environment ?? null, branch])).digest('hex').slice(0, hashLength)
  const kept = plain.slice(0, Math.max(0, room - hashLength - 1)).replace(/[.-]+$/, '')
  return kept === '' ? hash : `${kept}-${hash}`
}

function checked(text: string, template: string): Tag {
  if (!tagRule.is(text)) {
    throw new Failed({ code: 'tag-invalid', what: `the tag "${template}" gives "${text}"`, why: `a tag must be ${tagRule.rule}`, next: 'change the template in the input "tags"' })
  }
  const reserved = ['content-', 'cache-'].find((prefix) => text.startsWith(prefix))
  if (reserved !== undefined) {
    throw new Failed({
      code: 'tag-invalid',
      what: `the tag "${template}" gives "${text}"`,
      why: `tags that begin with "${reserved}" are kept for what this action stores itself`,
      next: 'put another word in front of it in the input "tags"',
    })
  }
  return text
}
