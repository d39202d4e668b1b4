import { createHash } from 'node:crypto'
import { digestRule, repositoryRule, type Digest, type RepositoryName } from '@slipway/release'

/** The digest of a content; a text that is one already is itself. */
export function digest(text: string | Uint8Array): Digest {
  const found = typeof text === 'string' && digestRule.is(text) ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`
  if (digestRule.is(found)) return found
  throw new Error(`no digest: ${found}`)
}

export function name(text: string): RepositoryName {
  if (repositoryRule.is(text)) return text
  throw new Error(`no repository: ${text}`)
}
