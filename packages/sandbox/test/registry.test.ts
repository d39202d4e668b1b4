import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { describe, expect, test } from '@jest/globals'
import type { Sandbox } from '@slipway/sandbox'
import { createHash } from 'node:crypto'
import { HOST, REGION, client, inCloud, member } from './support/cloud.ts'

const repositories = [{ region: REGION, name: 'shop/cart' }, { region: REGION, name: 'shop/fixed', mutability: 'IMMUTABLE' as const }]
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** Speaks to the registry with a password of GetAuthorizationToken. */
async function signedIn(sandbox: Sandbox): Promise<(method: string, path: string, body?: string, headers?: Record<string, string>) => Promise<Response>> {
  const { authorizationData } = await new ECRClient(client(sandbox)).send(new GetAuthorizationTokenCommand({}))
  const authorization = `Basic ${authorizationData?.[0]?.authorizationToken ?? ''}`
  const url = authorizationData?.[0]?.proxyEndpoint ?? ''
  return (method, path, body, headers = {}) => fetch(new URL(path, url), { method, headers: { authorization, ...headers }, ...(body === undefined ? {} : { body }) })
}

describe('the registry', () => {
  test('asks for Basic credentials and takes only passwords that ECR gave', () =>
    inCloud({ repositories }, async (sandbox) => {
      const url = `${sandbox.registries.get(REGION) ?? ''}/v2/`
      const stranger = await fetch(url)
      expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, `Basic realm="${HOST}",service="ecr.amazonaws.com"`])
      expect((await fetch(url, { headers: { authorization: `Basic ${Buffer.from('AWS:guess').toString('base64')}` } })).status).toBe(401)
      expect((await (await signedIn(sandbox))('GET', '/v2/')).status).toBe(200)
    }))

  test('takes an image in one piece and in chunks, and gives it back by tag and digest', () =>
    inCloud({ repositories }, async (sandbox) => {
      const send = await signedIn(sandbox)
      const whole = await send('POST', '/v2/shop/cart/blobs/uploads/')
      expect((await send('PUT', `${whole.headers.get('location') ?? ''}?digest=${digestOf('{}')}`, '{}')).status).toBe(201)
      const chunked = (await send('POST', '/v2/shop/cart/blobs/uploads/')).headers.get('location') ?? ''
      expect((await send('PATCH', chunked, 'lay')).headers.get('range')).toBe('0-2')
      await send('PATCH', chunked, 'er')
      expect((await send('PUT', `${chunked}?digest=${digestOf('layer')}`)).status).toBe(201)
      expect((await send('HEAD', `/v2/shop/cart/blobs/${digestOf('layer')}`)).headers.get('content-length')).toBe('5')

      const manifest = JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config: { digest: digestOf('{}') }, layers: [{ digest: digestOf('layer') }] })
      expect((await send('PUT', '/v2/shop/cart/manifests/v1', manifest, { 'content-type': MANIFEST })).status).toBe(201)
      for (const reference of ['v1', digestOf(manifest)]) {
        const found = await send('GET', `/v2/shop/cart/manifests/${reference}`)
        expect([await found.text(), found.headers.get('content-type'), found.headers.get('docker-content-digest')]).toEqual([manifest, MANIFEST, digestOf(manifest)])
      }
      expect(sandbox.ledger.exchanges.filter(({ write }) => write).at(-1)).toMatchObject({ server: 'registry', operation: 'registry:PUT manifest', status: 201 })
    }))

  test('mounts a blob of another repository', () =>
    inCloud({ repositories }, async (sandbox) => {
      sandbox.images.seedImage({ region: REGION, repository: 'base', tag: 'v1', files: { a: 'a' } })
      const digest = [...(sandbox.images.repository(REGION, 'base')?.blobs.keys() ?? [])][0] ?? ''
      const send = await signedIn(sandbox)
      expect((await send('POST', `/v2/shop/cart/blobs/uploads/?mount=${digest}&from=base`)).status).toBe(201)
      expect((await send('POST', `/v2/shop/cart/blobs/uploads/?mount=${digestOf('other')}&from=base`)).status).toBe(202)
    }))

  test('mounts nothing that no manifest refers to, as ECR does not', () =>
    inCloud({ repositories }, async (sandbox) => {
      sandbox.images.createRepository(REGION, 'base').blobs.set(digestOf('layer'), Buffer.from('layer'))
      const send = await signedIn(sandbox)
      expect((await send('POST', `/v2/shop/cart/blobs/uploads/?mount=${digestOf('layer')}&from=base`)).status).toBe(202)
    }))

  test('keeps its layers elsewhere, where a request with credentials is refused', () =>
    inCloud({ repositories }, async (sandbox) => {
      sandbox.images.repository(REGION, 'shop/cart')?.blobs.set(digestOf('layer'), Buffer.from('layer'))
      const send = await signedIn(sandbox)
      const authorization = `Basic ${(await new ECRClient(client(sandbox)).send(new GetAuthorizationTokenCommand({}))).authorizationData?.[0]?.authorizationToken ?? ''}`
      const answer = await fetch(new URL(`/v2/shop/cart/blobs/${digestOf('layer')}`, sandbox.registries.get(REGION)), { headers: { authorization }, redirect: 'manual' })
      const location = answer.headers.get('location') ?? ''
      expect([answer.status, new URL(location).origin === sandbox.registries.get(REGION)]).toEqual([307, false])
      expect([(await fetch(location, { headers: { authorization } })).status, (await fetch(location.replace(/=.*/, '=guess'))).status, await (await fetch(location)).text()]).toEqual([400, 403, 'layer'])
      expect(await (await send('GET', `/v2/shop/cart/blobs/${digestOf('layer')}`)).text()).toBe('layer')
    }))

  test('refuses a manifest of another type than it says, and one of no manifest\'s type', () =>
    inCloud({ repositories }, async (sandbox) => {
      const send = await signedIn(sandbox)
      for (const [said, sent] of [[MANIFEST, MANIFEST.replace('manifest', 'index')], ['text/plain', 'text/plain']] as const) {
        const answer = await send('PUT', '/v2/shop/cart/manifests/v1', JSON.stringify({ schemaVersion: 2, mediaType: said, config: { digest: digestOf('{}') }, layers: [] }), { 'content-type': sent })
        expect([answer.status, member(await answer.json(), 'errors', 0, 'code')]).toEqual([400, 'MANIFEST_INVALID'])
      }
    }))

  test('refuses content that is not what its digest says', () =>
    inCloud({ repositories }, async (sandbox) => {
      const send = await signedIn(sandbox)
      const upload = (await send('POST', '/v2/shop/cart/blobs/uploads/')).headers.get('location') ?? ''
      const answer = await send('PUT', `${upload}?digest=${digestOf('a')}`, 'b')
      expect([answer.status, member(await answer.json(), 'errors', 0, 'code')]).toEqual([400, 'DIGEST_INVALID'])
    }))

  test('creates no repository on a push, and moves no immutable tag', () =>
    inCloud({ repositories }, async (sandbox) => {
      const send = await signedIn(sandbox)
      const unknown = await send('POST', '/v2/shop/new/blobs/uploads/')
      expect([unknown.status, member(await unknown.json(), 'errors', 0, 'code')]).toEqual([404, 'NAME_UNKNOWN'])
      sandbox.images.seedImage({ region: REGION, repository: 'shop/fixed', tag: 'v1', files: { a: 'a' } })
      const moved = await send('PUT', '/v2/shop/fixed/manifests/v1', '{"schemaVersion":2}', { 'content-type': MANIFEST })
      expect([moved.status, member(await moved.json(), 'errors', 0, 'code')]).toEqual([400, 'TAG_INVALID'])
    }))

  test('tells a kubelet the platforms and labels of an image, and what is missing', () =>
    inCloud({ repositories }, (sandbox) => {
      const digest = sandbox.images.seedImage({ region: REGION, repository: 'shop/cart', tag: 'v1', files: {}, platform: 'linux/arm64', config: { Labels: { life: 'short' } } })
      const found = { platforms: ['linux/arm64'], labels: { life: 'short' } }
      expect(sandbox.images.findImage(`${HOST}/shop/cart:v1`)).toEqual(found)
      expect(sandbox.images.findImage(`${HOST}/shop/cart@${digest}`)).toEqual(found)
      expect(sandbox.images.findImage(`${HOST}/shop/cart:v2`)).toBeUndefined()
      expect(sandbox.images.findImage(`${HOST}/shop/basket:v1`)).toBe('repository-missing')
      return Promise.resolve()
    }))
})
