import { randomBytes } from 'node:crypto'
import { AwsError } from './aws-error.ts'
import type { Policy } from './iam.ts'
import type { Received } from './server.ts'
import { signatureOf, type SignedRequest } from './signature.ts'

/** Who stands behind an access key. */
export interface Principal {
  readonly account: string
  readonly arn: string
  readonly userId: string
  /** What it may do; everything where left out. */
  readonly policy?: Policy | undefined
  /** The groups that clusters map it to. */
  readonly groups?: readonly string[] | undefined
}

/** One access key: a static one has no session token and never expires. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
  readonly principal: Principal
  expiresAtMs: number
}

/** A request whose signature holds. */
export interface Caller {
  readonly principal: Principal
  readonly region: string
  readonly service: string
}

const PRESIGNED_TOKEN_MS = 15 * 60_000

/** Every access key of the account, and the check of what is signed with one. */
export class AccessKeys {
  readonly #keys = new Map<string, AccessKey>()

  /** Makes a key; without `seconds` it is a static one. */
  issue(principal: Principal, seconds?: number): AccessKey {
    const session = seconds !== undefined
    const key: AccessKey = {
      accessKeyId: `${session ? 'ASIA' : 'AKIA'}${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64url'),
      sessionToken: session ? randomBytes(96).toString('base64') : undefined,
      principal,
      expiresAtMs: session ? Date.now() + seconds * 1000 : Infinity,
    }
    this.keep(key)
    return key
  }

  has(accessKeyId: string): boolean {
    return this.#keys.has(accessKeyId)
  }

  /** Takes a key that was made elsewhere. */
  keep(key: AccessKey): void {
    this.#keys.set(key.accessKeyId, key)
  }

  /** Lets every session key given so far expire now. */
  expireSessions(): void {
    for (const key of this.#keys.values()) if (key.sessionToken !== undefined) key.expiresAtMs = 0
  }

  /** Who sent a request signed by its Authorization header. Throws the error that AWS would answer. */
  callerOf(request: Received): Caller {
    const header = request.headers.authorization
    if (header === undefined) throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403)
    const part = (name: string): string => new RegExp(`${name}=([^, ]+)`).exec(header)?.[1] ?? ''
    return this.#checked(part('Credential'), part('Signature'), request.headers['x-amz-security-token'], {
      ...request,
      amzDate: String(request.headers['x-amz-date'] ?? ''),
      signedHeaders: part('SignedHeaders').split(';'),
    })
  }

  /** Who presigned a GET; `headers` are those that must come along. Throws the error that AWS would answer. */
  callerOfPresigned(url: URL, headers: Readonly<Record<string, string | string[] | undefined>>): Caller {
    const value = (name: string): string => url.searchParams.get(`X-Amz-${name}`) ?? ''
    const expires = Number(value('Expires') || NaN)
    const signedAt = Date.parse(value('Date').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
    if (!(expires > 0 && expires <= 900)) throw new AwsError('AuthorizationQueryParametersError', 'X-Amz-Expires must be between 1 and 900 seconds', 400)
    // STS takes its presigned requests for 15 minutes, whatever X-Amz-Expires says: EKS tokens carry 60 and live that long.
    if (!(Math.abs(Date.now() - signedAt) < PRESIGNED_TOKEN_MS)) throw new AwsError('SignatureDoesNotMatch', `Signature expired: ${value('Date')}`, 403)
    return this.#checked(value('Credential'), value('Signature'), url.searchParams.get('X-Amz-Security-Token') ?? undefined, {
      method: 'GET',
      url,
      headers,
      body: Buffer.alloc(0),
      amzDate: value('Date'),
      signedHeaders: value('SignedHeaders').split(';'),
    })
  }

  #checked(credential: string, signature: string, token: unknown, request: Omit<SignedRequest, 'scope'>): Caller {
    const [accessKeyId = '', day = '', region = '', service = ''] = credential.split('/')
    const key = this.#keys.get(accessKeyId)
    if (!key || key.sessionToken !== token) throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403)
    if (key.expiresAtMs <= Date.now()) throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 403)
    if (signatureOf({ ...request, scope: { day, region, service } }, key.secretAccessKey) !== signature)
      throw new AwsError('InvalidSignatureException', 'The request signature we calculated does not match the signature you provided.', 403)
    return { principal: key.principal, region, service }
  }
}
