import { isJson, isJsonObject, type Json, type JsonObject } from '@slipway/release'
import type { Problems} from '@slipway/report';
import { type FailureCode, type Place } from '@slipway/report'
import { LineCounter, isMap, isScalar, parseAllDocuments, visit, type Document, type YAMLMap } from 'yaml'
import { at, isArray, textAt, type Manifest } from './objects.ts'

/** One manifest file as it was read. */
export interface ManifestFile {
  /** Relative to the workspace: shown in annotations. */
  readonly path: string
  readonly text: string
}

/** A document of a manifest file, with the place of each of its members for messages. */
export interface ManifestDocument extends Manifest {
  readonly place: (path: readonly (string | number)[]) => Place
}

const mostCharacters = 1024 * 1024
const mostAliases = 100
/** After some mistakes a parser finds one at every sign. */
const mostErrors = 20
/** What `yaml` says where it catches V8's error itself. */
const noStack = 'Maximum call stack size exceeded'
const controlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

/**
 * Reads the documents of manifest files (YAML or JSON; a `List` is taken apart).
 * Problems: `manifest-invalid` with file, line and column.
 */
export function parseManifests(files: readonly ManifestFile[], problems: Problems): ManifestDocument[] {
  return files.flatMap((file) => parseFile(file, problems))
}

function parseFile(file: ManifestFile, problems: Problems): ManifestDocument[] {
  const complain = complainer(file, problems)
  if (file.text.length > mostCharacters) {
    complain({ file: file.path }, 'the file is too large', 'a manifest file may have 1 MiB at most', 'split the file, or take the data out of it')
    return []
  }
  const lines = new LineCounter()
  const documents = parsed(file.text, lines)
  if (documents === undefined) {
    complain({ file: file.path }, 'the manifest is nested too deeply', 'its parts stand in one another thousands of times', 'look whether this is the right file')
    return []
  }
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file: file.path, line, column: col }
  }
  const control = file.text.search(controlCharacter)
  if (control >= 0) {
    complain(placeAt(control), 'the manifest holds a control character', 'YAML allows tabs and line ends alone', 'remove it; where it is meant, write it as an escape such as "\\0" in double quotes')
    return []
  }
  return documents.flatMap((document) => {
    for (const error of [...document.errors, ...document.warnings].slice(0, mostErrors)) {
      complain(placeAt(error.pos[0]), 'the manifest is no valid YAML', error.message.split('\n')[0] ?? error.code, 'mend the file at this place')
    }
    if (document.errors.length > 0) return []
    const value = toJson(document, (why) => {
      complain(placeAt(document.range[0]), 'the manifest cannot be taken as JSON', why, 'write plain maps with text keys, lists and scalars')
    })
    if (value === undefined || value === null) return []
    return unpacked(value, []).flatMap(({ object, path }) => {
      const place = (inner: readonly (string | number)[]): Place => placeAt(offsetOf(document, [...path, ...inner]))
      return named(object, place, complain)
    })
  })
}

/** Undefined where the parser runs out of stack. */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed[] | undefined {
  try {
    const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: true, version: '1.2', prettyErrors: false })
    if (!Array.isArray(documents)) return []
    for (const document of documents) visit(document, {})
    return documents.some(({ errors }) => errors.some(({ message }) => message === noStack)) ? undefined : documents
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

type Complain = (at: Place, what: string, why: string, next: string) => void

function complainer(file: ManifestFile, problems: Problems): Complain {
  const code: FailureCode = 'manifest-invalid'
  return (at, what, why, next) => {
    problems.add({ code, what: `${what} (${file.path})`, at, why, next })
  }
}

function toJson(document: Document.Parsed, complain: (why: string) => void): Json | undefined {
  let unfit: string | undefined
  visit(document, {
    Pair: (_, pair) => {
      const key: unknown = isScalar(pair.key) ? pair.key.value : undefined
      if (typeof key !== 'string') unfit = 'a key is not text (quote keys such as 1, true or null)'
      else if (key === '__proto__') unfit = 'the key __proto__ has no place in a manifest'
    },
  })
  if (unfit !== undefined) {
    complain(unfit)
    return undefined
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases })
    if (isJson(value)) return value
    complain('it holds a value that JSON does not know, such as .nan, or a part that holds itself')
  } catch (error) {
    complain(error instanceof Error ? error.message : 'it cannot be read')
  }
  return undefined
}

function unpacked(value: Json, path: readonly (string | number)[]): { object: Json; path: readonly (string | number)[] }[] {
  const items = isJsonObject(value) && textAt(value, 'kind')?.endsWith('List') === true ? value['items'] : undefined
  if (!isArray(items)) return [{ object: value, path }]
  return items.flatMap((item, index) => unpacked(item, [...path, 'items', index]))
}

function named(object: Json, place: ManifestDocument['place'], complain: Complain): ManifestDocument[] {
  if (!isJsonObject(object)) {
    complain(place([]), 'a document is no object', 'a manifest has apiVersion, kind and metadata', 'remove the document, or write an object')
    return []
  }
  const members = { apiVersion: textAt(object, 'apiVersion'), kind: textAt(object, 'kind'), name: textAt(object, 'metadata', 'name') }
  const { apiVersion, kind, name } = members
  for (const path of [['apiVersion'], ['kind'], ['metadata', 'name']]) {
    const value = at(object, ...path)
    if (typeof value !== 'number' && typeof value !== 'boolean') continue
    complain(place(path), `${path.join('.')} is ${String(value)}, which is no text`, 'YAML reads what has no quotes as a number, true or false where it can', `quote it as it is meant`)
    return []
  }
  if (apiVersion === undefined || kind === undefined || name === undefined || apiVersion === '' || kind === '' || name === '') {
    const missing = Object.entries(members).flatMap(([key, value]) => (value === undefined || value === '' ? [key === 'name' ? 'metadata.name' : key] : []))
    complain(place([]), `a document has no ${missing.join(', no ')}`, 'every object of a manifest names its apiVersion, kind and metadata.name as text', 'add what is missing')
    return []
  }
  return [{ apiVersion, kind, name, object: withoutServerFields(object), place }]
}

/** What only a server writes, left by `kubectl get -o yaml`. */
function withoutServerFields(object: JsonObject): JsonObject {
  const kept = Object.fromEntries(Object.entries(object).filter(([key]) => key !== 'status'))
  const metadata = kept['metadata']
  if (!isJsonObject(metadata)) return kept
  const server = new Set(['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'selfLink'])
  return { ...kept, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !server.has(key))) }
}

/** The offset of the deepest node of the path that the document has. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    if (isMap(parent) && typeof key === 'string') {
      const offset = keyOffset(parent, key)
      if (offset !== undefined) return offset
    }
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (hasRange(node)) return node.range[0]
  }
  return document.contents?.range[0] ?? document.range[0]
}

function keyOffset(map: YAMLMap, key: string): number | undefined {
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key)
  return hasRange(pair?.key) ? pair.key.range[0] : undefined
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
