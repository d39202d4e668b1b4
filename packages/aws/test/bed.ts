import { accountRule, regionRule, repositoryRule, tagRule, type AccountId, type NameRule, type Region, type RepositoryName, type Tag } from '@slipway/release'
import { Failed } from '@slipway/report'
import { startSandbox, type Sandbox, type SandboxOptions } from '@slipway/sandbox'
import { signIn, type Session, type SignInOptions } from '../src/index.ts'

export const account: AccountId = named(accountRule, '111122223333')
export const region: Region = named(regionRule, 'eu-west-1')
export const role = `arn:aws:iam::${account}:role/deploy`
const sub = 'repo:acme/shop:environment:staging'

/** A text that is known to be a name. */
export function named<Name extends string>(rule: NameRule<Name>, text: string): Name {
  if (!rule.is(text)) throw new Error(`${text} must be ${rule.rule}`)
  return text
}

export const repository = (name: string): RepositoryName => named(repositoryRule, name)
export const tag = (name: string): Tag => named(tagRule, name)

/** Runs a test against a cloud of its own, in which the role `deploy` trusts the environment staging. */
export async function inCloud(options: Partial<SandboxOptions>, run: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ account, regions: [region], roles: [{ name: 'deploy', trust: [sub] }], ...options })
  try {
    await run(sandbox)
  } finally {
    await sandbox.close()
  }
}

/** Signs in with static keys, or as `more` says. The home is empty: nobody's own files are read. */
export function signedIn(sandbox: Sandbox, more: Partial<SignInOptions> = {}): Promise<Session> {
  return signIn({
    region,
    sessionName: 'slipway 42/build',
    idToken: (audience) => sandbox.issueIdToken({ sub }, audience),
    environment: { HOME: '/nonexistent', ...sandbox.environment(), ...(more.role === undefined ? sandbox.staticCredentials() : {}) },
    signal: new AbortController().signal,
    ...more,
  })
}

/** The text of the failure that a promise ends with. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof Failed) return error.message
    throw error
  }
  throw new Error('it did not fail')
}

export const operations = (sandbox: Sandbox): string[] => sandbox.ledger.exchanges.map(({ operation }) => operation)
