/** A JSON object whose members are not yet known. */
export type Json = Record<string, unknown>

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object, or an empty one. */
export function objectOf(value: unknown): Json {
  return isJson(value) ? value : {}
}

/** The string, or nothing. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The list's members, or none. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.map((member: unknown) => member) : []
}

/** Parses a JSON object; anything else gives an empty one. */
export function parseObject(text: Buffer | string): Json {
  try {
    const value: unknown = JSON.parse(text.toString())
    return objectOf(value)
  } catch {
    return {}
  }
}
