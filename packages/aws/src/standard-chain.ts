import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Region } from '@slipway/release'
import { Failed } from '@slipway/report'
import type { Connection, Environment } from './connection.ts'
import type { Credentials } from './credentials.ts'
import { errorMessage } from './refusal.ts'
import { assumeWithWebIdentity } from './web-identity.ts'

/** Where credentials are looked for. */
interface Place {
  readonly name: string
  /** Whether something is there; then it has to work, and nothing after it is looked at. */
  isGiven(): boolean | Promise<boolean>
  load(): Promise<Credentials>
}

/**
 * The credentials that the machine gives: variables, shared files (SSO, processes and roles of a profile too), a web
 * identity's token file, the container's endpoint. The metadata service of EC2 is never asked: off EC2 it costs
 * seconds, and on a self-hosted runner it gives every job the rights of the machine.
 * @throws Failed `sign-in-failed` naming the places, or what is wrong in the one that is given.
 */
export async function standardCredentials(connection: Connection, region: Region, sessionName: string, signal: AbortSignal): Promise<Credentials> {
  const places = [keysInVariables(connection.environment), sharedFiles(connection, region, signal), tokenFile(connection, region, sessionName, signal), container(connection.environment)]
  for (const place of places) {
    if (!(await place.isGiven())) continue
    try {
      return await place.load()
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof Failed) throw error
      throw new Failed({ code: 'sign-in-failed', what: `the credentials in ${place.name} cannot be used`, why: errorMessage(error), next: 'mend or remove what stands there, or give the input "role"' })
    }
  }
  throw new Failed({
    code: 'sign-in-failed',
    what: 'no AWS credentials were found',
    why: `nothing stands in ${places.map(({ name }) => name).join('; ')}; the metadata service of EC2 is not asked`,
    next: 'give the input "role", the ARN of a role that trusts this job\'s OIDC token, or put credentials where they are looked for',
  })
}

function keysInVariables(environment: Environment): Place {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken = '' } = environment
  return {
    name: 'the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    // A profile that is named goes before keys, as in the SDK's own chain.
    isGiven: () => accessKeyId !== '' && secretAccessKey !== '' && (environment['AWS_PROFILE'] ?? '') === '',
    load: () => Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) }),
  }
}

function sharedFiles(connection: Connection, region: Region, signal: AbortSignal): Place {
  const { environment } = connection
  const folder = join(environment['HOME'] ?? homedir(), '.aws')
  const named = environment['AWS_PROFILE'] ?? ''
  const profile = named === '' ? 'default' : named
  const files = { profile, filepath: environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials'), configFilepath: environment['AWS_CONFIG_FILE'] ?? join(folder, 'config'), ignoreCache: true }
  return {
    name: `the profile ${profile} of ${files.filepath} and ${files.configFilepath}`,
    async isGiven() {
      if (named !== '') return true
      const { parseKnownFiles } = await import('@smithy/core/config')
      return Object.keys((await parseKnownFiles(files))[profile] ?? {}).some((key) => /^aws_access_key_id$|^role_arn$|^credential_process$|^sso_|^login_session$/.test(key))
    },
    async load() {
      const { fromIni } = await import('@aws-sdk/credential-provider-ini')
      const { parseKnownFiles } = await import('@smithy/core/config')
      refuseMetadata(await parseKnownFiles(files), profile)
      const settings = await connection.settings('STS', region)
      const provider = fromIni({
        ...files,
        clientConfig: { region, requestHandler: settings.requestHandler },
        roleAssumerWithWebIdentity: ({ RoleArn, RoleSessionName, WebIdentityToken }) => assumeWithWebIdentity(connection, region, { role: RoleArn, sessionName: RoleSessionName, token: WebIdentityToken }, signal),
        async roleAssumer(credentials, params) {
          const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts')
          const answer = await new STSClient({ ...settings, credentials }).send(new AssumeRoleCommand(params), { abortSignal: signal })
          const { AccessKeyId = '', SecretAccessKey = '', SessionToken, Expiration } = answer.Credentials ?? {}
          return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }), ...(Expiration === undefined ? {} : { expiration: Expiration }) }
        },
      })
      return provider()
    },
  }
}

/** A profile can lead to the metadata service as well. */
function refuseMetadata(profiles: Readonly<Record<string, Readonly<Record<string, string | undefined>> | undefined>>, first: string): void {
  const seen = new Set<string>()
  for (let name: string | undefined = first; name !== undefined && !seen.has(name); name = profiles[name]?.['source_profile']) {
    seen.add(name)
    if (profiles[name]?.['credential_source'] === 'Ec2InstanceMetadata') throw new Error(`the profile ${name} takes its credentials from the metadata service of EC2 (credential_source), which is never asked`)
  }
}

function tokenFile(connection: Connection, region: Region, sessionName: string, signal: AbortSignal): Place {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file = '', AWS_ROLE_ARN: role = '', AWS_ROLE_SESSION_NAME: named = '' } = connection.environment
  return {
    name: 'the variables AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN',
    isGiven: () => file !== '' && role !== '',
    load: async () => assumeWithWebIdentity(connection, region, { role, sessionName: named === '' ? sessionName : named, token: readFileSync(file, 'utf8').trim() }, signal),
  }
}

function container({ AWS_CONTAINER_CREDENTIALS_FULL_URI: full = '', AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative = '', AWS_CONTAINER_AUTHORIZATION_TOKEN: token = '', AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file = '' }: Environment): Place {
  return {
    name: 'the variables AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    isGiven: () => full !== '' || relative !== '',
    async load() {
      const { fromHttp } = await import('@aws-sdk/credential-provider-http')
      const provider = fromHttp({
        ...(relative === '' ? { awsContainerCredentialsFullUri: full } : { awsContainerCredentialsRelativeUri: relative }),
        ...(file === '' ? (token === '' ? {} : { awsContainerAuthorizationToken: token }) : { awsContainerAuthorizationTokenFile: file }),
      })
      return provider()
    },
  }
}
