import { onItsWay } from '@slipway/wire'
import { idToken } from './id-token.ts'
import { runContext } from './run-context.ts'
import { postMark, runner } from './runner.ts'

/** A token that was asked for before the action itself was loaded. */
export interface TokenAhead {
  readonly audience: string
  /** What is wrong with it is told where it is used. */
  readonly token: Promise<string>
  /** Ends the request where it is still under way. */
  abandon(): void
}

/**
 * Asks for the OIDC token of a job that may have one, but not for a step's end, which needs none, nor for a run that a
 * stranger may have started, which the action refuses. To ask changes nothing anywhere: where no role is assumed in the
 * end, or an input is wrong, the token is dropped. Ends once the request is on its way.
 */
export async function tokenAhead(audience: string): Promise<TokenAhead | undefined> {
  if ((process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '') === '' || runner.state(postMark) !== '' || isStrangers()) return undefined
  const work = new AbortController()
  const { answer: token } = await onItsWay((onSent) => idToken(audience, onSent, work.signal))
  token.catch(() => undefined)
  return {
    audience,
    token,
    abandon: () => {
      work.abort()
    },
  }
}

function isStrangers(): boolean {
  try {
    runContext(process.env)
    return false
  } catch {
    return true
  }
}
