import { expect, test } from '@jest/globals'
import { decodeRecord, encodeRecord, fingerprint, fixedObject, isJson, type Json, type ReleaseRecord, type Revision } from '../src/index.ts'

const version = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'cart-db-0123456789',
    namespace: 'staging',
    uid: 'u',
    resourceVersion: '7',
    labels: { team: 'shop', 'slipway.dev/config': 'cart-db' },
    annotations: { 'slipway.dev/checksum': 'c', 'somebody.example/note': 'x' },
    managedFields: [],
  },
  immutable: true,
  type: 'kubernetes.io/tls',
  data: { a: 'eA==' },
}

test('the object of a fixed name has the labels, the checksum, the type and the values of a version, and nothing else of it', () => {
  expect(fixedObject(version, 'cart-db')).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cart-db', namespace: 'staging', labels: { team: 'shop', 'slipway.dev/config': 'cart-db' }, annotations: { 'slipway.dev/checksum': 'c' } },
    type: 'kubernetes.io/tls',
    data: { a: 'eA==' },
  })
})

const plain = { kind: 'Secret', name: 'cart-db', checksum: 'c' } as const
const revisionOf = (object: Revision['configuration'][string]): Revision => ({ images: {}, configuration: { 'cart-db': object }, manifests: [] })
const source = { repository: 'acme/shop', commit: 'c0ffee', ref: 'refs/heads/main', run: 'https://github.example/runs/1', actor: 'alice' }
const recordOf = (object: Revision['configuration'][string]): ReleaseRecord => ({ sequence: 1, service: 'cart', release: 'r', participants: [], revision: revisionOf(object), source, startedAt: '2026-01-01T00:00:00Z' })

test('a record keeps the copy and the source of an object, and one that was written without them is read', () => {
  const kept = { ...plain, kept: 'cart-db-0123456789', source: 's' }
  for (const object of [plain, kept]) {
    const stored: Json = encodeRecord(recordOf(object))
    expect(isJson(stored) && decodeRecord(stored, 'staging.cart.v1').revision.configuration['cart-db']).toEqual(object)
  }
})

test('the copy and the source are no part of the content that a fingerprint stands for', () => {
  expect(fingerprint(revisionOf({ ...plain, kept: 'cart-db-0123456789', source: 's' }))).toBe(fingerprint(revisionOf(plain)))
})
