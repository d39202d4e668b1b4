import { randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { openCopier, openRegistries, parseImageName, type Copied, type RegistryEnd } from '@slipway/images'
import type { Digest, RepositoryName } from '@slipway/release'
import { systemClock } from '@slipway/wire'
import { accepted, basic, blobs, digestOf, imageOf, manifests, uploads, type OpenRegistry } from './served.ts'

const { signal } = new AbortController()

/** What our own clients do with a registry. */
export function clients(opened: () => OpenRegistry): void {
  describe('the resolver of base images', () => {
    const resolved = (reference: string, login: { username: string; password: string } | undefined = opened().here): Promise<Digest> => {
      const { http, here } = opened()
      const name = parseImageName(`${new URL(here.url).host}/${reference}`)
      if (name === undefined) throw new Error(reference)
      return openRegistries({ http, clock: systemClock, random: () => 0, signal, credentials: () => Promise.resolve(login) }).digest(name)
    }

    test('finds the digest of an image and of an index', async () => {
      const { putImage, putIndex, repository: fresh } = opened()
      const repository = fresh()
      const image = await putImage(repository, ['layer'], 'v1')
      const index = await putIndex(repository, [image], 'v2')
      expect([await resolved(`${repository}:v1`), await resolved(`${repository}:v2`)]).toEqual([image, index])
    })

    test('tells a tag that is not there', async () => {
      const repository = opened().repository()
      await expect(resolved(`${repository}:v1`)).rejects.toMatchObject({ failures: [{ code: 'base-unresolved', why: expect.stringMatching(new RegExp(`has no ${repository}:v1$`)) }] })
    })

    test('tells a password that is not taken', async () => {
      const repository = opened().repository()
      const refused = { failures: [{ code: 'base-unresolved', why: expect.stringMatching(/refuses to show it \(401\)$/) }] }
      await expect(resolved(`${repository}:v1`, { ...opened().here, password: 'guess' })).rejects.toMatchObject(refused)
    })
  })

  describe('the copier', () => {
    const copied = async (digest: Digest, from: RepositoryName, to: RepositoryName, ends: readonly [RegistryEnd, RegistryEnd] = [opened().here, opened().there]): Promise<Copied & { writes: number }> => {
      let writes = 0
      const copier = openCopier(...ends, { http: opened().http, clock: systemClock, random: () => 0, signal, onWait: () => undefined })
      const tally = await copier.copy(digest, from, to, () => {
        writes += 1
      })
      return { ...tally, writes }
    }
    const read = async (end: RegistryEnd, path: string): Promise<Digest> => {
      const response = await opened().http.request({ method: 'GET', url: `${end.url}${path}`, headers: { ...accepted, authorization: basic(end) } })
      expect(response.status).toBe(200)
      return digestOf(await response.bytes())
    }

    test('brings an index with its images to another registry, each layer once, and nothing the second time', async () => {
      const { there, putImage, putIndex, repository: fresh } = opened()
      const [from, to] = [fresh(), fresh()]
      const images = [await putImage(from, ['shared', 'one']), await putImage(from, ['shared', 'two'])]
      const index = await putIndex(from, images, 'v1')
      const bytes = [imageOf(['shared', 'one']).config, imageOf(['shared', 'two']).config, 'shared', 'one', 'two'].reduce((sum, { length }) => sum + length, 0)
      expect(await copied(index, from, to)).toMatchObject({ sent: 5, bytes, mounted: 0 })
      for (const digest of [index, ...images]) expect(await read(there, manifests(to, digest))).toBe(digest)
      expect(await copied(index, from, to)).toEqual({ sent: 0, bytes: 0, mounted: 0, writes: 0 })
    })

    test('passes a layer of many pieces through as it is', async () => {
      const { there, putImage, repository: fresh } = opened()
      const [from, to] = [fresh(), fresh()]
      const layer = randomBytes(3_000_000)
      const image = await putImage(from, [layer])
      const { config } = imageOf([layer])
      expect(await copied(image, from, to)).toEqual({ sent: 2, bytes: layer.length + config.length, mounted: 0, writes: 3 })
      const { status, headers } = await opened().http.request({ method: 'HEAD', url: `${there.url}${blobs(to, digestOf(layer))}`, headers: { authorization: basic(there) } })
      expect([status, headers['content-length']]).toEqual([200, String(layer.length)])
    })

    test('mounts within a registry, and sends nothing', async () => {
      const { here, putImage, repository: fresh } = opened()
      const [from, to] = [fresh(), fresh()]
      const image = await putImage(from, ['layer'])
      expect(await copied(image, from, to, [here, here])).toEqual({ sent: 0, bytes: 0, mounted: 2, writes: 3 })
      expect(await read(here, manifests(to, image))).toBe(image)
    })

    test('goes on where a copy was cut off', async () => {
      const { here, there, http, putImage, repository: fresh } = opened()
      const [from, to] = [fresh(), fresh()]
      const image = await putImage(from, ['one', 'two'])
      const begun = await http.request({ method: 'POST', url: `${there.url}${uploads(to)}`, headers: { authorization: basic(there) } })
      const address = new URL(begun.headers['location'] ?? '', there.url)
      address.searchParams.set('digest', digestOf('one'))
      expect((await http.request({ method: 'PUT', url: address.href, headers: { authorization: basic(there) }, body: 'one' })).status).toBe(201)
      expect(await copied(image, from, to, [here, there])).toMatchObject({ sent: 2, mounted: 0 })
    })

    test('tells a password that is not taken, on either side', async () => {
      const { here, there, putImage, repository: fresh } = opened()
      const [from, to] = [fresh(), fresh()]
      const image = await putImage(from, ['layer'])
      const ends = [[{ ...here, password: 'guess' }, there], [here, { ...there, password: 'guess' }]] as const
      for (const pair of ends) await expect(copied(image, from, to, pair)).rejects.toMatchObject({ failures: [{ code: 'access-denied', why: expect.stringMatching(/^it answers 401 to /) }] })
    })

    test('tells an image that is not there', async () => {
      const [from, to] = [opened().repository(), opened().repository()]
      await expect(copied(digestOf('none'), from, to)).rejects.toMatchObject({ failures: [{ code: 'copy-failed', why: expect.stringMatching(/^it answers 404 to GET: MANIFEST_UNKNOWN/) }] })
    })
  })
}
