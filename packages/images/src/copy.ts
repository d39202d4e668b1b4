import { createHash } from 'node:crypto'
import type { Digest, RepositoryName } from '@slipway/release'
import { Failed, type FailureCode } from '@slipway/report'
import { lanes, mapLimit } from '@slipway/wire'
import { copyBlob, type Blob, type BlobEnd, type Place } from './copy-blob.ts'
import { manifestTypes, referencesOf } from './manifest.ts'
import { openAccess, RegistryTrouble, type AccessOptions, type Question, type RegistryEnd } from './registry-access.ts'

/** What an image took to be there; nothing at all where it was there already. */
export interface Copied {
  /** Layers and configurations that were sent, and their bytes. */
  readonly sent: number
  readonly bytes: number
  /** Those that the registry took from another repository of its own. */
  readonly mounted: number
}

/** Copies from one registry to another. */
export interface Copier {
  /**
   * Brings an image, or an index with all its images, to a repository of the other registry, byte for byte.
   * Whatever of it is there is not sent again, so that a copy that was cut off goes on where it was.
   * @param wrote Called after each write to the registry that is copied to.
   * @throws Failed `copy-failed`, `access-denied`, `repository-missing`, `throttled`, `unreachable`.
   */
  copy(digest: Digest, from: RepositoryName, to: RepositoryName, wrote: () => void): Promise<Copied>
}

/** Blobs that are under way side by side, of all images together. */
const blobsAtOnce = 6

/** Opens a way from one registry to another; nothing is asked before the first copy. */
export function openCopier(from: RegistryEnd, to: RegistryEnd, options: AccessOptions): Copier {
  const source = openAccess(from, options)
  const target = openAccess(to, options)
  const lane = lanes(blobsAtOnce)
  const underWay = new Map<string, Promise<BlobEnd>>()
  /** Where else in the target a blob can be mounted from. ECR mounts one only when a manifest there refers to it. */
  const mountable = new Map<Digest, RepositoryName>()

  const bring = (blob: Blob, here: Place, there: Place): Promise<BlobEnd> => {
    const key = `${there.repository}@${blob.digest}`
    const same = underWay.get(key)
    if (same) return same.then((end) => (end === 'sent' || end === 'mounted' ? 'standing' : end))
    const twin = source.origin === target.origin ? here.repository : mountable.get(blob.digest)
    const work = lane(() => copyBlob(blob, here, there, twin))
    underWay.set(key, work)
    const ended = (): boolean => underWay.delete(key)
    work.then(ended, ended)
    return work
  }

  const copyManifest = async (digest: Digest, here: Place, there: Place, tally: Tally, wrote: () => void): Promise<void> => {
    // Side by side: what is copied was not found by its tag, so that it hardly ever stands there.
    const reading = readManifest(digest, here)
    reading.catch(() => undefined)
    if (await standsThere(digest, there)) return
    const manifest = await reading
    const { children, blobs } = manifest.references
    await mapLimit(children, 4, (child) => copyManifest(child, here, there, tally, wrote))
    await mapLimit(blobs, blobsAtOnce, async (blob) => {
      const end = await bring(blob, here, there)
      if (end === 'standing') return
      wrote()
      if (end === 'mounted') tally.mounted += 1
      else {
        tally.sent += 1
        tally.bytes += blob.size
      }
    })
    await putManifest(manifest, there)
    wrote()
    for (const blob of blobs) mountable.set(blob.digest, there.repository)
  }

  return {
    async copy(digest, repository, into, wrote) {
      const tally: Tally = { sent: 0, bytes: 0, mounted: 0 }
      try {
        await copyManifest(digest, { registry: source, repository }, { registry: target, repository: into }, tally, wrote)
        return tally
      } catch (error) {
        if (error instanceof RegistryTrouble) throw failed(error, `${repository}@${digest}`, from.name, to.name)
        throw error
      }
    },
  }
}

interface Tally {
  sent: number
  bytes: number
  mounted: number
}

interface Manifest {
  readonly digest: Digest
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly references: NonNullable<ReturnType<typeof referencesOf>>
}

const accept = manifestTypes.join(', ')

/** A registry takes a manifest only when all that it refers to is there: one that stands is whole. */
async function standsThere(digest: Digest, { registry, repository }: Place): Promise<boolean> {
  const head: Question = { method: 'HEAD', to: `/v2/${repository}/manifests/${digest}`, headers: { accept }, about: `the manifest ${digest}` }
  const response = await registry.ask(head)
  if (response.status !== 200 && response.status !== 404) throw await registry.trouble(head, response)
  await response.bytes()
  return response.status === 200
}

async function readManifest(digest: Digest, { registry, repository }: Place): Promise<Manifest> {
  const about = `the manifest ${digest}`
  const get: Question = { method: 'GET', to: `/v2/${repository}/manifests/${digest}`, headers: { accept }, about }
  const response = await registry.ask(get)
  if (response.status !== 200) throw await registry.trouble(get, response)
  const bytes = await response.bytes()
  const found = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (found !== digest) throw new RegistryTrouble('wrong-content', registry.name, about, `what it gives under this digest is ${found}`)
  const references = referencesOf(Buffer.from(bytes).toString())
  const mediaType = response.headers['content-type']
  if (!references || mediaType === undefined) throw new RegistryTrouble('wrong-content', registry.name, about, `it is neither an image nor an index, but ${mediaType ?? 'of no type'}`)
  return { digest, bytes, mediaType, references }
}

async function putManifest({ digest, bytes, mediaType }: Manifest, { registry, repository }: Place): Promise<void> {
  const put: Question = { method: 'PUT', to: `/v2/${repository}/manifests/${digest}`, headers: { 'content-type': mediaType }, body: bytes, about: `the manifest ${digest}` }
  const response = await registry.ask(put)
  if (response.status !== 201) throw await registry.trouble(put, response)
  await response.bytes()
}

function failed({ kind, registry, about, message }: RegistryTrouble, image: string, from: string, to: string): Failed {
  const told = (code: FailureCode, next: string): Failed => new Failed({ code, what: `${image} could not be copied from ${from} to ${to}`, where: `${registry}, ${about}`, why: message, next })
  switch (kind) {
    case 'denied':
      return told('access-denied', `allow the identity that signed in to read images in ${from} and to push them in ${to}`)
    case 'repository-missing':
      return told('repository-missing', 'create the repository with your infrastructure code, or set create-repository: true')
    case 'throttled':
      return told('throttled', 'run it again later: what was copied is not copied again')
    case 'unreachable':
      return told('unreachable', 'check what the runner\'s network lets through, then run it again: what was copied is not copied again')
    case 'wrong-content':
      return told('copy-failed', 'look at the image in the registry that it was read from, and build it again with reuse: false where it is damaged')
    case 'refused':
      return told('copy-failed', `run it again: what was copied is not copied again; if it stays so, look at the lifecycle rules and the settings of the repository in ${registry}`)
  }
}
