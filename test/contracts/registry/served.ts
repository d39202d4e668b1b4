import { createHash } from 'node:crypto'
import { manifestTypes, type RegistryEnd } from '@slipway/images'
import { digestRule, isJson, repositoryRule, type Digest, type Json, type RepositoryName } from '@slipway/release'
import { openHttp, type Http } from '@slipway/wire'

/** A registry that the contract is held to, freshly opened. */
export interface Served {
  readonly here: RegistryEnd
  /** Another one, or another way to the same: none of its layers can be mounted from `here`. */
  readonly there: RegistryEnd
  /** Makes a repository at both, where they do not make one by themselves. */
  make(repository: RepositoryName): void
  close(): Promise<void>
}

/** One answer as it came. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** One request to `here`: by who may, unless the headers say otherwise. */
export interface Sent {
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** A registry as the tests speak to it. */
export interface OpenRegistry extends Served {
  readonly http: Http
  /** A repository for one test. */
  readonly repository: () => RepositoryName
  /** Sent once; redirects of a GET are followed, without the password where they lead elsewhere. */
  readonly send: (method: string, path: string, sent?: Sent) => Promise<Answer>
  /** Puts a layer there in one piece. */
  readonly putBlob: (repository: RepositoryName, content: string | Uint8Array) => Promise<void>
  /** Puts an image of these layers there, under its digest and the tag. */
  readonly putImage: (repository: RepositoryName, layers: readonly (string | Uint8Array)[], tag?: string) => Promise<Digest>
  /** Puts an index of these images there. */
  readonly putIndex: (repository: RepositoryName, images: readonly Digest[], tag: string) => Promise<Digest>
}

export const types = {
  image: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const

/** Registries convert or refuse what is not asked for by its type. */
export const accepted = { accept: manifestTypes.join(', ') }

export const blobs = (repository: string, digest: string): string => `/v2/${repository}/blobs/${digest}`
export const uploads = (repository: string, query = ''): string => `/v2/${repository}/blobs/uploads/${query}`
export const manifests = (repository: string, reference: string): string => `/v2/${repository}/manifests/${reference}`

/** The address at which an upload is finished. */
export const finishing = (location: string | undefined, digest: string): string => `${location ?? ''}${location?.includes('?') === true ? '&' : '?'}digest=${digest}`

export function digestOf(content: string | Uint8Array): Digest {
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`
  if (digestRule.is(digest)) return digest
  throw new Error(`no digest: ${digest}`)
}

/** The text of an image's manifest. */
export function imageOf(layers: readonly (string | Uint8Array)[]): { readonly config: string; readonly manifest: string } {
  const config = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: layers.map(digestOf) } })
  const described = (mediaType: string, content: string | Uint8Array): object => ({ mediaType, digest: digestOf(content), size: content.length })
  return { config, manifest: JSON.stringify({ schemaVersion: 2, mediaType: types.image, config: described(types.config, config), layers: layers.map((layer) => described(types.layer, layer)) }) }
}

export function indexOf(images: readonly { readonly digest: string; readonly size: number }[]): string {
  const architectures = ['amd64', 'arm64']
  return JSON.stringify({ schemaVersion: 2, mediaType: types.index, manifests: images.map(({ digest, size }, index) => ({ mediaType: types.image, digest, size, platform: { os: 'linux', architecture: architectures[index] ?? 'riscv64' } })) })
}

/** The code of the first error of an answer. */
export function codeOf({ status, text }: Answer): [number, Json | undefined] {
  const answer: unknown = JSON.parse(text)
  const errors: unknown = typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : undefined
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  const code: unknown = typeof first === 'object' && first !== null && 'code' in first ? first.code : undefined
  return [status, isJson(code) ? code : undefined]
}

export function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** Opens the way to a registry. */
export function speakTo(served: Served): OpenRegistry {
  const http = openHttp({ environment: {} })
  const run = `contract/r${Date.now().toString(36)}`
  let made = 0
  const registry: OpenRegistry = {
    ...served,
    http,
    repository() {
      made += 1
      const name = `${run}/${made}`
      if (!repositoryRule.is(name)) throw new Error(`no repository: ${name}`)
      served.make(name)
      return name
    },
    async send(method, path, { body, headers = {} } = {}) {
      let url = new URL(path, served.here.url)
      for (;;) {
        const proof = url.origin === served.here.url ? { authorization: basic(served.here) } : {}
        const response = await http.request({ method, url: url.href, headers: { ...proof, ...headers }, ...(body === undefined ? {} : { body }) })
        const text = await response.text()
        const location = response.headers['location']
        if (method !== 'GET' || location === undefined || response.status < 300) return { status: response.status, headers: response.headers, text }
        url = new URL(location, url)
      }
    },
    async putBlob(repository, content) {
      const { headers } = await registry.send('POST', uploads(repository))
      await done(registry.send('PUT', finishing(headers['location'], digestOf(content)), { body: content }))
    },
    async putImage(repository, layers, tag) {
      const { config, manifest } = imageOf(layers)
      for (const content of [config, ...layers]) await registry.putBlob(repository, content)
      await done(registry.send('PUT', manifests(repository, tag ?? digestOf(manifest)), { body: manifest, headers: { 'content-type': types.image } }))
      return digestOf(manifest)
    },
    async putIndex(repository, images, tag) {
      const sizes = await Promise.all(images.map(async (digest) => ({ digest, size: (await registry.send('GET', manifests(repository, digest), { headers: accepted })).text.length })))
      const index = indexOf(sizes)
      await done(registry.send('PUT', manifests(repository, tag), { body: index, headers: { 'content-type': types.index } }))
      return digestOf(index)
    },
    async close() {
      await http.close()
      await served.close()
    },
  }
  return registry
}

async function done(sent: Promise<Answer>): Promise<void> {
  const { status, text } = await sent
  if (status !== 201) throw new Error(`the registry answers ${status}: ${text}`)
}
