import { lightGet, onItsWay, type WholeAnswer } from '@slipway/wire'

/** What GitHub was asked for before its client was loaded. */
export interface AnswerAhead {
  readonly url: string
  /** Undefined where none came. */
  readonly answer: Promise<WholeAnswer | undefined>
}

export interface CommitAheadOptions {
  /** `owner/repository`. */
  readonly repository: string
  readonly token: string
  /** GITHUB_API_URL names the server; the proxy variables are read from here, too. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The commit; nothing is asked where this is no full SHA. */
  readonly sha: string
  /** Ends the request. */
  readonly signal: AbortSignal
}

/**
 * Asks for the commit that `openGitHub` will be asked for first: its client takes longer to load than GitHub to answer.
 * The answer, whatever it says, stands for that of the client's first attempt. Ends once the request is on its way.
 */
export async function commitAhead({ repository, token, environment, sha, signal }: CommitAheadOptions): Promise<AnswerAhead | undefined> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[0-9a-f]{40}$/.test(sha)) return undefined
  const url = `${serverIn(environment)}/repos/${repository}/commits/${sha}`
  const { answer } = await onItsWay((onSent) => lightGet({ url, headers: asClient(token), environment, signal, onSent }))
  return { url, answer: answer.catch(() => undefined) }
}

/** The server of GitHub's API. */
export function serverIn(environment: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_API_URL: given = '' } = environment
  return given === '' ? 'https://api.github.com' : given
}

/** What decides the answer is as the client sends it, a JSON web token's own scheme included. */
function asClient(token: string): Record<string, string> {
  return { accept: 'application/vnd.github.v3+json', authorization: `${token.split('.').length === 3 ? 'bearer' : 'token'} ${token}`, 'user-agent': 'slipway' }
}
