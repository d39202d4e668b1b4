import type { Tag } from '@slipway/release'

/** A build secret: its id in the Dockerfile, and where its value comes from. Never the value. */
export type BuildSecret = { readonly id: string; readonly env: string } | { readonly id: string; readonly file: string }

/** One build of one service. */
export interface BuildPlan {
  /** Absolute paths. */
  readonly context: string
  readonly dockerfile: string
  readonly target?: string
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  readonly secrets: readonly BuildSecret[]
  readonly labels: Readonly<Record<string, string>>
  /** `host/repository`, and the tag to push under; without `push` nothing leaves the builder. */
  readonly image: string
  readonly tag: Tag
  readonly push: boolean
  readonly metadataFile: string
  readonly cache: CachePlan
}

/** Where layers are taken from and kept: complete image names. */
export interface CachePlan {
  readonly from: readonly string[]
  readonly to?: string
}

/** The words after `docker` that perform the build. */
export function buildCommand(plan: BuildPlan): string[] {
  return [
    'buildx',
    'build',
    ...['--file', plan.dockerfile],
    ...(plan.target === undefined ? [] : ['--target', plan.target]),
    ...['--platform', plan.platforms.join(',')],
    ...pairs('--build-arg', plan.buildArgs),
    ...plan.secrets.flatMap((secret) => ['--secret', attributes('env' in secret ? { id: secret.id, env: secret.env } : { id: secret.id, src: secret.file })]),
    ...pairs('--label', plan.labels),
    ...['--tag', `${plan.image}:${plan.tag}`],
    ...(plan.push ? ['--push'] : ['--output', 'type=cacheonly']),
    ...['--metadata-file', plan.metadataFile],
    // An attestation would turn the image into an index that differs at every build.
    '--provenance=false',
    ...['--progress', 'plain'],
    ...plan.cache.from.flatMap((ref) => ['--cache-from', attributes({ type: 'registry', ref })]),
    ...(plan.cache.to === undefined ? [] : ['--cache-to', cacheTarget(plan.cache.to)]),
    plan.context,
  ]
}

/** ECR takes a cache only as an image manifest, and a cache that cannot be kept must not fail a good build. */
function cacheTarget(ref: string): string {
  return attributes({ type: 'registry', ref, mode: 'max', 'image-manifest': 'true', 'oci-mediatypes': 'true', 'ignore-error': 'true' })
}

function pairs(flag: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, value]) => [flag, `${name}=${value}`])
}

/** Fields as buildx reads them: a line of CSV. */
function attributes(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields).map(([name, value]) => `${name}=${value}`).map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')
}
