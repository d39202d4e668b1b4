/**
 * The members of a JSON object as texts: strings as they are, numbers as they are written (1.10 stays 1.10, and no digit
 * of a long one is lost), objects and lists as JSON. Undefined where the text is no JSON object.
 */
export function jsonMembers(text: string): Map<string, string | null> | undefined {
  const written = new WeakMap<object, Map<string, string>>()
  let parsed: unknown
  try {
    parsed = JSON.parse(text, function (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) {
      if (typeof value === 'number' && context?.source !== undefined && typeof this === 'object' && this !== null) {
        const numbers = written.get(this) ?? new Map<string, string>()
        written.set(this, numbers.set(key, context.source))
      }
      return value
    })
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
  const numbers = written.get(parsed)
  return new Map(
    Object.entries(parsed).map(([key, value]: [string, unknown]) => [
      key,
      value === null || typeof value === 'string' ? value : (numbers?.get(key) ?? JSON.stringify(value)),
    ]),
  )
}
