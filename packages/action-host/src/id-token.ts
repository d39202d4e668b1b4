import { Failed, inertLine } from '@slipway/report'
import { lightGet, systemClock, withRetries } from '@slipway/wire'

/**
 * Asks GitHub for a token that proves to `audience` which job this is. Who gives it on has it masked before.
 * @param meanwhile Called once the request is on its way: the time to load what its answer is needed for.
 * @throws Failed `id-token-unavailable` where the job has not the permission, `unreachable` where GitHub gives none.
 */
export async function idToken(audience: string, meanwhile: () => void, signal: AbortSignal): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = process.env
  if (address === '' || bearer === '') {
    throw new Failed({
      code: 'id-token-unavailable',
      what: 'this job may not ask for an OIDC token, which the input "role" needs',
      why: 'the workflow does not grant it',
      next: 'add `permissions: { id-token: write }` to the job, and to the job that calls it where this is a called workflow',
    })
  }
  try {
    const url = new URL(address)
    url.searchParams.set('audience', audience)
    return await withRetries(() => ask(url, bearer, meanwhile, signal), { clock: systemClock, signal, budgetMs: 10_000, random: Math.random, retry: (error) => error instanceof Busy && {} })
  } catch (error) {
    signal.throwIfAborted()
    throw new Failed({
      code: 'unreachable',
      what: `GitHub gave this job no OIDC token for ${audience}`,
      why: inertLine(error instanceof Error ? error.message : String(error)),
      next: 'run it again; if it stays so, look at githubstatus.com, and on a self-hosted runner at what its network and proxy let through',
    })
  }
}

/** An answer that another attempt may mend. */
class Busy extends Error {}

async function ask(url: URL, bearer: string, meanwhile: () => void, signal: AbortSignal): Promise<string> {
  const { status, text } = await lightGet({ url: url.href, headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' }, environment: process.env, signal, onSent: meanwhile })
  if ([429, 502, 503, 504].includes(status)) throw new Busy(`its endpoint of tokens answered with the status ${status}`)
  if (status !== 200) throw new Error(`its endpoint of tokens answered with the status ${status}`)
  const answer: unknown = JSON.parse(await text())
  if (typeof answer !== 'object' || answer === null || !('value' in answer) || typeof answer.value !== 'string') throw new Error('its endpoint of tokens answered without a token')
  return answer.value
}
