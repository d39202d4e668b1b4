import { describe, expect, test } from '@jest/globals'
import { accepted, basic, blobs, codeOf, digestOf, finishing, imageOf, indexOf, manifests, types, uploads, type OpenRegistry } from './served.ts'

/**
 * What of the distribution protocol Slipway, its tests and BuildKit rest on. Registries differ, each within its rights,
 * and no client of ours may mind: whether layers are given away or redirected to, whether a push makes a repository (ECR
 * does not), whether a layer can be mounted that no manifest refers to (ECR does not), and what they answer to a manifest
 * that is not asked for by its type.
 */
export function protocol(opened: () => OpenRegistry): void {
  describe('signing in', () => {
    test('is asked for by a challenge, and is by password', async () => {
      const { here, send } = opened()
      const asked = async (authorization: string): Promise<number> => (await send('GET', '/v2/', { headers: { authorization } })).status
      const stranger = await send('GET', '/v2/', { headers: { authorization: '' } })
      expect([stranger.status, stranger.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Basic realm="[^"]+"/)])
      expect([await asked(basic({ ...here, password: 'guess' })), await asked(basic(here))]).toEqual([401, 200])
    })
  })

  describe('a layer', () => {
    test('is taken in one piece, and given back', async () => {
      const { send, repository: fresh } = opened()
      const repository = fresh()
      const digest = digestOf('layer')
      const begun = await send('POST', uploads(repository))
      expect([begun.status, begun.headers]).toEqual([202, expect.objectContaining({ range: '0-0', 'docker-upload-uuid': expect.stringMatching(/./) })])
      const taken = await send('PUT', finishing(begun.headers['location'], digest), { body: 'layer' })
      expect([taken.status, taken.headers['docker-content-digest'], taken.headers['location']]).toEqual([201, digest, expect.stringMatching(new RegExp(`${blobs(repository, digest)}$`))])
      const head = await send('HEAD', blobs(repository, digest))
      expect([head.status, head.headers['content-length'], head.headers['docker-content-digest']]).toEqual([200, '5', digest])
      expect((await send('GET', blobs(repository, digest))).text).toBe('layer')
    })

    test('is taken in pieces, each at the address that came with the one before', async () => {
      const { send, repository: fresh } = opened()
      const repository = fresh()
      let { headers } = await send('POST', uploads(repository))
      for (const [piece, from, to] of [['lay', 0, 2], ['er', 3, 4]] as const) {
        const answer = await send('PATCH', headers['location'] ?? '', { body: piece, headers: { 'content-type': 'application/octet-stream', 'content-range': `${from}-${to}` } })
        expect([answer.status, answer.headers['range']]).toEqual([202, `0-${to}`])
        headers = answer.headers
        const asked = await send('GET', headers['location'] ?? '')
        expect([asked.status, asked.headers['range'], asked.text]).toEqual([204, `0-${to}`, ''])
      }
      const finish = finishing(headers['location'], digestOf('layer'))
      expect((await send('PUT', finish)).status).toBe(201)
      expect((await send('GET', blobs(repository, digestOf('layer')))).text).toBe('layer')
      expect(codeOf(await send('PUT', finish))).toEqual([404, 'BLOB_UPLOAD_UNKNOWN'])
    })

    test('is not kept when its sending is called off', async () => {
      const { send, repository: fresh } = opened()
      const repository = fresh()
      const { headers } = await send('POST', uploads(repository))
      const { headers: { location = '' } } = await send('PATCH', headers['location'] ?? '', { body: 'layer' })
      expect((await send('DELETE', location)).status).toBe(204)
      expect(codeOf(await send('PUT', finishing(location, digestOf('layer'))))).toEqual([404, 'BLOB_UPLOAD_UNKNOWN'])
      expect((await send('HEAD', blobs(repository, digestOf('layer')))).status).toBe(404)
    })

    test('that is not what its digest says is refused, and not kept', async () => {
      const { send, repository: fresh } = opened()
      const repository = fresh()
      for (const digest of [digestOf('other'), '']) {
        const { headers } = await send('POST', uploads(repository))
        expect(codeOf(await send('PUT', finishing(headers['location'], digest), { body: 'layer' }))).toEqual([400, 'DIGEST_INVALID'])
      }
      for (const content of ['layer', 'other']) expect((await send('HEAD', blobs(repository, digestOf(content)))).status).toBe(404)
    })

    test('is given in part to who goes on with a broken download', async () => {
      const { send, putBlob, repository: fresh } = opened()
      const repository = fresh()
      await putBlob(repository, 'layer')
      for (const [range, part, told] of [['bytes=1-3', 'aye', 'bytes 1-3/5'], ['bytes=3-', 'er', 'bytes 3-4/5']] as const) {
        const answer = await send('GET', blobs(repository, digestOf('layer')), { headers: { range } })
        expect([answer.status, answer.text, answer.headers['content-range']]).toEqual([206, part, told])
      }
    })

    test('is mounted from a repository where an image refers to it', async () => {
      const { send, putImage, repository: fresh } = opened()
      const [from, to] = [fresh(), fresh()]
      await putImage(from, ['layer'])
      const digest = digestOf('layer')
      const mounted = await send('POST', uploads(to, `?mount=${digest}&from=${encodeURIComponent(from)}`))
      expect([mounted.status, mounted.headers['docker-content-digest']]).toEqual([201, digest])
      expect((await send('GET', blobs(to, digest))).text).toBe('layer')
    })

    test('that cannot be mounted is waited for instead', async () => {
      const { send, repository: fresh } = opened()
      const [from, to] = [fresh(), fresh()]
      const digest = digestOf('layer')
      const begun = await send('POST', uploads(to, `?mount=${digest}&from=${encodeURIComponent(from)}`))
      expect(begun.status).toBe(202)
      expect((await send('PUT', finishing(begun.headers['location'], digest), { body: 'layer' })).status).toBe(201)
    })

    test('that is not there is not found', async () => {
      const { send, repository: fresh } = opened()
      const path = blobs(fresh(), digestOf('none'))
      expect(codeOf(await send('GET', path))).toEqual([404, 'BLOB_UNKNOWN'])
      expect((await send('HEAD', path)).status).toBe(404)
    })
  })

  describe('a manifest', () => {
    test('is given byte for byte by tag and by digest, as its type', async () => {
      const { send, putImage, putIndex, repository: fresh } = opened()
      const repository = fresh()
      const image = await putImage(repository, ['layer'], 'v1')
      const index = await putIndex(repository, [image], 'v2')
      for (const [reference, digest, type] of [['v1', image, types.image], [image, image, types.image], ['v2', index, types.index], [index, index, types.index]] as const) {
        const got = await send('GET', manifests(repository, reference), { headers: accepted })
        expect([got.status, digestOf(got.text), got.headers]).toEqual([200, digest, expect.objectContaining({ 'content-type': type, 'docker-content-digest': digest })])
        const head = await send('HEAD', manifests(repository, reference), { headers: accepted })
        expect([head.status, head.text, head.headers]).toEqual([200, '', expect.objectContaining({ 'content-type': type, 'docker-content-digest': digest, 'content-length': String(got.text.length) })])
      }
    })

    test('takes its tag along, and is put again without harm', async () => {
      const { send, putImage, repository: fresh } = opened()
      const repository = fresh()
      const told = async (): Promise<string | undefined> => (await send('HEAD', manifests(repository, 'v1'), { headers: accepted })).headers['docker-content-digest']
      const [first, second] = [await putImage(repository, ['one'], 'v1'), await putImage(repository, ['two'])]
      expect(await told()).toBe(first)
      await putImage(repository, ['two'], 'v1')
      expect(await told()).toBe(second)
      const again = await send('PUT', manifests(repository, 'v1'), { body: imageOf(['two']).manifest, headers: { 'content-type': types.image } })
      expect([again.status, again.headers['docker-content-digest'], await told()]).toEqual([201, second, second])
    })

    test('that is not there is not found', async () => {
      const { send, putImage, repository: fresh } = opened()
      const repository = fresh()
      await putImage(repository, ['layer'], 'v1')
      for (const reference of ['v2', digestOf('none')]) {
        expect(codeOf(await send('GET', manifests(repository, reference), { headers: accepted }))).toEqual([404, 'MANIFEST_UNKNOWN'])
        expect((await send('HEAD', manifests(repository, reference), { headers: accepted })).status).toBe(404)
      }
    })

    test('is taken only when all that it refers to is there', async () => {
      const { send, putBlob, repository: fresh } = opened()
      const repository = fresh()
      const { config, manifest } = imageOf(['layer'])
      await putBlob(repository, config)
      for (const [type, body] of [[types.image, manifest], [types.index, indexOf([{ digest: digestOf(manifest), size: manifest.length }])]] as const) {
        expect(codeOf(await send('PUT', manifests(repository, 'v1'), { body, headers: { 'content-type': type } }))).toEqual([400, 'MANIFEST_BLOB_UNKNOWN'])
      }
      expect((await send('HEAD', manifests(repository, 'v1'), { headers: accepted })).status).toBe(404)
    })

    test.each([
      ['of another type than it says', types.index, imageOf(['layer']).manifest],
      ['of a type that is none', 'text/plain', imageOf(['layer']).manifest],
      ['that is no JSON', types.image, '{"schemaVersion":'],
    ])('%s is invalid', async (_, type, body) => {
      const { send, putImage, repository: fresh } = opened()
      const repository = fresh()
      await putImage(repository, ['layer'])
      expect(codeOf(await send('PUT', manifests(repository, 'v1'), { body, headers: { 'content-type': type } }))).toEqual([400, 'MANIFEST_INVALID'])
    })

    test('is refused under the digest of another', async () => {
      const { send, putImage, repository: fresh } = opened()
      const repository = fresh()
      await putImage(repository, ['layer'])
      expect(codeOf(await send('PUT', manifests(repository, digestOf('other')), { body: imageOf(['layer']).manifest, headers: { 'content-type': types.image } }))).toEqual([400, 'DIGEST_INVALID'])
    })
  })
}
