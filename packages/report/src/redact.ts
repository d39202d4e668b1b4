/**
 * The forms in which a secret value may show in text: itself, its lines, the leaves of its JSON, and of each of these
 * base64 (at its three offsets) and URL encoding. Forms under 4 characters are left out: they would blank everything.
 */
export function secretForms(value: string): string[] {
  const plain = new Set<string>([value, ...value.split(/\r?\n/), ...jsonLeaves(value)])
  const forms = new Set<string>()
  for (const text of plain) {
    const trimmed = text.trim()
    for (const form of [text, trimmed, encodeURIComponent(toWellFormed(trimmed)), ...base64Forms(trimmed)]) {
      if (form.length >= 4) forms.add(form)
    }
  }
  return [...forms].sort((a, b) => b.length - a.length)
}

/** Text with each of the forms replaced by `***`. Forms come longest first, as `secretForms` gives them. */
export function redact(text: string, forms: readonly string[]): string {
  return forms.reduce((redacted, form) => redacted.replaceAll(form, '***'), text)
}

/** Every string and number inside a JSON document; nothing where the text is no JSON object or list. */
export function jsonLeaves(text: string): string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return []
  }
  if (typeof parsed !== 'object' || parsed === null) return []
  const leaves: string[] = []
  const visit = (node: unknown): void => {
    if (typeof node === 'string') leaves.push(node)
    else if (typeof node === 'number') leaves.push(String(node))
    else if (typeof node === 'object' && node !== null) Object.values(node).forEach(visit)
  }
  visit(parsed)
  return leaves
}

function base64Forms(text: string): string[] {
  const bytes = new TextEncoder().encode(text)
  return [0, 1, 2].map((offset) => {
    const shifted = new Uint8Array(offset + bytes.length)
    shifted.set(bytes, offset)
    const encoded = btoa(String.fromCharCode(...shifted)).replace(/=+$/, '')
    // The first and last characters depend on the neighbours of the value, so only the sure middle is matched.
    const start = offset === 0 ? 0 : offset + 1
    const end = (offset + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1
    return encoded.slice(start, end)
  })
}

function toWellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
