import { randomUUID } from 'node:crypto'
import { startServer, type Ledger, type RunningServer } from './server.ts'

/** Where a registry keeps its layers, as ECR does in S3: apart from it, and opened by the address alone. */
export interface LayerStorage extends RunningServer {
  /** A signed address of the bytes. */
  addressOf(bytes: Buffer): string
}

/** Starts the storage. As S3 it refuses a request that brings credentials besides the signature. */
export async function startLayerStorage(ledger: Ledger): Promise<LayerStorage> {
  const signed = new Map<string, Buffer>()
  const server = await startServer({
    name: 'layers',
    ledger,
    classify: ({ method }) => ({ operation: `layers:${method}`, write: false }),
    handle({ url, headers }, response) {
      const bytes = signed.get(url.searchParams.get('X-Amz-Signature') ?? '')
      if (headers.authorization !== undefined) response.writeHead(400, { 'content-type': 'application/xml' }).end('<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>')
      else if (!bytes) response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
      else {
        const asked = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '')
        const [from, to] = [Number(asked?.[1] ?? 0), Math.min(bytes.length - 1, Number(asked?.[2] || Infinity))]
        const part = bytes.subarray(from, to + 1)
        response.writeHead(asked ? 206 : 200, { 'content-type': 'application/octet-stream', 'content-length': part.length, ...(asked ? { 'content-range': `bytes ${from}-${to}/${bytes.length}` } : {}) }).end(part)
      }
    },
  })
  return {
    ...server,
    addressOf(bytes) {
      const signature = randomUUID()
      signed.set(signature, bytes)
      return `${server.url}/layer?X-Amz-Signature=${signature}`
    },
  }
}
