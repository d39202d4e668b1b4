import { describe, expect, test } from '@jest/globals'
import { decodeImages, regionRule, repositoryRule, serviceRule, type BuiltImage } from '@slipway/release'
import type { RunResult } from '../src/result.ts'
import { outputsOf, summaryOf } from '../src/summary.ts'
import { digestOf, named, tag } from './world.ts'

const digest = digestOf('x')
const built = (reused: boolean): BuiltImage => ({ repository: named(repositoryRule, 'shop/cart'), regions: [named(regionRule, 'eu-west-1')], digest, platforms: { 'linux/amd64': digest }, tags: [tag('staging-main')], sourceKey: 'k', reused, reason: 'r' })
const cart = named(serviceRule, 'cart')
const web = named(serviceRule, 'web')

describe('the outputs', () => {
  test('name one service\'s image by itself', () => {
    expect(outputsOf({ outcome: 'unchanged', services: [{ service: cart, did: 'reused', reason: 'r', image: built(true) }], failures: [] })).toMatchObject({ image: `shop/cart@${digest}`, digest, reused: 'true', 'cache-hit-ratio': '' })
  })
  test('name several in the document that the next action reads', () => {
    const outputs = outputsOf({ outcome: 'changed', services: [{ service: cart, did: 'built', reason: 'r', image: built(false), hits: { steps: 4, cached: 1 } }, { service: web, did: 'reused', reason: 'r', image: built(true) }], failures: [] })
    expect(outputs).toMatchObject({ image: '', digest: '', reused: 'false', 'cache-hit-ratio': '0.25' })
    expect([...decodeImages(outputs['images'] ?? '').keys()]).toEqual(['cart', 'web'])
  })
  test('hold a document also where nothing was built', () => {
    expect(decodeImages(outputsOf({ outcome: 'unchanged', services: [], failures: [] })['images'] ?? '').size).toBe(0)
  })
})

test('the summary says at a glance what became of each service, and nothing from outside is markup', () => {
  const result: RunResult = {
    outcome: 'partial',
    services: [{ service: cart, did: 'built', reason: 'no image | <b>yet</b>', image: built(false), milliseconds: 4200 }, { service: web, did: 'failed', reason: 'exit code: 1' }],
    failures: [{ code: 'build-failed', what: 'the build of web failed', why: 'exit code: 1', next: 'read the lines' }],
  }
  expect(summaryOf(result).split('\n')).toEqual([
    '### Images: partial: 1 built, 1 failed',
    '',
    '| Service | Result | Digest | Tags | Time | Why |',
    '| --- | --- | --- | --- | --- | --- |',
    `| cart | built and pushed | <code>${digest.slice(0, 19)}</code> | <code>staging-main</code> | 4.2 s | no image &#124; &lt;b&gt;yet&lt;/b&gt; |`,
    '| web | **failed** |  |  |  | exit code: 1 |',
    '',
    '- **the build of web failed**: exit code: 1. Next: read the lines.',
    '',
  ])
})
