import { canonicalHash, configMarks, type JsonObject, type Namespace, type SyncedObject } from '@slipway/release'
import { configKeyRule, shown, type ConfigMode } from '@slipway/project'
import { size, type Problems } from '@slipway/report'

/** An object's content under its declared name, before it has a name in the cluster. */
export interface Content {
  readonly kind: SyncedObject['kind']
  /** The declared name. */
  readonly name: string
  readonly mode: ConfigMode
  readonly service?: string
  /** The type of a Secret. */
  readonly type?: string
  readonly values: ReadonlyMap<string, Uint8Array>
  /** What the name is made from where that must not be the values: of a secret, which versions of which secrets. */
  readonly identity?: JsonObject
  /** Of a secret: stands for where its values come from, whichever versions they have. */
  readonly source?: string
}

/** A content as the immutable object that holds it in one namespace. */
export interface VersionedObject {
  readonly content: Content
  /** `<declared name>-<10 hexadecimal digits>`. */
  readonly name: string
  readonly checksum: string
  readonly object: JsonObject
}

const mostBytes = 1024 * 1024

/** Tells what Kubernetes would not take of a content: names of keys, and the size. */
export function checkContent(content: Content, where: string, problems: Problems): void {
  const text = `${content.kind} ${content.name}`
  for (const key of content.values.keys()) {
    if (configKeyRule.is(key)) continue
    problems.add({ code: 'config-invalid', what: `${text} would have the key ${shown(key)}`, where, why: `a key is ${configKeyRule.rule}`, next: 'rename the file, the variable or the member of the secret' })
  }
  const bytes = [...content.values.values()].reduce((sum, value) => sum + value.length, 0)
  if (bytes > mostBytes) {
    problems.add({ code: 'config-too-large', what: `${text} would have ${size(bytes)}`, where, why: 'Kubernetes takes 1 MiB an object', next: 'split it into several objects, or put large files into the image or a bucket' })
  }
}

/** The immutable object named after its content. */
export function versioned(content: Content, namespace: Namespace, labels: Readonly<Record<string, string>>): VersionedObject {
  const data = dataOf(content)
  const checksum = canonicalHash(content.identity ?? data)
  const name = versionName(content.name, checksum)
  const object: JsonObject = {
    apiVersion: 'v1',
    kind: content.kind,
    metadata: {
      name,
      namespace,
      labels: {
        ...labels,
        [configMarks.managedByLabel]: configMarks.managedBy,
        ...(content.service === undefined ? {} : { [configMarks.serviceLabel]: content.service }),
        [configMarks.configLabel]: content.name,
      },
      annotations: { [configMarks.checksumAnnotation]: checksum },
    },
    immutable: true,
    ...(content.type === undefined ? {} : { type: content.type }),
    ...data,
  }
  return { content, name, checksum, object }
}

/** The name of the immutable object that a checksum leads to. */
export function versionName(declared: string, checksum: string): string {
  return `${declared}-${checksum.slice(0, 10)}`
}

/** The bytes of each key of an object that an API server gave. */
export function valuesOf(object: JsonObject): Map<string, Uint8Array> {
  const isSecret = object['kind'] === 'Secret'
  const members = (key: 'data' | 'binaryData'): [string, string][] =>
    Object.entries(object[key] ?? {}).flatMap(([name, value]: [string, unknown]) => (typeof value === 'string' ? [[name, value]] : []))
  return new Map([
    ...members('data').map(([key, value]) => [key, Buffer.from(value, isSecret ? 'base64' : 'utf8')] as const),
    ...members('binaryData').map(([key, value]) => [key, Buffer.from(value, 'base64')] as const),
  ])
}

function dataOf(content: Content): JsonObject {
  const sorted = [...content.values].sort(([a], [b]) => (a < b ? -1 : 1))
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  if (content.kind === 'Secret') return { data: Object.fromEntries(sorted.map(([key, bytes]) => [key, base64(bytes)])) }
  const texts = sorted.flatMap(([key, bytes]) => {
    const text = utf8(bytes)
    return text === undefined ? [] : [[key, text] as const]
  })
  const binary = sorted.filter(([, bytes]) => utf8(bytes) === undefined).map(([key, bytes]) => [key, base64(bytes)] as const)
  return { data: Object.fromEntries(texts), ...(binary.length === 0 ? {} : { binaryData: Object.fromEntries(binary) }) }
}

/** The text, or undefined where the bytes are no UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
