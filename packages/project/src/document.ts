import { isJson, type Json } from '@slipway/release'
import { Problems, type Place } from '@slipway/report'
import { LineCounter, isAlias, isMap, isScalar, parseDocument, visit, type Document, type YAMLMap } from 'yaml'

/** The keys and indexes that lead to a node. */
export type NodePath = readonly (string | number)[]

/** A YAML document as JSON, with the places of its nodes. */
export interface PlacedDocument {
  readonly value: Json
  /** The place of the key that names the node at the path, or of the deepest node above it. */
  place(path: NodePath): Place
  /** The scalar at the path as it is written in the file. */
  written(path: NodePath): string | undefined
}

const mostCharacters = 1024 * 1024
const mostAliases = 50
/** After some mistakes a parser finds one at every sign. */
const mostErrors = 20
/** What `yaml` says where it catches V8's error itself. */
const noStack = 'Maximum call stack size exceeded'
const controlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

/**
 * Reads one YAML document strictly: no duplicate keys, no keys that are not text, few aliases, 1 MiB at most.
 * @throws Failed `project-file-invalid` with every problem that the file's text has.
 */
export function readDocument(text: string, file: string): PlacedDocument {
  const problems = new Problems()
  const complain = (at: Place, what: string, why: string, next: string): void => {
    problems.add({ code: 'project-file-invalid', what, at, why, next })
  }
  if (text.length > mostCharacters) {
    complain({ file }, 'the project file is too large', 'it may have 1 MiB at most', 'look whether this is the right file')
    problems.throwIfAny()
  }
  const counter = new LineCounter()
  const document = parsed(text, counter)
  if (document === undefined) {
    complain({ file }, 'the project file is nested too deeply', 'its parts stand in one another thousands of times', 'look whether this is the right file')
    problems.throwIfAny()
    throw new Error('a document without an end is a problem')
  }
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { file, line, column: col }
  }
  const control = text.search(controlCharacter)
  if (control >= 0) complain(placeAt(control), 'the project file holds a control character', 'YAML allows tabs and line ends alone', 'remove it; where it is meant, write it as an escape such as "\\0" in double quotes')
  for (const error of [...document.errors, ...document.warnings].slice(0, mostErrors)) {
    if (error.code === 'MULTIPLE_DOCS') complain(placeAt(error.pos[0]), 'the project file holds several documents', 'a line "---" begins another one', 'keep one of them')
    else complain(placeAt(error.pos[0]), 'the project file is no valid YAML', firstLine(error.message), yamlRemedy(error.code, error.message))
  }
  refuseOddNodes(document, (offset, what, why, next) => {
    complain(placeAt(offset), what, why, next)
  })
  problems.throwIfAny()
  const value = problems.try(() => toJson(document, placeAt(document.contents?.range[0] ?? 0)))
  problems.throwIfAny()
  return {
    value: value ?? null,
    place: (path) => placeAt(offsetOf(document, path)),
    written: (path) => {
      const node: unknown = document.getIn(path, true)
      return isScalar(node) ? node.source : undefined
    },
  }
}

/** Undefined where the parser runs out of stack. */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    const document = parseDocument(text, { lineCounter, uniqueKeys: true, version: '1.2', prettyErrors: false })
    visit(document, {})
    return document.errors.some(({ message }) => message === noStack) ? undefined : document
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function toJson(document: Document.Parsed, at: Place): Json {
  const problems = new Problems()
  const next = 'write plain maps, lists, texts, numbers, true and false'
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases })
    if (isJson(value)) return value
    problems.add({ code: 'project-file-invalid', what: 'the project file holds a value that is no JSON', at, why: 'a part holds itself by an alias, or stands very deep', next })
  } catch (error) {
    // What `yaml` throws here is about aliases alone: too many of them.
    if (!(error instanceof ReferenceError)) throw error
    problems.add({ code: 'project-file-invalid', what: 'the project file uses too many aliases', at, why: firstLine(error.message), next: 'write the parts out' })
  }
  problems.throwIfAny()
  return null
}

function refuseOddNodes(document: Document.Parsed, complain: (offset: number, what: string, why: string, next: string) => void): void {
  let aliases = 0
  visit(document, {
    Alias: (_, alias) => {
      aliases += 1
      if (aliases <= mostAliases && alias.resolve(document) === undefined) {
        complain(alias.range?.[0] ?? 0, `the alias *${alias.source} stands for nothing`, 'no anchor of that name stands before it', 'write the part out')
      }
      if (aliases === mostAliases + 1) {
        complain(alias.range?.[0] ?? 0, 'the project file uses too many aliases', `${mostAliases} may stand in a file`, 'write the parts out')
      }
    },
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'number' && !Number.isFinite(scalar.value)) complain(scalar.range?.[0] ?? 0, `${scalar.source ?? 'a number'} is no JSON`, 'such numbers have no meaning here', 'write a number, or quote it')
    },
    Pair: (_, pair) => {
      const offset = hasRange(pair.key) ? pair.key.range[0] : document.range[0]
      const key: unknown = isScalar(pair.key) ? pair.key.value : isAlias(pair.key) ? undefined : pair.key
      if (key === '__proto__') complain(offset, 'the key __proto__ has no place here', 'it would change what every object is made of', 'remove it')
      else if (key === '<<') complain(offset, 'the merge key << has no effect', 'YAML 1.2 does not know it', 'write the members out')
      else if (typeof key !== 'string') complain(offset, 'a key is not text', 'YAML reads keys such as 1, true and null as other values', 'quote it')
    },
  })
}

function yamlRemedy(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'keep one of the two'
  if (/tab/i.test(message) || code === 'TAB_AS_INDENT') return 'indent with blanks'
  return 'mend the file at this place'
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message
}

/** The offset of the key or item at the path; of the deepest node above it where it is absent. */
function offsetOf(document: Document.Parsed, path: NodePath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    const offset = isMap(parent) && typeof key === 'string' ? keyOffset(parent, key) : undefined
    if (offset !== undefined) return offset
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (hasRange(node)) return node.range[0]
  }
  return document.contents?.range[0] ?? 0
}

function keyOffset(map: YAMLMap, key: string): number | undefined {
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key)
  return hasRange(pair?.key) ? pair.key.range[0] : undefined
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
