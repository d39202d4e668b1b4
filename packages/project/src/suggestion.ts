import { closest, distance } from 'fastest-levenshtein'

/** The known name that was probably meant, or undefined where none is near. */
export function suggestion(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const nearest = closest(given.toLowerCase(), [...known])
  return distance(given.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(nearest.length / 3)) ? nearest : undefined
}

/** What to do about an unknown name: the name that was meant, or all that there are. */
export function insteadOf(given: string, known: readonly string[]): string {
  const meant = suggestion(given, known)
  if (meant !== undefined) return `write "${meant}", if that is what you meant`
  return known.length === 0 ? 'leave it out' : `use one of: ${known.join(', ')}`
}
