import { createHash, createHmac } from 'node:crypto'

/** What Signature Version 4 signs of a request. */
export interface SignedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly signedHeaders: readonly string[]
  readonly body: Buffer
  readonly amzDate: string
  readonly scope: { readonly day: string; readonly region: string; readonly service: string }
}

/** The Signature Version 4 of a request, in hex (AWS General Reference, "Create a signed AWS API request"). */
export function signatureOf(request: SignedRequest, secretAccessKey: string): string {
  const { day, region, service } = request.scope
  const toSign = ['AWS4-HMAC-SHA256', request.amzDate, `${day}/${region}/${service}/aws4_request`, sha256(canonical(request))].join('\n')
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>((parent, part) => hmac(parent, part), `AWS4${secretAccessKey}`)
  return hmac(key, toSign).toString('hex')
}

function canonical({ method, url, headers, signedHeaders, body }: SignedRequest): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
  return [
    method,
    url.pathname.split('/').map(encoded).join('/'),
    query.map((pair) => pair.join('=')).join('&'),
    ...signedHeaders.map((name) => `${name}:${String(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    sha256(body),
  ].join('\n')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex')
}
