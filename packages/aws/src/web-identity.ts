import type { Region } from '@slipway/release'
import { Failed, type Failure } from '@slipway/report'
import { loadAhead } from '@slipway/wire'
import type { Connection } from './connection.ts'
import type { Credentials } from './credentials.ts'
import { errorMessage, errorName, refusal } from './refusal.ts'

/** A role, and the token that proves to STS who asks for it. */
export interface Assumption {
  readonly role: string
  readonly sessionName: string
  readonly token: string
}

/**
 * Assumes a role with a web identity.
 * @throws Failed `sign-in-failed` where the trust policy, the provider or the token stands in the way.
 */
export async function assumeWithWebIdentity(connection: Connection, region: Region, { role, sessionName, token }: Assumption, signal: AbortSignal): Promise<Credentials> {
  const { AssumeRoleWithWebIdentityCommand, STSClient } = await loadClient()
  const sts = new STSClient(await connection.settings('STS', region))
  try {
    const answer = await sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn: role, RoleSessionName: sessionNameOf(sessionName), WebIdentityToken: token }), { abortSignal: signal })
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {}
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) throw new Error('STS answered AssumeRoleWithWebIdentity without credentials')
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, ...(Expiration === undefined ? {} : { expiration: Expiration }) }
  } catch (error) {
    signal.throwIfAborted()
    const failure = refused(error, role, region, token)
    throw failure ? new Failed(failure) : refusal(error, { service: 'STS', right: 'sts:AssumeRoleWithWebIdentity', region, object: `the role ${role}` })
  }
}

/** Loads the client ahead. */
export function loadSts(): void {
  loadAhead(loadClient)
}

/** What is taken of the client by name is all that the bundle holds of it. */
async function loadClient() {
  const { AssumeRoleWithWebIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  return { AssumeRoleWithWebIdentityCommand, STSClient }
}

/** A name of 2 to 64 of the signs that STS takes. */
export function sessionNameOf(wanted: string): string {
  return wanted.replace(/[^\w+=,.@-]+/g, '-').slice(0, 64).padEnd(2, '-')
}

function refused(error: unknown, role: string, region: Region, token: string): Failure | undefined {
  const { sub, aud, iss } = claimsOf(token)
  const failure = (why: string, next: string): Failure => ({ code: 'sign-in-failed', what: `the role ${role} could not be assumed`, why, next })
  const names = errorName(error)
  switch (names) {
    case 'AccessDenied':
    case 'AccessDeniedException':
      return failure(
        `its trust policy does not take this job's token (sub "${sub}", aud "${aud}"), or there is no such role: STS does not tell which`,
        `check the role's ARN, and that its trust policy allows sts:AssumeRoleWithWebIdentity for exactly this sub and aud`,
      )
    case 'InvalidIdentityToken':
    case 'InvalidIdentityTokenException':
      return failure(
        `the role's account takes no token of ${iss} for the audience ${aud}: ${errorMessage(error)}`,
        `create an IAM identity provider for ${iss} with the audience ${aud} in that account, or correct the role's ARN`,
      )
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return failure('the job\'s OIDC token had expired when it was used', 'run the job again; if it stays, set the clock of the runner')
    case 'IDPCommunicationError':
    case 'IDPCommunicationErrorException':
      return failure(`STS could not fetch the keys of ${iss}`, 'run the job again; if it stays, see whether the issuer can be reached from the internet')
    case 'RegionDisabledException':
      return failure(`STS is not activated in ${region} for that account`, 'activate the region in the account, or use another')
    case 'ValidationError':
    case 'ValidationException':
      return failure(errorMessage(error), 'correct the role\'s ARN')
    default:
      return undefined
  }
}

/** Who the token says the job is; it is not verified here. */
function claimsOf(token: string): { readonly sub: string; readonly aud: string; readonly iss: string } {
  let claims: unknown
  try {
    claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  } catch {
    claims = undefined
  }
  const claim = (name: string): string => {
    const value: unknown = typeof claims === 'object' && claims !== null ? Reflect.get(claims, name) : undefined
    return typeof value === 'string' ? value : 'unreadable'
  }
  return { sub: claim('sub'), aud: claim('aud'), iss: claim('iss') }
}
