import { existsSync } from 'node:fs'
import { Refusal, needsEngine } from './refusal.ts'

/** One push or one cache, as `type=…,key=value` says. */
export type Attributes = Readonly<Record<string, string>>

/** What the command line of `docker buildx build` asks for. */
export interface Options {
  readonly context: string
  readonly builder: string
  readonly file: string | undefined
  readonly target: string | undefined
  readonly platforms: readonly string[]
  readonly buildArgs: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  /** Where the image is pushed; by digest only where so asked. */
  readonly push: { readonly names: readonly string[]; readonly byDigest: boolean } | undefined
  readonly names: readonly string[]
  readonly metadataFile: string | undefined
  readonly iidFile: string | undefined
  readonly provenance: boolean
  readonly noCache: boolean
  readonly cacheFrom: readonly Attributes[]
  readonly cacheTo: readonly Attributes[]
}

const WITH_VALUE = ['file', 'target', 'platform', 'build-arg', 'secret', 'label', 'tag', 'output', 'metadata-file', 'iidfile', 'provenance', 'sbom', 'cache-from', 'cache-to', 'progress', 'builder']
const SWITCHES = ['push', 'no-cache', 'pull']
const SHORT: Readonly<Record<string, string>> = { '-f': '--file', '-t': '--tag', '-o': '--output' }

/** Reads the words after `docker buildx build`; refuses what the driver or the stand-in cannot do. */
export function optionsOf(words: readonly string[], driver: string): Options {
  const { flags, contexts } = flagsOf(words)
  const all = (name: string): string[] => flags.get(name) ?? []
  const last = (name: string): string | undefined => all(name).at(-1)
  const [context, ...more] = contexts
  if (context === undefined || more.length > 0) throw new Refusal(`"docker buildx build" requires exactly 1 argument, got ${contexts.length}`)
  if (context === '-' || /^[a-z+]+:\/\/|^git@/.test(context)) throw needsEngine(`a context that is no folder (${context})`)

  all('secret').map(attributesOf).forEach(checkSecret)
  const tags = all('tag').map(withTag)
  const outputs = all('output').map(attributesOf)
  for (const { type } of outputs) if (!['image', 'registry', 'cacheonly'].includes(type ?? '')) throw needsEngine(`--output type=${type ?? ''}`)
  const pushed = outputs.find(({ type, push }) => type === 'registry' || push === 'true') ?? (last('push') === 'true' ? {} : undefined)
  const byDigest = pushed?.['push-by-digest'] === 'true'
  const outputNames = (pushed?.['name'] ?? '').split(',').filter((name) => name !== '')
  const names = [...tags, ...(byDigest ? outputNames : outputNames.map(withTag))]
  if (pushed && names.length === 0) throw new Refusal('failed to build: tag is needed when pushing to registry')
  if (byDigest) for (const name of names) if (/:[^/]+$/.test(name)) throw new Refusal(`failed to build: can't push tagged ref ${name} by digest`)

  const platforms = all('platform').flatMap((list) => list.split(',')).map((platform) => platform.trim()).filter((platform) => platform !== '')
  const cacheTo = all('cache-to').map(attributesOf)
  const cacheFrom = all('cache-from').map(attributesOf)
  const provenance = last('provenance')
  const attested = provenance === undefined ? driver !== 'docker' && pushed !== undefined : !['false', '0', 'mode=none'].includes(provenance)
  if (last('sbom') !== undefined && last('sbom') !== 'false') throw needsEngine('--sbom')
  if (driver === 'docker') {
    if (cacheTo.some(({ type }) => type !== 'inline')) throw notSupported('Cache export', driver, 'build-cache-backends')
    if (platforms.length > 1) throw notSupported('Multi-platform build', driver, 'build-multi-platform')
    if (attested) throw notSupported('Attestation', driver, 'attestations')
  }
  for (const { type } of [...cacheFrom, ...cacheTo]) if (type !== 'registry') throw needsEngine(`a cache of type=${type ?? ''}`)

  return {
    context,
    builder: last('builder') ?? process.env['BUILDX_BUILDER'] ?? 'default',
    file: last('file'),
    target: last('target'),
    platforms,
    buildArgs: new Map(all('build-arg').flatMap(pairOf)),
    labels: new Map(all('label').flatMap(pairOf)),
    push: pushed ? { names, byDigest } : undefined,
    names,
    metadataFile: last('metadata-file'),
    iidFile: last('iidfile'),
    provenance: attested,
    noCache: last('no-cache') === 'true',
    cacheFrom,
    cacheTo,
  }
}

function flagsOf(words: readonly string[]): { flags: Map<string, string[]>; contexts: string[] } {
  const flags = new Map<string, string[]>()
  const contexts: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (!word.startsWith('-') || word === '-') {
      contexts.push(word)
      continue
    }
    const [flag = '', inline] = word.split(/=(.*)/s)
    const name = (SHORT[flag] ?? flag).slice(2)
    if (SWITCHES.includes(name)) flags.set(name, [inline ?? 'true'])
    else if (WITH_VALUE.includes(name)) {
      if (inline === undefined) at += 1
      const value = inline ?? words[at]
      if (value === undefined) throw new Refusal(`flag needs an argument: ${flag}`)
      flags.set(name, [...(flags.get(name) ?? []), value])
    } else throw needsEngine(`unknown flag: ${flag}`)
  }
  return { flags, contexts }
}

/** A line of comma-separated `key=value` in which a quoted field may hold commas; a bare word is `type=registry,ref=word`. */
function attributesOf(line: string): Attributes {
  const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
  if (fields.every((field) => !field.includes('='))) return { type: 'registry', ref: line }
  return Object.fromEntries(fields.map((field) => field.split(/=(.*)/s)).map(([key = '', value = 'true']) => [key, value]))
}

function checkSecret({ id, env, src, source }: Attributes): void {
  const file = src ?? source
  if (id === undefined) throw new Refusal('failed to build: a --secret needs an id')
  if (env !== undefined && process.env[env] === undefined) throw new Refusal(`failed to build: secret ${id}: environment variable ${env} is not set`)
  if (env === undefined && !existsSync(file ?? id) && process.env[id] === undefined) throw new Refusal(`failed to build: failed to stat ${file ?? id}: no such file or directory`)
}

function notSupported(feature: string, driver: string, page: string): Refusal {
  return new Refusal(`failed to build: ${feature} is not supported for the ${driver} driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/${page}/`)
}

function pairOf(text: string): [string, string][] {
  const [key = '', value = process.env[text]] = text.split(/=(.*)/s)
  return value === undefined ? [] : [[key, value]]
}

function withTag(name: string): string {
  return /[:@][^/]+$/.test(name) ? name : `${name}:latest`
}
