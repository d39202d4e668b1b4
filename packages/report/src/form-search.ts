/** Forms to look for, once as text and once as the bytes of its UTF-8. */
export interface Forms {
  readonly asText: FormTable
  readonly asBytes: FormTable
}

/**
 * Forms by the power of two up to which they are long, the longest first, and by their beginning of that length: so
 * few forms are compared at any place of a text, though a Secret with a file in it has thousands.
 */
type FormTable = readonly (readonly [length: number, byStart: ReadonlyMap<string, readonly string[]>])[]

/** A piece of text, from its first character up to but without its end. */
type Span = readonly [start: number, end: number]

/** A text as one of its readings has it: where each character of the reading stands in the text. */
interface Reading {
  readonly text: string
  readonly forms: FormTable
  /** The span in the text for a span of the reading. */
  readonly original: (start: number, end: number) => Span
}

/** The shortest form, and the shortest part of one, that is looked for. */
const shortest = 4
const mark = '***'

/** Makes forms ready to be looked for; those under 4 characters are left out. */
export function formsIndex(forms: Iterable<string>): Forms {
  const texts = [...forms].filter((form) => form.length >= shortest)
  const asText = table(texts)
  return { asText, asBytes: texts.every(isAscii) ? asText : table(texts.map(bytesText)) }
}

/**
 * Text in which every form is `***`. Forms that overlap or hold each other vanish as one. `isCut`: the text may have
 * been cut at its ends, so what begins a form at the end, or ends one at the beginning, vanishes too.
 */
export function withoutForms(text: string, forms: Forms, { isCut }: { readonly isCut: boolean }): string {
  let current = text
  // What a mark makes with its neighbours may be a form itself. Each round makes the text shorter, so there is an end.
  for (;;) {
    const spans = readings(current, forms).flatMap((reading) => [...whole(reading), ...(isCut ? [...cutAtStart(reading), ...cutAtEnd(reading)] : [])])
    if (spans.length === 0) return current
    current = marked(current, spans)
  }
}

/** The text itself; where it may hold URL encoding, also decoded, with `+` as itself and as a blank. */
function readings(text: string, forms: Forms): Reading[] {
  const found: Reading[] = [{ text, forms: forms.asText, original: (start, end) => [start, end] }]
  if (/%[0-9a-f]{2}/i.test(text)) found.push(decoded(text, forms, '+'))
  if (text.includes('+')) found.push(decoded(text, forms, ' '))
  return found
}

function decoded(text: string, forms: Forms, plus: string): Reading {
  const pieces: string[] = []
  const places: Span[] = []
  for (let start = 0; start < text.length; ) {
    const code = /^%[0-9a-f]{2}/i.test(text.slice(start, start + 3)) ? Number.parseInt(text.slice(start + 1, start + 3), 16) : undefined
    const character = String.fromCodePoint(text.codePointAt(start) ?? 0)
    const end = start + (code === undefined ? character.length : 3)
    const bytes = code !== undefined ? String.fromCharCode(code) : character === '+' ? plus : bytesText(character)
    pieces.push(bytes)
    for (let index = 0; index < bytes.length; index += 1) places.push([start, end])
    start = end
  }
  return {
    text: pieces.join(''),
    forms: forms.asBytes,
    original: (start, end) => [places[start]?.[0] ?? 0, places[end - 1]?.[1] ?? text.length],
  }
}

function whole({ text, forms, original }: Reading): Span[] {
  const spans: Span[] = []
  for (let start = 0; start + shortest <= text.length; start += 1) {
    const form = formAt(text, start, forms)
    if (form !== undefined) spans.push(original(start, start + form.length))
  }
  return spans
}

function formAt(text: string, start: number, forms: FormTable): string | undefined {
  for (const [length, byStart] of forms) {
    const form = byStart.get(text.slice(start, start + length))?.find((candidate) => text.startsWith(candidate, start))
    if (form !== undefined) return form
  }
  return undefined
}

/** The longest end of a form with which the text begins. */
function cutAtStart({ text, forms, original }: Reading): Span[] {
  const first = text.slice(0, shortest)
  if (first.length < shortest) return []
  let longest = 0
  for (const form of all(forms)) {
    for (let at = form.indexOf(first); at !== -1 && form.length - at > longest; at = form.indexOf(first, at + 1)) {
      if (text.startsWith(form.slice(at))) longest = form.length - at
    }
  }
  return longest === 0 ? [] : [original(0, longest)]
}

/** The longest beginning of a form with which the text ends. */
function cutAtEnd({ text, forms, original }: Reading): Span[] {
  const last = text.slice(-shortest)
  if (last.length < shortest) return []
  let longest = 0
  for (const form of all(forms)) {
    for (let at = form.lastIndexOf(last); at !== -1 && at + shortest > longest; at = at === 0 ? -1 : form.lastIndexOf(last, at - 1)) {
      if (text.endsWith(form.slice(0, at + shortest))) longest = at + shortest
    }
  }
  return longest === 0 ? [] : [original(text.length - longest, text.length)]
}

function marked(text: string, spans: readonly Span[]): string {
  const sorted = [...spans].sort(([a], [b]) => a - b)
  const pieces: string[] = []
  let done = 0
  let hiddenTo = -1
  for (const [start, end] of sorted) {
    if (start > hiddenTo) pieces.push(text.slice(done, start), mark)
    hiddenTo = Math.max(hiddenTo, end)
    done = hiddenTo
  }
  return [...pieces, text.slice(done)].join('')
}

function table(forms: readonly string[]): FormTable {
  const found = new Map<number, Map<string, string[]>>()
  for (const form of [...new Set(forms)].sort((a, b) => b.length - a.length)) {
    const length = 2 ** Math.floor(Math.log2(form.length))
    const byStart = found.get(length) ?? new Map<string, string[]>()
    found.set(length, byStart)
    const start = form.slice(0, length)
    const others = byStart.get(start)
    if (others) others.push(form)
    else byStart.set(start, [form])
  }
  return [...found]
}

function all(forms: FormTable): string[] {
  return forms.flatMap(([, byStart]) => [...byStart.values()].flat())
}

/** The bytes of the text's UTF-8, one character for each. */
function bytesText(text: string): string {
  if (isAscii(text)) return text
  let bytes = '' // in a loop, since a call takes only so many arguments
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}

function isAscii(text: string): boolean {
  return /^[\u0000-\u007f]*$/.test(text)
}
