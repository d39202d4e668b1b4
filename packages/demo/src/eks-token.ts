import { createHash, createHmac } from 'node:crypto'

/** Who asks for a token. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/**
 * A bearer token for a cluster, as `aws eks get-token` makes it: a GetCallerIdentity that is presigned for 15 minutes
 * and names the cluster in a signed header.
 */
export function eksToken(key: AccessKey, region: string, cluster: string, at: Date): string {
  const host = `sts.${region}.amazonaws.com`
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${time.slice(0, 8)}/${region}/sts/aws4_request`
  const query = Object.entries({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${key.accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': '900',
    ...(key.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': key.sessionToken }),
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
  }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  const request = ['GET', '/', query, `host:${host}`, `x-k8s-aws-id:${cluster}`, '', 'host;x-k8s-aws-id', sha256('')].join('\n')
  const signed = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')
  const signature = [...scope.split('/'), signed].reduce<string | Buffer>((secret, part) => createHmac('sha256', secret).update(part).digest(), `AWS4${key.secretAccessKey}`)
  const url = `https://${host}/?${query}&X-Amz-Signature=${Buffer.from(signature).toString('hex')}`
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
