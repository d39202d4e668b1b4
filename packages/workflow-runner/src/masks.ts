/** Two characters of base64 would hide half of every log. */
const shortestEncoding = 4

/** The secret values of one job, hidden wherever the runner writes. */
export class Masks {
  readonly #values = new Set<string>()

  /** Hides the value from now on, each of its lines, and the encodings that the real runner also hides. */
  add(value: string): void {
    for (const part of [value, ...value.split(/[\r\n]+/)]) {
      if (part.trim() === '') continue
      for (const form of encodings(part)) if (form === part || form.length >= shortestEncoding) this.#values.add(form)
    }
  }

  /** The text with every secret value as `***`. */
  hide(text: string): string {
    const found = [...this.#values].flatMap((value) => occurrences(text, value)).sort((a, b) => a.from - b.from)
    let shown = ''
    let end = 0
    for (const { from, to } of found) {
      if (from >= end) shown += text.slice(end, from) + '***'
      end = Math.max(end, to)
    }
    return shown + text.slice(end)
  }

  /** Whether the text holds a secret value. */
  hides(text: string): boolean {
    return [...this.#values].some((value) => text.includes(value))
  }
}

function occurrences(text: string, value: string): { from: number; to: number }[] {
  const found = []
  for (let from = text.indexOf(value); from >= 0; from = text.indexOf(value, from + 1)) found.push({ from, to: from + value.length })
  return found
}

function encodings(value: string): string[] {
  const xml = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;')
  return [
    value,
    ...[0, 1, 2].map((shift) => base64From(value, shift)),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    xml,
    value.replaceAll("'", "''"),
    value.replace(/^"(.*)"$/s, '$1'),
  ]
}

/** A secret inside a longer encoded text may start at any of three offsets, and its last character then differs. */
function base64From(value: string, shift: number): string {
  const bytes = Buffer.from(value)
  const encoded = (bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64')
  return encoded.endsWith('=') ? encoded.replace(/=+$/, '').slice(0, -1) : encoded
}
