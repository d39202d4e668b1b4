/** A JSON value: what expressions take and give. */
export type Json = null | boolean | number | string | Json[] | Mapping
/** A JSON object. */
export interface Mapping {
  [key: string]: Json
}

/** Whether an unknown value is an object with string keys. */
export const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON object, or an empty one where another kind of value stands. */
export const mappingOf = (value: Json | undefined): Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

/** A value as GitHub writes it into a string. */
export function textOf(value: Json | undefined): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return 'Array'
  if (typeof value === 'object') return 'Object'
  return typeof value === 'number' ? String(Number(value.toFixed(15))) : String(value)
}

/** What an error says. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Every value of a mapping as a string. */
export const textsOf = (value: Json | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(mappingOf(value)).map(([key, inner]) => [key, textOf(inner)]))
