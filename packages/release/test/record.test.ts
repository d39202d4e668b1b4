import { expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import { decodeRecord, digestRule, encodeRecord, fingerprint, isJson, type ReleaseRecord, type Revision } from '../src/index.ts'

const digest = `sha256:${'b'.repeat(64)}`
if (!digestRule.is(digest)) throw new Error('no digest')

const revision: Revision = {
  images: { 'shop/cart': digest },
  configuration: { 'cart-env': { kind: 'ConfigMap', name: 'cart-env-1', checksum: 'c' } },
  manifests: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart' } }],
}
const record: ReleaseRecord = {
  sequence: 7,
  service: 'cart',
  release: 'r1',
  participants: [{ target: 'eu', namespace: 'staging', service: 'cart' }],
  revision,
  source: { repository: 'acme/shop', commit: 'c0ffee', ref: 'refs/heads/main', run: 'u', actor: 'alice' },
  startedAt: '2026-11-21T00:00:00.000Z',
}

test('a record comes back as it was written', () => {
  const stored: unknown = JSON.parse(JSON.stringify(encodeRecord(record)))
  expect(isJson(stored) && decodeRecord(stored, 'staging.cart.v7')).toEqual(record)
})

test.each([{}, { ...encodeRecord(record), schema: 2 }, { ...encodeRecord(record), sequence: -1 }])('a record that was changed by hand is told, by name', (content) => {
  expect(() => decodeRecord(content, 'staging.cart.v7')).toThrow(/staging\.cart\.v7/)
  expect(() => decodeRecord(content, 'staging.cart.v7')).toThrow(Failed)
})

test('the fingerprint is of the content: the order of keys does not count, an image, a checksum or a manifest does', () => {
  const reordered: Revision = { ...revision, manifests: [{ metadata: { name: 'cart' }, kind: 'Service', apiVersion: 'v1' }] }
  expect(fingerprint(reordered)).toBe(fingerprint(revision))
  const other: Revision[] = [
    { ...revision, images: {} },
    { ...revision, manifests: [] },
    { ...revision, configuration: { 'cart-env': { kind: 'ConfigMap', name: 'cart-env-1', checksum: 'd' } } },
  ]
  expect(other.map(fingerprint)).not.toContain(fingerprint(revision))
})
