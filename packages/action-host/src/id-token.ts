import * as core from '@actions/core'
import { Failed, inertLine } from '@slipway/report'

/**
 * Asks GitHub for a token that proves to `audience` which job this is.
 * @throws Failed `id-token-unavailable` where the job has not the permission, `unreachable` where GitHub gives none.
 */
export async function idToken(audience: string): Promise<string> {
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']) {
    throw new Failed({
      code: 'id-token-unavailable',
      what: 'this job may not ask for an OIDC token, which the input "role" needs',
      why: 'the workflow does not grant it',
      next: 'add `permissions: { id-token: write }` to the job, and to the job that calls it where this is a called workflow',
    })
  }
  try {
    return await core.getIDToken(audience)
  } catch (error) {
    throw new Failed({
      code: 'unreachable',
      what: `GitHub gave this job no OIDC token for ${audience}`,
      why: inertLine(error instanceof Error ? error.message : String(error)),
      next: 'run it again; if it stays so, look at githubstatus.com, and on a self-hosted runner at what its network and proxy let through',
    })
  }
}
