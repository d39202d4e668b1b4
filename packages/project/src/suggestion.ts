import { distance } from 'fastest-levenshtein'

/** The known name that was probably meant, or undefined where none is near: a short name bears one slip, a long one more. */
export function suggestion(given: string, known: readonly string[]): string | undefined {
  const near = known
    .map((name) => ({ name, slips: slips(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, slips }) => slips <= (name.length <= 5 ? 1 : name.length <= 9 ? 2 : 3))
  return near.sort((a, b) => a.slips - b.slips)[0]?.name
}

/** What to do about an unknown name: the name that was meant, or all that there are. */
export function insteadOf(given: string, known: readonly string[]): string {
  const meant = suggestion(given, known)
  if (meant !== undefined) return `write "${meant}", if that is what you meant`
  return known.length === 0 ? 'leave it out' : `use one of: ${known.join(', ')}`
}

/** The distance of Levenshtein, in which one pair of letters that changed places counts as one slip, not as two. */
function slips(given: string, name: string): number {
  const plain = distance(given, name)
  if (plain < 2) return plain
  const swapped = Array.from({ length: Math.max(0, given.length - 1) }, (_, at) => `${given.slice(0, at)}${given.slice(at + 1, at + 2)}${given.slice(at, at + 1)}${given.slice(at + 2)}`)
  return Math.min(plain, ...swapped.map((other) => 1 + distance(other, name)))
}
