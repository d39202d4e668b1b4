import type { Session } from './session.ts'

/** A bearer token for a cluster's API server. */
export interface EksToken {
  readonly token: string
  readonly expiresAtMs: number
}

// An EKS token is taken for fifteen minutes after it was signed.
const livesMs = 14 * 60_000

/** Signs a token for a cluster: a presigned GetCallerIdentity that names it. No request is sent. */
export async function eksToken(session: Session, cluster: string): Promise<EksToken> {
  const { STSClient } = await import('@aws-sdk/client-sts')
  const { SignatureV4 } = await import('@smithy/signature-v4')
  const settings = await session.settings('STS')
  const { config } = new STSClient(settings)
  const endpoint = settings.endpoint === undefined ? config.endpointProvider({ Region: session.region, UseGlobalEndpoint: false }).url : new URL(settings.endpoint)
  const credentials = await session.credentials()
  const signer = new SignatureV4({ service: 'sts', region: session.region, credentials, sha256: config.sha256 })
  const signedAtMs = Date.now()
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: endpoint.host, 'x-k8s-aws-id': cluster },
    },
    { expiresIn: 60, signingDate: new Date(signedAtMs) },
  )
  const url = `${endpoint.protocol}//${endpoint.host}/?${Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(String(value))}`).join('&')}`
  return {
    token: `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`,
    expiresAtMs: Math.min(signedAtMs + livesMs, credentials.expiration?.getTime() ?? Infinity),
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
