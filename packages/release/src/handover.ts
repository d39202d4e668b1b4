import { Failed, inertLine } from '@slipway/report'
import * as v from 'valibot'
import { digestRule, regionRule, repositoryRule, serviceRule, tagRule, targetRule, type NameRule, type ServiceName, type TargetName } from './names.ts'

const named = <Name extends string>(rule: NameRule<Name>) =>
  v.pipe(
    v.string(),
    v.check((text) => rule.is(text), `must be ${rule.rule}`),
    v.rawTransform<string, Name>(({ dataset, addIssue, NEVER }) => {
      if (rule.is(dataset.value)) return dataset.value
      addIssue({ message: `must be ${rule.rule}` })
      return NEVER
    }),
  )

/** One service's image, as ecr-build-push hands it over. */
export const builtImage = v.strictObject({
  repository: named(repositoryRule),
  /** Where the digest can be pulled from, the home region first. */
  regions: v.pipe(v.array(named(regionRule)), v.minLength(1)),
  digest: named(digestRule),
  /** Platform (`linux/amd64`) → digest of that platform's image; one entry for an image that is no index. */
  platforms: v.record(v.string(), named(digestRule)),
  tags: v.array(named(tagRule)),
  /** Hash of what determines the image as written in git. */
  sourceKey: v.string(),
  reused: v.boolean(),
  /** Why it was built, or what it was found by. */
  reason: v.string(),
})

/** One declared ConfigMap or Secret in one target, as k8s-config-sync hands it over. */
export const syncedObject = v.strictObject({
  kind: v.picklist(['ConfigMap', 'Secret']),
  /** The object's name in the cluster. */
  name: v.string(),
  /** Stands for the content; of a secret it tells nothing about the values. */
  checksum: v.string(),
  changed: v.boolean(),
  /** Where `name` is fixed: the immutable object beside it that holds exactly this content. */
  kept: v.exactOptional(v.string()),
  /** Of a Secret: stands for where its values come from, whichever versions they have. Equal sources are the same secret, maybe rotated. */
  source: v.exactOptional(v.string()),
})

/** What became of one service in one target, as k8s-rollout hands it over. */
export const rolledService = v.strictObject({
  sequence: v.number(),
  version: v.optional(v.string()),
  status: v.picklist(['healthy', 'unchanged', 'planned', 'rolled-back', 'failed', 'refused', 'superseded', 'cancelled', 'not-started']),
  seconds: v.number(),
})

/** What ecr-build-push hands over for one service. */
export type BuiltImage = v.InferOutput<typeof builtImage>
/** What k8s-config-sync hands over for one declared name in one target. */
export type SyncedObject = v.InferOutput<typeof syncedObject>
/** What k8s-rollout hands over for one service in one target. */
export type RolledService = v.InferOutput<typeof rolledService>

export type Images = ReadonlyMap<ServiceName, BuiltImage>
/** Target → declared name → object. */
export type Configuration = ReadonlyMap<TargetName, ReadonlyMap<string, SyncedObject>>
/** Target → service → what became of it. */
export type Releases = ReadonlyMap<TargetName, ReadonlyMap<ServiceName, RolledService>>

const images = v.strictObject({ version: v.literal(1), images: v.record(v.string(), builtImage) })
const configuration = v.strictObject({
  version: v.literal(1),
  /** Commit of the configuration repository, where it is one of its own. */
  commit: v.exactOptional(v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'must be the hash of a commit'))),
  config: v.record(v.string(), v.record(v.string(), syncedObject)),
})
const releases = v.strictObject({
  version: v.literal(1),
  releases: v.record(v.string(), v.record(v.string(), rolledService)),
})

/** The output `images`: names repository, digest and region, never an account or a host, so that no mask drops it. */
export function encodeImages(value: Images): string {
  return JSON.stringify({ version: 1, images: Object.fromEntries(value) })
}

/** The output `config`, with the commit of the configuration repository where it is one of its own. */
export function encodeConfiguration(value: Configuration, commit?: string): string {
  return JSON.stringify({ version: 1, commit, config: nested(value) })
}

/** The output `releases`. */
export function encodeReleases(value: Releases): string {
  return JSON.stringify({ version: 1, releases: nested(value) })
}

/**
 * Reads the input `images`.
 * @throws Failed `handover-invalid` where it is blank or is not what ecr-build-push writes.
 */
export function decodeImages(text: string): Images {
  return new Map(entries(decode('images', 'ecr-build-push', text, images).images, serviceRule))
}

/**
 * Reads the input `config`.
 * @throws Failed `handover-invalid` where it is blank or is not what k8s-config-sync writes.
 */
export function decodeConfiguration(text: string): Configuration {
  const decoded = decode('config', 'k8s-config-sync', text, configuration).config
  return new Map(entries(decoded, targetRule).map(([target, objects]) => [target, new Map(Object.entries(objects))]))
}

/**
 * The commit of the configuration repository that the input `config` names, if any.
 * @throws Failed as `decodeConfiguration` does.
 */
export function decodeConfigurationCommit(text: string): string | undefined {
  return decode('config', 'k8s-config-sync', text, configuration).commit
}

/**
 * Reads the output `releases`.
 * @throws Failed `handover-invalid` where it is blank or is not what k8s-rollout writes.
 */
export function decodeReleases(text: string): Releases {
  const decoded = decode('releases', 'k8s-rollout', text, releases).releases
  return new Map(entries(decoded, targetRule).map(([target, services]) => [target, new Map(entries(services, serviceRule))]))
}

function decode<const Schema extends v.GenericSchema>(input: string, from: string, text: string, schema: Schema): v.InferOutput<Schema> {
  const next = `pass the whole output \`${input}\` of ${from}: \`\${{ steps.<id>.outputs.${input} }}\`, or \`\${{ needs.<job>.outputs.${input} }}\``
  if (text.trim() === '') {
    throw new Failed({
      code: 'handover-invalid',
      what: `the input "${input}" is empty`,
      why: 'it was left out, or no step wrote that output, or the runner dropped it since it contains a masked string (an account id, a short secret)',
      next: `${next}; where it is passed, look for "Skip output" in the log of the job that made it`,
    })
  }
  const json = parsed(text)
  if (json === undefined) {
    throw new Failed({
      code: 'handover-invalid',
      what: `the input "${input}" is not what ${from} writes`,
      why: `it is no JSON${text.includes('***') ? '; it holds ***, which stands where the runner has hidden a masked string (an account id, a short secret): text that was copied from a log is not the output itself' : ''}`,
      next,
    })
  }
  const result = v.safeParse(schema, json)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Failed({
    code: 'handover-invalid',
    what: `the input "${input}" is not what ${from} writes`,
    why: `${v.getDotPath(issue) ?? 'the text'}: ${inertLine(issue.message)}`,
    next,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function entries<Name extends string, T>(record: Readonly<Record<string, T>>, rule: NameRule<Name>): (readonly [Name, T])[] {
  return Object.entries(record).flatMap(([name, value]) => (rule.is(name) ? [[name, value] as const] : []))
}

function nested<T>(value: ReadonlyMap<string, ReadonlyMap<string, T>>): Record<string, Record<string, T>> {
  return Object.fromEntries([...value].map(([outer, inner]) => [outer, Object.fromEntries(inner)]))
}
