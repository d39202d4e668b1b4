import { expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import fc from 'fast-check'
import {
  decodeBlocks,
  decodeConfiguration,
  decodeImages,
  decodeRecord,
  decodeReleases,
  decodeSource,
  digestRule,
  encodeBlocks,
  encodeConfiguration,
  encodeImages,
  encodeRecord,
  encodeReleases,
  isJson,
  regionRule,
  repositoryRule,
  serviceRule,
  tagRule,
  targetRule,
  type NameRule,
} from '../src/index.ts'

function named<Name extends string>({ is }: NameRule<Name>, pattern: RegExp): fc.Arbitrary<Name> {
  return fc.stringMatching(pattern).filter(is)
}

const service = named(serviceRule, /^[a-z][a-z0-9-]{0,12}[a-z0-9]$/)
const target = named(targetRule, /^[a-z][a-z0-9-]{0,12}[a-z0-9]$/)
const digest = named(digestRule, /^sha256:[0-9a-f]{64}$/)
const repository = named(repositoryRule, /^[a-z]{1,6}\/[a-z0-9]{1,6}$/)
const text = fc.string({ maxLength: 20, unit: 'grapheme' })
const image = fc.record({
  repository,
  regions: fc.array(named(regionRule, /^[a-z]{2}-[a-z]{4}-[1-9]$/), { minLength: 1, maxLength: 2 }),
  digest,
  platforms: fc.dictionary(fc.constantFrom('linux/amd64', 'linux/arm64'), digest),
  tags: fc.array(named(tagRule, /^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/), { maxLength: 3 }),
  sourceKey: text,
  reused: fc.boolean(),
  reason: text,
})
const object = fc.record({ kind: fc.constantFrom('ConfigMap' as const, 'Secret' as const), name: text, checksum: text, changed: fc.boolean() })
const release = fc.record({ sequence: fc.integer({ min: 1, max: 1e9 }), status: fc.constantFrom('healthy' as const, 'unchanged' as const), seconds: fc.integer({ min: 0, max: 1e6 }) })
const mapOf = <Key, Value>(key: fc.Arbitrary<Key>, value: fc.Arbitrary<Value>): fc.Arbitrary<Map<Key, Value>> => fc.array(fc.tuple(key, value), { maxLength: 3 }).map((entries) => new Map(entries))
const source = fc.record({ repository: text, commit: text, ref: text, run: text, actor: text })
const record = fc.record({
  sequence: fc.integer({ min: 1, max: 1e9 }),
  service: text,
  release: text,
  participants: fc.array(fc.record({ target: text, namespace: text, service: text }), { maxLength: 2 }),
  revision: fc.record({ images: fc.dictionary(repository, digest, { noNullPrototype: true }), configuration: fc.constant({}), manifests: fc.array(fc.dictionary(text.filter((key) => key !== '__proto__'), text, { noNullPrototype: true }), { maxLength: 3 }) }),
  source,
  startedAt: text,
})
const block = fc.record({ release: text, fingerprint: text, images: fc.dictionary(repository, digest, { noNullPrototype: true }), configuration: fc.dictionary(service, text, { noNullPrototype: true }), commit: text, reason: text, actor: text, run: text, at: text })

test('whatever is handed over comes back as it was', () => {
  fc.assert(
    fc.property(mapOf(service, image), mapOf(target, mapOf(service, object)), mapOf(target, mapOf(service, release)), (images, configuration, releases) => {
      expect(decodeImages(encodeImages(images))).toEqual(images)
      expect(decodeConfiguration(encodeConfiguration(configuration))).toEqual(configuration)
      expect(decodeReleases(encodeReleases(releases))).toEqual(releases)
    }),
  )
})

test('whatever a record or a block says comes back as it was', () => {
  fc.assert(
    fc.property(record, fc.array(block, { maxLength: 2 }), (one, blocks) => {
      const stored: unknown = JSON.parse(JSON.stringify(encodeRecord(one)))
      expect(isJson(stored) && decodeRecord(stored, 'staging.cart.v1')).toEqual(one)
      expect(decodeBlocks(JSON.parse(JSON.stringify(encodeBlocks(blocks))))).toEqual(blocks)
    }),
  )
})

test('no text from outside makes a handover or a record crash: it is told', () => {
  const shaped = fc.oneof(fc.json({ maxDepth: 5 }), fc.string({ unit: 'binary' }), fc.json().map((inner) => `{"version":1,"images":${inner},"config":${inner},"releases":${inner}}`), fc.json().map((inner) => `{"schema":1,"sequence":1,"revision":${inner},"source":${inner}}`))
  fc.assert(
    fc.property(shaped, (given) => {
      for (const decode of [decodeImages, decodeConfiguration, decodeReleases]) expectFailed(() => decode(given))
      const value = parsed(given)
      expectFailed(() => decodeRecord(isJson(value) ? value : null, 'staging.cart.v1'))
      expect([typeof decodeBlocks(value), typeof decodeSource(value)]).toEqual([expect.stringMatching(/undefined|object/), 'object'])
    }),
    { numRuns: 300 },
  )
})

test('a text that nests without an end is told, and so is a value that holds itself', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  for (const decode of [decodeImages, decodeConfiguration, decodeReleases]) expect(() => decode(`{"version":1,"images":${deep},"config":${deep},"releases":${deep}}`)).toThrow(Failed)
  const round: unknown[] = []
  round.push(round)
  expect([isJson(JSON.parse(deep)), isJson(round), isJson([[[1]]])]).toEqual([false, false, true])
})

function expectFailed(decode: () => unknown): void {
  try {
    decode()
  } catch (error) {
    expect(error).toBeInstanceOf(Failed)
  }
}

function parsed(given: string): unknown {
  try {
    return JSON.parse(given)
  } catch {
    return undefined
  }
}
