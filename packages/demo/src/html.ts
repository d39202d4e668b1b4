/** A piece of a page that may stand there as it is. */
export interface Html {
  readonly html: string
}

/** What may be put into a page: text is escaped, pages' pieces are not. */
export type Piece = Html | string | number | readonly Piece[]

/** A template whose holes are escaped, unless they hold pieces made by this function. */
export function html(texts: TemplateStringsArray, ...holes: Piece[]): Html {
  return { html: texts.map((text, index) => text + (index < holes.length ? rendered(holes[index] ?? '') : '')).join('') }
}

/** Text as HTML shows it, in content and in quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function rendered(piece: Piece): string {
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece))
  return 'html' in piece ? piece.html : piece.map(rendered).join('')
}
