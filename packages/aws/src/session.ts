import { accountRule, type AccountId, type Region } from '@slipway/release'
import { Failed } from '@slipway/report'
import { openConnection, type ClientSettings, type Connection, type Environment, type Service } from './connection.ts'
import { kept, type Credentials } from './credentials.ts'
import { refusal } from './refusal.ts'
import { standardCredentials } from './standard-chain.ts'
import { tokenAudience } from './token-audience.ts'
import { assumeWithWebIdentity, loadSts } from './web-identity.ts'

/** How a run signs in. */
export interface SignInOptions {
  readonly region: Region
  /** Shown in CloudTrail; what STS does not take in it is replaced. */
  readonly sessionName: string
  /**
   * The job's own token for an audience. Asked for only where there is a role, and again when its session ends.
   * Who calls `meanwhile` once the request is on its way has the clients loaded while it waits.
   */
  readonly idToken: (audience: string, meanwhile: () => void) => Promise<string>
  /** Variables: credentials, AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>, proxies. */
  readonly environment: Environment
  readonly signal: AbortSignal
  /** ARN of the role to assume; without it the machine's own credentials are taken. */
  readonly role?: string
  readonly expectedAccount?: AccountId
}

/** Someone who is signed in. */
export interface Session {
  readonly region: Region
  /** The account of the credentials; asked for at most once. */
  account(): Promise<AccountId>
  /** Renewed five minutes before they end. */
  credentials(): Promise<Credentials>
  /** The same identity in another region. */
  in(region: Region): Session
  /** What a client of a service is made with. */
  settings(service: Service): Promise<ClientSettings & { readonly credentials: () => Promise<Credentials> }>
}

/**
 * Signs in: with a role by the job's OIDC token, without one by the standard chain less the metadata service.
 * @throws Failed `wrong-account` before anything else is asked, `sign-in-failed`, `unreachable`.
 */
export async function signIn(options: SignInOptions): Promise<Session> {
  const { region, role, expectedAccount, environment, signal, sessionName } = options
  signal.throwIfAborted()
  const known = role === undefined ? undefined : accountOfRole(role)
  if (known !== undefined) compare(expectedAccount, known, `the role ${role ?? ''}`)
  const connection = openConnection(environment)
  const credentials = kept(
    role === undefined
      ? () => standardCredentials(connection, region, sessionName, signal)
      : async () => assumeWithWebIdentity(connection, region, { role, sessionName, token: await options.idToken(tokenAudience, loadSts) }, signal),
  )
  await credentials()
  let asked: Promise<AccountId> | undefined
  const account = (): Promise<AccountId> => {
    asked ??= known === undefined ? callerAccount(connection, region, credentials, signal) : Promise.resolve(known)
    return asked
  }
  if (expectedAccount !== undefined) compare(expectedAccount, await account(), 'the credentials of this job')
  return sessionIn(region, { connection, credentials, account })
}

function sessionIn(region: Region, identity: { readonly connection: Connection; readonly credentials: () => Promise<Credentials>; readonly account: () => Promise<AccountId> }): Session {
  const { connection, credentials, account } = identity
  return {
    region,
    account,
    credentials,
    in: (other) => sessionIn(other, identity),
    settings: async (service) => ({ ...(await connection.settings(service, region)), credentials }),
  }
}

function accountOfRole(role: string): AccountId {
  const account = /^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(role)?.[1]
  if (account !== undefined && accountRule.is(account)) return account
  throw new Failed({ code: 'input-invalid', what: `the role "${role}" is no ARN of a role`, why: 'a role\'s ARN has the form arn:aws:iam::<account>:role/<name>', next: 'copy the ARN from the role\'s page in IAM' })
}

function compare(expected: AccountId | undefined, actual: AccountId, whose: string): void {
  if (expected === undefined || expected === actual) return
  throw new Failed({
    code: 'wrong-account',
    what: `${whose} belong${whose.startsWith('the role') ? 's' : ''} to account ${actual}, and ${expected} is expected`,
    why: 'the expected account guards against working in the wrong one, so nothing was done',
    next: 'correct the role or the credentials, or the expected account',
  })
}

async function callerAccount(connection: Connection, region: Region, credentials: () => Promise<Credentials>, signal: AbortSignal): Promise<AccountId> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const sts = new STSClient({ ...(await connection.settings('STS', region)), credentials })
  try {
    const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal })
    if (accountRule.is(Account)) return Account
    throw new Error(`STS answered GetCallerIdentity with the account "${Account}"`)
  } catch (error) {
    signal.throwIfAborted()
    throw refusal(error, { service: 'STS', right: 'sts:GetCallerIdentity', region, object: 'the credentials of this job' })
  }
}
