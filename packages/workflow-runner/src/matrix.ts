import { isDeepStrictEqual } from 'node:util'
import { type Json, mappingOf, type Mapping, textOf } from './json.ts'

/** One job of a matrix, or the only one. */
export interface Leg {
  matrix: Mapping | null
  strategy: Mapping
  /** Id and name without those of the callers. */
  own: { id: string; name: string }
  id: string
  name: string
}

/** The combinations of a matrix, with `include` and `exclude` applied as GitHub does. */
export function combinations(matrix: Mapping): Mapping[] {
  const { include, exclude, ...vectors } = matrix
  let products: Mapping[] = Object.keys(vectors).length > 0 ? [{}] : []
  for (const [name, values] of Object.entries(vectors)) {
    if (!Array.isArray(values) || values.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values`)
    products = products.flatMap((product) => values.map((value) => ({ ...product, [name]: value })))
  }
  const kept = products.filter((product) => !listOf(exclude).some((filter) => agrees(filter, product, Object.keys(filter))))
  const extended = kept.map((product) => ({ product, extra: {} }))
  const added: Mapping[] = []
  for (const entry of listOf(include)) {
    const shared = Object.keys(entry).filter((key) => key in vectors)
    const fitting = extended.filter(({ product }) => agrees(entry, product, shared))
    for (const each of fitting) each.extra = { ...each.extra, ...entry }
    if (fitting.length === 0) added.push(entry)
  }
  const all = [...extended.map(({ product, extra }) => ({ ...product, ...extra })), ...added]
  if (all.length === 0) throw new Error('Matrix must define at least one vector')
  if (all.length > 256) throw new Error(`Matrix has ${all.length} combinations; GitHub allows 256`)
  return all
}

/** What GitHub appends to the name of a job of a matrix: ` (a, b)`. */
export const suffixOf = (combination: Mapping): string => ` (${leaves(combination).map(textOf).join(', ')})`

const leaves = (value: Json): Json[] => (typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value])
const listOf = (value: Json | undefined): Mapping[] => (Array.isArray(value) ? value.map(mappingOf) : [])
const agrees = (one: Mapping, other: Mapping, keys: string[]): boolean => keys.every((key) => isDeepStrictEqual(one[key], other[key]))
