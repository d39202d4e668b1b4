import { randomBytes } from 'node:crypto'
import { AccessKeys, type AccessKey, type Caller, type Principal } from './access-keys.ts'
import { AwsError } from './aws-error.ts'
import { Policy, trusts } from './iam.ts'
import { isJson, type Json } from './json.ts'
import type { Issuer } from './oidc.ts'
import { wildcard } from './wildcard.ts'

/** A role that jobs may assume with a web identity. */
export interface Role {
  readonly name: string
  /** A trust policy's document, or patterns (`*` and `?`) of which one matches the identity's `sub`. */
  readonly trust: readonly string[] | Json
  /** The document of what it may do; everything where left out. */
  readonly policy?: Json
  /** The groups that its access entry gives it in clusters. */
  readonly groups?: readonly string[]
}

/** Who a Kubernetes API sees behind an EKS token. */
export interface Identity {
  readonly arn: string
  readonly username: string
  readonly groups: string[]
}

/** A session of a role, as its STS knows it. */
export interface OpenSession extends Omit<AccessKey, 'principal'> {
  /** Of the assumed role. */
  readonly arn: string
  readonly userId: string
}

const AUDIENCE = 'sts.amazonaws.com'

/** The security token service of one account. */
export class Sts {
  readonly keys = new AccessKeys()
  readonly #account: string
  readonly #roles: ReadonlyMap<string, Role>
  readonly #policies: ReadonlyMap<string, Policy>
  readonly #issuer: Issuer

  /** `used` is told each grant of a role's policy that lets something through. */
  constructor(account: string, roles: readonly Role[], issuer: Issuer, used: (grant: string) => void = () => undefined) {
    this.#account = account
    this.#roles = new Map(roles.map((role) => [`arn:aws:iam::${account}:role/${role.name}`, role]))
    this.#policies = new Map(
      roles.flatMap(({ name, policy }) => {
        const told = (grant: string): void => {
          used(`${name} ${grant}`)
        }
        return policy === undefined ? [] : [[name, new Policy(policy, told)]]
      }),
    )
    this.#issuer = issuer
  }

  /** Answers one request of the query protocol in XML. `caller` is asked only by operations that need one. */
  answer(form: URLSearchParams, caller: () => Caller): string {
    const operation = form.get('Action') ?? ''
    if (operation === 'AssumeRoleWithWebIdentity') return envelope(operation, this.#assumed(form))
    if (operation === 'GetCallerIdentity') return envelope(operation, identityXml(caller().principal))
    throw new AwsError('InvalidAction', `Could not find operation ${operation} for version ${form.get('Version') ?? ''}`)
  }

  /** Who presigned this GetCallerIdentity for the cluster, if its signature holds, covers the cluster's name and is fresh. */
  whoIs(presignedUrl: string, cluster: string): Identity | undefined {
    const url = URL.parse(presignedUrl)
    if (url?.searchParams.get('Action') !== 'GetCallerIdentity') return undefined
    if (!(url.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';').includes('x-k8s-aws-id')) return undefined
    try {
      const { arn, groups = [] } = this.keys.callerOfPresigned(url, { host: url.host, 'x-k8s-aws-id': cluster }).principal
      return { arn, username: arn, groups: [...groups, 'system:authenticated'] }
    } catch (error) {
      if (error instanceof AwsError) return undefined
      throw error
    }
  }

  /** Takes a session that another STS has opened for one of the roles; of any other role it knows nothing. */
  adopt({ arn, userId, ...key }: OpenSession): void {
    const role = this.#roles.get(`arn:aws:iam::${this.#account}:role/${/:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? ''}`)
    if (role) this.keys.keep({ ...key, principal: this.#principal(role, arn, userId) })
  }

  #principal({ name, groups }: Role, arn: string, userId: string): Principal {
    return { account: this.#account, arn, userId, policy: this.#policies.get(name), groups }
  }

  #assumed(form: URLSearchParams): string {
    const field = (name: string): string => form.get(name) ?? ''
    const session = field('RoleSessionName')
    const seconds = Number(form.get('DurationSeconds') ?? 3600)
    if (!/^[\w+=,.@-]{2,64}$/.test(session)) throw new AwsError('ValidationError', `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint`)
    if (!(seconds >= 900 && seconds <= 43_200)) throw new AwsError('ValidationError', `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint`)

    const claims = this.#issuer.verified(field('WebIdentityToken'))
    if (!claims) throw new AwsError('InvalidIdentityToken', 'No OpenIDConnect provider found in your account for this token, or its signature is invalid')
    const now = Math.floor(Date.now() / 1000)
    const expiry = Number(claims['exp'])
    if (!(expiry > now)) throw new AwsError('ExpiredTokenException', `Token expired: current date/time ${now} must be before the expiration date/time ${expiry}`)
    if (claims['aud'] !== AUDIENCE) throw new AwsError('InvalidIdentityToken', 'Incorrect token audience')
    const role = this.#roles.get(field('RoleArn'))
    const subject = String(claims['sub'])
    if (role === undefined || !isTrusted(role, claims)) throw new AwsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403)

    const roleId = `AROA${randomBytes(8).toString('hex').toUpperCase()}:${session}`
    const principal = this.#principal(role, `arn:aws:sts::${this.#account}:assumed-role/${role.name}/${session}`, roleId)
    const key = this.keys.issue(principal, seconds)
    return [
      element('SubjectFromWebIdentityToken', subject),
      element('Audience', AUDIENCE),
      `<AssumedRoleUser>${element('Arn', principal.arn)}${element('AssumedRoleId', roleId)}</AssumedRoleUser>`,
      '<Credentials>',
      element('AccessKeyId', key.accessKeyId),
      element('SecretAccessKey', key.secretAccessKey),
      element('SessionToken', key.sessionToken ?? ''),
      element('Expiration', new Date(key.expiresAtMs).toISOString()),
      '</Credentials>',
      element('Provider', `arn:aws:iam::${this.#account}:oidc-provider/${new URL(this.#issuer.url).host}`),
    ].join('')
  }
}

/** The XML of an error of the query protocol. */
export function errorXml({ code, message }: AwsError): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>${element('Code', code)}${element('Message', message)}</Error>${element('RequestId', 'sandbox')}</ErrorResponse>`
}

function isTrusted({ trust }: Role, claims: Json): boolean {
  return isJson(trust) ? trusts(trust, claims) : trust.some((pattern) => wildcard(pattern).test(String(claims['sub'])))
}

function identityXml({ arn, userId, account }: Principal): string {
  return element('Arn', arn) + element('UserId', userId) + element('Account', account)
}

function envelope(operation: string, result: string): string {
  return `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result><ResponseMetadata>${element('RequestId', 'sandbox')}</ResponseMetadata></${operation}Response>`
}

function element(name: string, text: string): string {
  return `<${name}>${text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</${name}>`
}
