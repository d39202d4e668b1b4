import { digestRule, type Digest } from '@slipway/release'

/** An image as a Dockerfile names it, with what its short forms leave out. */
export interface ImageName {
  /** As written, variables put in. */
  readonly text: string
  /** Host of the registry, with its port where one is written. */
  readonly host: string
  readonly repository: string
  readonly tag: string
  /** Where the name pins the image. */
  readonly digest?: Digest
}

/**
 * Reads an image name; undefined where it is none.
 * The rules for short names are those of distribution/reference: a first part without "." and ":" is no host.
 * @example parseImageName('node:22') // docker.io, library/node, 22
 */
export function parseImageName(text: string): ImageName | undefined {
  const match = /^((?:[^\s/@]+\/)*[^\s/@:]+)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text)
  const [, path = '', tag = 'latest', digest] = match ?? []
  if (!match) return undefined
  const slash = path.indexOf('/')
  const first = path.slice(0, Math.max(0, slash))
  const hasHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  const host = hasHost ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io'
  const rest = hasHost ? path.slice(slash + 1) : path
  if (!/^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/.test(rest)) return undefined
  const repository = host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest
  return { text, host, repository, tag, ...(digest !== undefined && digestRule.is(digest) ? { digest } : {}) }
}

/** Whether a registry's host is one of ECR, which takes the password of any account's ECR. */
export function isEcrHost(host: string): boolean {
  return /^\d{12}\.dkr(?:\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.(?:com|com\.cn|eu)|-ecr(?:-fips)?\.[a-z0-9-]+\.on\.aws)$/.test(host)
}
