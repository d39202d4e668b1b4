import { expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import {
  decodeConfiguration,
  decodeConfigurationCommit,
  decodeImages,
  decodeReleases,
  digestRule,
  encodeConfiguration,
  encodeImages,
  encodeReleases,
  regionRule,
  repositoryRule,
  serviceRule,
  tagRule,
  targetRule,
  type BuiltImage,
  type NameRule,
} from '../src/index.ts'

function name<T extends string>(rule: NameRule<T>, text: string): T {
  if (!rule.is(text)) throw new Error(`${text} is not ${rule.rule}`)
  return text
}

const digest = name(digestRule, `sha256:${'a'.repeat(64)}`)
const cart: BuiltImage = {
  repository: name(repositoryRule, 'shop/cart'),
  regions: [name(regionRule, 'eu-west-1')],
  digest,
  platforms: { 'linux/amd64': digest },
  tags: [name(tagRule, 'staging-main')],
  sourceKey: 'k',
  reused: true,
  reason: 'the content key stands',
}

test('images, configuration and releases come back as they were handed over', () => {
  const service = name(serviceRule, 'cart')
  const target = name(targetRule, 'eu')
  const images = new Map([[service, cart]])
  const configuration = new Map([[target, new Map([
    ['cart-env', { kind: 'ConfigMap', name: 'cart-env-1', checksum: 'c', changed: true } as const],
    ['cart-db', { kind: 'Secret', name: 'cart-db', checksum: 'c', changed: true, kept: 'cart-db-1', source: 's' } as const],
  ])]])
  const releases = new Map([[target, new Map([[service, { sequence: 3, status: 'healthy', seconds: 4.2 } as const]])]])
  expect(decodeImages(encodeImages(images))).toEqual(images)
  expect(decodeConfiguration(encodeConfiguration(configuration))).toEqual(configuration)
  expect(decodeConfigurationCommit(encodeConfiguration(configuration))).toBeUndefined()
  expect(decodeConfigurationCommit(encodeConfiguration(configuration, 'c'.repeat(40)))).toBe('c'.repeat(40))
  expect(() => decodeConfiguration(encodeConfiguration(configuration, 'main'))).toThrow(/commit: must be the hash of a commit/)
  expect(decodeReleases(encodeReleases(releases))).toEqual(releases)
})

test.each(['', '  \n'])('a handover that is given but blank (%j) names the dropped output as the likely cause', (text) => {
  expect(() => decodeImages(text)).toThrow(/masked string.*handover-invalid/s)
})

test.each(['{', '[]', '{"version":2,"images":{}}', `{"version":1,"images":{"cart":{"digest":"latest"}}}`])('%s is refused as a handover', (text) => {
  expect(() => decodeImages(text)).toThrow(Failed)
})

test.each([
  ['config: {', /the input "images" is not what ecr-build-push writes: it is no JSON\. Pass the whole output/],
  ['{"version":1,"images":***}', /it is no JSON; it holds \*\*\*, which stands where the runner has hidden a masked string/],
])('%s is told to be no JSON, with the mask where it holds one', (text, words) => {
  expect(() => decodeImages(text)).toThrow(words)
})

test('what a hostile handover says is told inertly', () => {
  expect(() => decodeImages('{"version":"::error::##[x]","images":{}}')).toThrow(/## \[x\]/)
})
