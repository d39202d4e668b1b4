/** How a registry wants its client to prove itself. */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer'
  readonly parameters: Readonly<Record<string, string>>
}

/** Reads a `WWW-Authenticate` header (RFC 9110, section 11.6.1); Bearer is taken before Basic, others are left out. */
export function challengeOf(header: string | undefined): Challenge | undefined {
  const found: { scheme: string; parameters: Record<string, string> }[] = []
  for (const [, word = '', assigned, quoted, plain] of (header ?? '').matchAll(/([A-Za-z][\w-]*)(\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"]+)))?/g)) {
    // A word that no "=" follows begins the next challenge.
    if (assigned === undefined) found.push({ scheme: word.toLowerCase(), parameters: {} })
    else Object.assign(found.at(-1)?.parameters ?? {}, { [word.toLowerCase()]: quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '' })
  }
  for (const scheme of ['bearer', 'basic'] as const) {
    const challenge = found.find((one) => one.scheme === scheme)
    if (challenge) return { scheme, parameters: challenge.parameters }
  }
  return undefined
}
