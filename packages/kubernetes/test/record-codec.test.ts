import { expect, test } from '@jest/globals'
import type { ReleaseRecord } from '@slipway/release'
import { Failed } from '@slipway/report'
import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { packRecord, unpackRecord } from '../src/record-codec.ts'

const holding = (text: string): ReleaseRecord => ({
  sequence: 7,
  service: 'cart',
  release: 'r1',
  participants: [{ target: 'eu', namespace: 'staging', service: 'cart' }],
  revision: { images: {}, configuration: {}, manifests: [{ apiVersion: 'v1', kind: 'ConfigMap', data: { text } }] },
  source: { repository: 'acme/shop', commit: 'c0ffee', ref: 'refs/heads/main', run: 'u', actor: 'alice' },
  startedAt: '2026-11-21T00:00:00.000Z',
})

test('a record is unpacked as it was packed, and packed alike each time', () => {
  const record = holding('hello')
  expect(unpackRecord(packRecord(record), 'staging.cart.v7')).toEqual(record)
  expect(packRecord(holding('hello'))).toBe(packRecord(record))
})

test('a record over 900 KiB is refused with its size and the remedy, one that only looks large is not', () => {
  expect(() => packRecord(holding(randomBytes(700 * 1024).toString('base64')))).toThrow(/the release record of cart would have \d+\.\d KiB: .*900\.0 KiB.*`config`/s)
  expect(packRecord(holding('x'.repeat(4 * 1024 * 1024))).length).toBeLessThan(100 * 1024)
})

test('unpacking stops at 8 MiB', () => {
  const bomb = gzipSync(Buffer.alloc(9 * 1024 * 1024, ' ')).toString('base64')
  expect(() => unpackRecord(bomb, 'staging.cart.v7')).toThrow(/staging\.cart\.v7 cannot be unpacked/)
})

test.each(['', 'no gzip', gzipSync('no json').toString('base64'), gzipSync('[]').toString('base64')])('a damaged record is told by name (%#)', (packed) => {
  expect(() => unpackRecord(packed, 'staging.cart.v7')).toThrow(/staging\.cart\.v7/)
})

test('a record that nests without an end is told by name', () => {
  const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
  const whole = JSON.stringify({ ...holding('x'), schema: 1, revision: { images: {}, configuration: {}, manifests: [] } }).replace('"manifests":[]', `"manifests":[{"deep":${deep}}]`)
  for (const content of [deep, whole]) expect(() => unpackRecord(gzipSync(content).toString('base64'), 'staging.cart.v7')).toThrow(/staging\.cart\.v7/)
})

test('no bytes that somebody put in its place make a record crash', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)), fc.json().map((text) => gzipSync(text))), (bytes) => {
      expect(() => unpackRecord(bytes.toString('base64'), 'staging.cart.v7')).toThrow(Failed)
    }),
  )
})
