/** Asks for a token of an audience; `meanwhile` is called once the request is on its way. */
export type AskToken = (audience: string, meanwhile: () => void) => Promise<string>

const lastsAtLeastMs = 60_000

/**
 * Asks once for all who want a token of the same audience, as long as it lasts: the roles of several targets take the
 * same. What was refused is asked for again.
 */
export function sharedTokens(ask: AskToken, now: () => number): (audience: string, meanwhile?: () => void) => Promise<string> {
  const shared = new Map<string, { readonly token: Promise<string>; untilMs: number }>()
  return (audience, meanwhile = () => undefined) => {
    const known = shared.get(audience)
    if (known !== undefined && known.untilMs > now()) {
      meanwhile()
      return known.token
    }
    const asked = { token: ask(audience, meanwhile), untilMs: Infinity }
    shared.set(audience, asked)
    void asked.token.then(
      (token) => {
        asked.untilMs = expiresAtMs(token) - lastsAtLeastMs
      },
      () => {
        asked.untilMs = 0
      },
    )
    return asked.token
  }
}

/** When a JSON web token ends; one that does not say it is not kept. */
function expiresAtMs(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null && 'exp' in claims && typeof claims.exp === 'number' ? claims.exp * 1000 : 0
  } catch {
    return 0
  }
}
