import type { Clock } from '@slipway/wire'

/** A bearer token and its end by our clock. */
export interface BearerToken {
  readonly token: string
  readonly expiresAtMs: number
}

/** The token that all requests to one server share. */
export interface Tokens {
  /** One that lasts for a while yet. */
  current(): Promise<string>
  /** The server has refused this one: nobody gets it any more. */
  refused(token: string): void
}

const earlyMs = 60_000

/** Asks for a token when one is needed, once for all that wait; a failure is told to them and then forgotten. */
export function openTokens(ask: () => Promise<BearerToken>, clock: Clock): Tokens {
  let coming: Promise<BearerToken> | undefined
  let last: BearerToken | undefined
  const next = async (): Promise<BearerToken> => {
    try {
      last = await ask()
      return last
    } finally {
      coming = undefined
    }
  }
  return {
    async current() {
      if (last !== undefined && last.expiresAtMs - clock.now() > earlyMs) return last.token
      coming ??= next()
      return (await coming).token
    },
    refused(token) {
      if (last?.token === token) last = undefined
    },
  }
}
