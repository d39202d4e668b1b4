import { base64Forms } from './base64-forms.ts'
import { formsIndex, withoutForms } from './form-search.ts'

/** Text with every form of the secret values replaced by `***`, and also what the ends of the text have cut of one. */
export type Redaction = (text: string) => string

/**
 * The redaction of these secret values; bytes that are no UTF-8 are hidden as a log would show them.
 * After it no form of 4 characters or more is left in the text, whole or, at the two ends of the text, in part.
 * A value that is one of `names` is no secret: a database user is often called like its service.
 */
export function redaction(values: Iterable<string | Uint8Array>, names: ReadonlySet<string> = new Set()): Redaction {
  const forms = formsIndex(new Set([...values].flatMap(secretForms).filter((form) => !names.has(form))))
  return (text) => withoutForms(text, forms, { isCut: true })
}

/** Text with each of the forms replaced by `***`, as they stand and as a URL would hold them. */
export function redact(text: string, forms: readonly string[]): string {
  return withoutForms(text, formsIndex(forms), { isCut: false })
}

/**
 * The forms in which a secret value may show in text, longest first: itself, its lines, the leaves of its JSON, and of
 * each of these base64 (at its three offsets, in both alphabets), URL encoding and JSON's escapes.
 * Forms under 4 characters are left out: they would blank everything.
 */
export function secretForms(value: string | Uint8Array): string[] {
  const text = typeof value === 'string' ? value : new TextDecoder('utf-8', { ignoreBOM: true }).decode(value)
  const forms = new Set<string>(typeof value === 'string' ? [] : base64Forms(value))
  for (const plain of plainForms(text)) {
    const wellFormed = plain.toWellFormed()
    const encoded = [encodeURIComponent(wellFormed), ...jsonEscapes(plain), ...base64Forms(new TextEncoder().encode(wellFormed))]
    for (const form of [plain, wellFormed, ...encoded]) forms.add(form)
  }
  return [...forms].filter((form) => form.length >= 4).sort((a, b) => b.length - a.length)
}

/** Every string and number inside a JSON document, numbers also as they are written there; nothing where the text is no JSON. */
export function jsonLeaves(text: string): string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return []
  }
  const leaves = new Set<string>()
  const left: unknown[] = [parsed]
  while (left.length > 0) {
    const node = left.pop()
    if (typeof node === 'string') leaves.add(node)
    else if (typeof node === 'number') leaves.add(String(node))
    else if (typeof node === 'object' && node !== null) for (const member of Object.values(node)) left.push(member)
  }
  // 1.10 and long numbers are not what they were once they have been parsed.
  for (const [written] of text.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/-?\d[\d.eE+-]*/g)) leaves.add(written)
  return [...leaves]
}

/** The value, its lines and its leaves, those of leaves too, each as messages tidy it: trimmed, on one line, without a last stop. */
function plainForms(value: string): Set<string> {
  const found = new Set<string>([value])
  // A set is walked to its end with what is added on the way; leaves of leaves only get shorter.
  for (const text of found) {
    for (const part of [...text.split(/\r\n|\r|\n/), ...jsonLeaves(text)]) if (part.length >= 4) found.add(part)
  }
  return new Set([...found].flatMap((text) => {
    const line = text.replace(/\s+/g, ' ').trim()
    return [text, text.trim(), line, line.replace(/[.:;,]+$/, '')]
  }))
}

/** As inside a JSON string, also in the manner of those who escape for HTML or escape slashes. */
function jsonEscapes(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1)
  const forHtml = escaped.replace(/[&<>]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)
  return [escaped, forHtml, escaped.replaceAll('/', '\\/')]
}
