/** Asks for a token of an audience; `meanwhile` is called once the request is on its way. */
export type AskToken = (audience: string, meanwhile: () => void) => Promise<string>

const lastsAtLeastMs = 60_000

/** Where shared tokens come from. */
export interface Tokens {
  readonly ask: AskToken
  readonly now: () => number
  /** Hides a token in the log: called before anybody has it, and not for one that nobody gets. */
  readonly mask: (token: string) => void
  /** One that was asked for already. */
  readonly ahead?: { readonly audience: string; readonly token: Promise<string> } | undefined
}

/**
 * Asks once for all who want a token of the same audience, as long as it lasts: the roles of several targets take the
 * same. What was refused is asked for again.
 */
export function sharedTokens({ ask, now, mask, ahead }: Tokens): (audience: string, meanwhile?: () => void) => Promise<string> {
  const shared = new Map<string, Shared>()
  if (ahead !== undefined) shared.set(ahead.audience, noted(ahead.token))
  const given = (one: Shared): Promise<string> => {
    one.given ??= one.token.then((token) => {
      mask(token)
      return token
    })
    return one.given
  }
  return (audience, meanwhile = () => undefined) => {
    const known = shared.get(audience)
    if (known !== undefined && known.untilMs > now()) {
      meanwhile()
      return given(known)
    }
    const asked = noted(ask(audience, meanwhile))
    shared.set(audience, asked)
    return given(asked)
  }
}

interface Shared {
  readonly token: Promise<string>
  /** The same, masked. */
  given?: Promise<string>
  /** How long it is given to others as well; at first until it is known. */
  untilMs: number
}

function noted(token: Promise<string>): Shared {
  const asked: Shared = { token, untilMs: Infinity }
  void token.then(
    (text) => {
      asked.untilMs = expiresAtMs(text) - lastsAtLeastMs
    },
    () => {
      asked.untilMs = 0
    },
  )
  return asked
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
