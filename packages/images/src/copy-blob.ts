import { createHash } from 'node:crypto'
import type { Digest, RepositoryName } from '@slipway/release'
import type { HttpResponse } from '@slipway/wire'
import { RegistryTrouble, type Question, type RegistryAccess } from './registry-access.ts'

/** A layer, or an image's configuration. */
export interface Blob {
  readonly digest: Digest
  /** In bytes. */
  readonly size: number
}

/** A repository of a registry. */
export interface Place {
  readonly registry: RegistryAccess
  readonly repository: RepositoryName
}

/** How a blob came to be where it is wanted. */
export type BlobEnd = 'standing' | 'mounted' | 'sent'

/** The longest silence of a registry that puts a large layer away. */
const storingMs = 5 * 60_000

/**
 * Brings a blob to another repository: mounted from `mountable`, a repository of the same registry, else streamed.
 * What is there already is not sent again. It passes through in pieces, and is checked against its digest on the way.
 * @throws RegistryTrouble
 */
export async function copyBlob(blob: Blob, from: Place, to: Place, mountable: RepositoryName | undefined): Promise<BlobEnd> {
  const { registry } = to
  const about = `the layer ${blob.digest}`
  if (await isThere(blob, to, about)) return 'standing'
  return registry.again(about, async (number) => {
    // The answer to an earlier attempt may have been lost after the layer was taken.
    if (number > 1 && (await isThere(blob, to, about))) return 'sent'
    const pieces = checked(blob, from, about)
    // What cannot be mounted is read ahead, while its upload is begun.
    const body = mountable === undefined ? readAhead(pieces) : pieces
    try {
      const upload = await beginUpload(blob, to, mountable, about)
      if (upload === 'mounted') return 'mounted'
      await finishUpload(upload.to, blob, registry, body, about)
      return 'sent'
    } finally {
      // An upload that fails leaves no half-read layer behind, which would hold its connection; nobody waits for a home that does not answer.
      pieces.return().catch(() => undefined)
    }
  })
}

async function beginUpload({ digest }: Blob, { registry, repository }: Place, mountable: RepositoryName | undefined, about: string): Promise<'mounted' | { readonly to: string }> {
  const begin: Question = { method: 'POST', to: `/v2/${repository}/blobs/uploads/`, about }
  let begun = mountable === undefined ? undefined : await registry.once({ ...begin, to: `${begin.to}?mount=${digest}&from=${encodeURIComponent(mountable)}` })
  if (begun?.status === 201) {
    await begun.bytes()
    return 'mounted'
  }
  // A registry that cannot mount it begins an upload instead; one that may not show the other repository refuses.
  if (begun?.status !== 202) {
    await begun?.bytes()
    begun = await registry.once(begin)
  }
  const to = begun.headers['location'] ?? ''
  if (begun.status !== 202 || to === '') throw await registry.trouble(begin, begun)
  await begun.bytes()
  return { to }
}

async function finishUpload(to: string, { digest, size }: Blob, registry: RegistryAccess, body: AsyncIterable<Uint8Array>, about: string): Promise<void> {
  // In one piece: of an upload in several ECR has kept only the first (aws/containers-roadmap#2831).
  const finish: Question = {
    method: 'PUT',
    to: `${to}${to.includes('?') ? '&' : '?'}digest=${digest}`,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
    body,
    timeoutMs: storingMs,
    about,
  }
  const stored = await registry.once(finish)
  if (stored.status !== 201) throw await registry.trouble(finish, stored)
  await stored.bytes()
}

async function isThere({ digest }: Blob, { registry, repository }: Place, about: string): Promise<boolean> {
  const head: Question = { method: 'HEAD', to: `/v2/${repository}/blobs/${digest}`, about }
  const response = await registry.ask(head)
  await response.bytes()
  // A redirect leads to where it is kept.
  if (response.status === 200 || response.status === 307) return true
  if (response.status === 404) return false
  throw await registry.trouble(head, response)
}

/**
 * The blob's bytes. The last piece is given away only when all of them are what the digest says, so that no registry
 * ever gets the whole of something else.
 */
async function* checked({ digest, size }: Blob, from: Place, about: string): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256')
  let received = 0
  let held: Uint8Array | undefined
  for await (const piece of (await read(digest, from, about)).body) {
    received += piece.length
    if (received > size) break
    hash.update(piece)
    if (held) yield held
    held = piece
  }
  if (received !== size) throw new RegistryTrouble('wrong-content', from.registry.name, about, `it gives ${received > size ? 'more' : 'fewer'} than the ${size} bytes that the image's manifest says`)
  const found = `sha256:${hash.digest('hex')}`
  if (found !== digest) throw new RegistryTrouble('wrong-content', from.registry.name, about, `what it gives under this digest is ${found}`)
  if (held) yield held
}

/** Asks for the first piece at once; what is wrong with it is told to who takes it. */
function readAhead(pieces: AsyncGenerator<Uint8Array, void>): AsyncIterable<Uint8Array> {
  const first = pieces.next()
  first.catch(() => undefined)
  return (async function* () {
    const { done, value } = await first
    if (done === true) return
    yield value
    yield* pieces
  })()
}

/** Follows the redirects of a registry that keeps its layers elsewhere, as ECR does. */
async function read(digest: Digest, { registry, repository }: Place, about: string): Promise<HttpResponse> {
  let question: Question = { method: 'GET', to: `/v2/${repository}/blobs/${digest}`, about }
  for (let hop = 0; hop < 5; hop += 1) {
    const response = await registry.ask(question)
    if (response.status === 200) return response
    const location = response.headers['location']
    if (![301, 302, 303, 307, 308].includes(response.status) || location === undefined) throw await registry.trouble(question, response)
    await response.bytes()
    question = { ...question, to: location }
  }
  throw new RegistryTrouble('refused', registry.name, about, 'it redirects its clients in a circle')
}
