import { expect, test } from '@jest/globals'
import type { Promised, Seen } from '../src/promises.ts'
import { blocksEverywhere, follows, isTagged, startsProduction, takesWhatRuns, tellsPartial, versionsOf } from '../src/regions.ts'
import { jobOf, revision, runOf, running, seenOf } from './support/seen.ts'

const sha = '0123456789'
const [eu, us] = ['production/eu', 'production/us']
const at = (place: string, image = 'shop/cart@sha256:1', versions: string[] = ['v1.0.0']) => running('cart', { place, image, versions })
const promoted: Partial<Seen> = { running: [at('staging'), at(eu), at(us)], run: runOf({ jobs: [jobOf('deploy / build', { conclusion: 'skipped' }), jobOf('deploy / deploy')] }) }
const say = (...texts: [service: string, text: string][]): Partial<Seen> => ({ moments: texts.map(([service, text], index) => ({ atMs: index, service, text })) })
const written = 'written: revision 1, generation 1'
const well = 'healthy: revision 1, 2 pods'
const outcome = (text: string): Partial<Seen> => ({ run: runOf({ conclusion: 'failure', jobs: [jobOf('deploy / deploy', { outputs: { outcome: text } })] }) })
const block = { actor: 'bob', at: '2026-01-05T10:00:00Z', reason: 'no carts' }
const bad = (place: string) => revision('cart', { place, number: 2, versions: ['v1.1.0'], block })
const blocks = blocksEverywhere('cart', 'v1.1.0', [eu, us], 'bob', 'no carts')
const versions = versionsOf('cart', { [eu]: 'v1.1.0', [us]: 'v1.0.0' })

const kept: [string, Promised, Partial<Seen>][] = [
  ['a tag with its release', isTagged('v1.0.0'), { tags: new Map([['v1.0.0', sha]]), releases: ['v1.0.0'] }],
  ['a run that was asked for', startsProduction('v1.0.0'), { asked: [{ file: 'deploy-production.yml', branch: 'v1.0.0' }] }],
  ['the image of staging in both regions', takesWhatRuns('staging', [eu, us]), promoted],
  ['one region after the other', follows('us', 'eu'), say(['eu/cart', written], ['eu/web', written], ['eu/cart', well], ['eu/web', well], ['us/cart', written])],
  ['a partial outcome', tellsPartial, outcome('partial')],
  ['two versions', versions, { running: [at(eu, '', ['v1.1.0']), at(us)] }],
  ['a block in both regions', blocks, { revisions: [bad(eu), bad(us)] }],
]

test.each(kept)('kept: %s', (_, promised, seen) => {
  expect(promised.find(seenOf(seen)).kept).toBe(true)
})

const broken: [string, Promised, Partial<Seen>, string][] = [
  ['no tag', isTagged('v1.0.0'), {}, 'no tag'],
  ['a tag of another commit', isTagged('v1.0.0'), { tags: new Map([['v1.0.0', 'abcdef0123']]), releases: ['v1.0.0'] }, 'abcdef0, with a release'],
  ['a tag without a release', isTagged('v1.0.0'), { tags: new Map([['v1.0.0', sha]]) }, '0123456'],
  ['no run', startsProduction('v1.0.0'), {}, 'none'],
  ['two runs', startsProduction('v1.0.0'), { asked: ['v1.0.0', 'v1.0.0'].map((branch) => ({ file: 'deploy-production.yml', branch })) }, 'deploy-production.yml on v1.0.0 and deploy-production.yml on v1.0.0'],
  ['another image in a region', takesWhatRuns('staging', [eu, us]), { ...promoted, running: [at('staging'), at(eu), at(us, 'shop/cart@sha256:2')] }, 'other images in production/us/cart'],
  ['an image that runs nowhere yet', takesWhatRuns('staging', [eu, us]), { ...promoted, running: [at('staging'), at(eu)] }, 'other images in production/us/cart'],
  ['a build', takesWhatRuns('staging', [eu]), { ...promoted, run: runOf({ jobs: [jobOf('deploy / build')] }) }, 'a build ran'],
  ['a push', takesWhatRuns('staging', [eu]), { ...promoted, counts: [{ server: 'registry', reads: 0, writes: 1, wrote: [] }] }, '1 write on ECR'],
  ['both regions at once', follows('us', 'eu'), say(['eu/cart', written], ['us/cart', written], ['eu/cart', well], ['us/cart', well]), '1 service healthy in eu, and 1 service written in us'],
  ['a first region that is not healthy', follows('us', 'eu'), say(['eu/cart', written], ['eu/web', written], ['eu/cart', well], ['us/cart', written]), '1 service healthy in eu'],
  ['a region that nothing was written to', follows('us', 'eu'), say(['eu/cart', written], ['eu/cart', well]), 'no service written in us'],
  ['another outcome', tellsPartial, outcome('broken'), 'broken'],
  ['one version', versions, { running: [at(eu), at(us)] }, 'v1.0.0 in production/eu and v1.0.0 in production/us'],
  ['a block in one region', blocks, { revisions: [bad(eu), revision('cart', { place: us, versions: ['v1.1.0'] })] }, 'production/us without a block'],
]

test.each(broken)('broken: %s', (_, promised, changes, seen) => {
  const finding = promised.find(seenOf(changes))
  expect(finding.kept).toBe(false)
  expect(finding.seen).toContain(seen)
})
