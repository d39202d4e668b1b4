import type { Sandbox } from '@slipway/sandbox'
import { createHash, createHmac } from 'node:crypto'
import { REGION, client } from './cloud.ts'

/** A presigned GetCallerIdentity, made here without the sandbox's own signing. */
export function presigned(sandbox: Sandbox, cluster: string, { at = Date.now(), signedHeaders = 'host;x-k8s-aws-id', expires = 60, host = `sts.${REGION}.amazonaws.com`, keys = { ...client(sandbox).credentials, sessionToken: '' } } = {}): string {
  const { accessKeyId, secretAccessKey, sessionToken } = keys
  const date = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${date.slice(0, 8)}/${REGION}/sts/aws4_request`
  const query = [
    'Action=GetCallerIdentity',
    'Version=2011-06-15',
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${encodeURIComponent(`${accessKeyId}/${scope}`)}`,
    `X-Amz-Date=${date}`,
    `X-Amz-Expires=${expires}`,
    ...(sessionToken === '' ? [] : [`X-Amz-Security-Token=${encodeURIComponent(sessionToken)}`]),
    `X-Amz-SignedHeaders=${encodeURIComponent(signedHeaders)}`,
  ].join('&')
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
  const headers = signedHeaders.split(';').map((name) => `${name}:${name === 'host' ? host : cluster}\n`).join('')
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha(`GET\n/\n${query}\n${headers}\n${signedHeaders}\n${sha('')}`)}`
  let key: Buffer | string = `AWS4${secretAccessKey}`
  for (const part of [...scope.split('/'), text]) key = createHmac('sha256', key).update(part).digest()
  return `https://${host}/?${query}&X-Amz-Signature=${Buffer.from(key).toString('hex')}`
}
