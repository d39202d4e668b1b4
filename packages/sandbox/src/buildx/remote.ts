import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectOf, parseObject, stringOf } from '../json.ts'
import type { Descriptor } from '../oci.ts'
import { Refusal, needsEngine } from './refusal.ts'

const MANIFESTS = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.docker.distribution.manifest.list.v2+json']

/** What BuildKit knows of a registry's error codes. */
const codes = ['UNSUPPORTED', 'UNAUTHORIZED', 'DENIED', 'UNAVAILABLE', 'TOOMANYREQUESTS']

/** A repository on a registry, reached with the credentials of `$DOCKER_CONFIG/config.json`. */
export class Remote {
  readonly host: string
  readonly repository: string
  /** Tag or digest; a digest wins. */
  readonly reference: string
  readonly #name: string
  readonly #url: string

  /** `name` as in FROM or --tag. `SANDBOX_REGISTRIES` (JSON, host to URL) leads image hosts to the sandbox's registries. */
  constructor(name: string) {
    const parts = /^(?<host>[^/]*[.:][^/]*|localhost)\/(?<repository>[^:@]+)(?::(?<tag>[\w.-]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(name)?.groups
    if (!parts?.['host'] || !parts['repository']) throw needsEngine(`the image ${name} is on no registry of the sandbox`)
    const url = stringOf(parseObject(process.env['SANDBOX_REGISTRIES'] ?? '')[parts['host']]) ?? (/^(127\.0\.0\.1|localhost):/.test(parts['host']) ? `http://${parts['host']}` : undefined)
    if (url === undefined) throw needsEngine(`the image ${name} is on no registry of the sandbox (SANDBOX_REGISTRIES)`)
    this.#name = name
    this.host = parts['host']
    this.repository = parts['repository']
    this.reference = parts['digest'] ?? parts['tag'] ?? 'latest'
    this.#url = url
  }

  async manifest(reference = this.reference): Promise<{ bytes: Buffer; mediaType: string; digest: string }> {
    const response = await this.#request('GET', `manifests/${reference}`, { headers: { accept: MANIFESTS.join(', ') } }, [404])
    if (response.status === 404) throw new Refusal(`${this.#name}: not found`)
    return { bytes: Buffer.from(await response.arrayBuffer()), mediaType: response.headers.get('content-type') ?? '', digest: response.headers.get('docker-content-digest') ?? reference }
  }

  async blob(digest: string): Promise<Buffer> {
    return Buffer.from(await (await this.#request('GET', `blobs/${digest}`)).arrayBuffer())
  }

  /** Uploads a blob unless the repository has it. */
  async pushBlob({ digest }: Descriptor, bytes: Buffer): Promise<void> {
    const head = await this.#request('HEAD', `blobs/${digest}`, {}, [404])
    if (head.status === 200) return
    const started = await this.#request('POST', 'blobs/uploads/')
    const location = new URL(started.headers.get('location') ?? '', this.#url)
    location.searchParams.set('digest', digest)
    await this.#request('PUT', location, { body: new Uint8Array(bytes), headers: { 'content-type': 'application/octet-stream' } })
  }

  async pushManifest(reference: string, mediaType: string, bytes: Buffer): Promise<void> {
    await this.#request('PUT', `manifests/${reference}`, { body: new Uint8Array(bytes), headers: { 'content-type': mediaType } })
  }

  async #request(method: string, path: string | URL, init: { body?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {}, expected: number[] = []): Promise<Response> {
    const url = typeof path === 'string' ? `${this.#url}/v2/${this.repository}/${path}` : path.href
    const basic = this.#credentials()
    const response = await fetch(url, { method, ...init, headers: { ...init.headers, ...(basic === undefined ? {} : { authorization: `Basic ${basic}` }) } }).catch((error: unknown) => {
      throw new Refusal(`failed to do request: ${method} ${url}: ${error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)}`)
    })
    if (response.ok || expected.includes(response.status)) return response
    const [first] = Object.values(parseObject(await response.text())).flat()
    const { code, message } = objectOf(first)
    const told = typeof code === 'string' ? `\n${codes.includes(code) ? code.toLowerCase() : 'unknown'}: ${stringOf(message) ?? ''}` : ''
    throw new Refusal(`unexpected status from ${method} request to ${url}: ${response.status} ${response.statusText}${told}`)
  }

  #credentials(): string | undefined {
    const auths = objectOf(parseObject(configFile())['auths'])
    const names = [this.host, this.#url, new URL(this.#url).host].flatMap((name) => [name, `${name}/`, `https://${name}`, `https://${name}/`])
    const found = names.map((name) => objectOf(auths[name])).find((auth) => Object.keys(auth).length > 0)
    if (!found) return undefined
    return stringOf(found['auth']) ?? Buffer.from(`${stringOf(found['username']) ?? ''}:${stringOf(found['password']) ?? ''}`).toString('base64')
  }
}

function configFile(): string {
  try {
    return readFileSync(join(process.env['DOCKER_CONFIG'] ?? join(process.env['HOME'] ?? '/', '.docker'), 'config.json'), 'utf8')
  } catch {
    return ''
  }
}
