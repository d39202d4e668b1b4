import { expect, test } from '@jest/globals'
import { builds, healthy, leavesImages, restartsOnly, succeeds, synced, writesNothing, type Promised, type Seen } from '../src/promises.ts'
import { failedJob, runOf, running, seenOf, workload } from './support/seen.ts'

const both = ['cart', 'web']
const pushed = [{ server: 'ecr', reads: 2, writes: 1, wrote: ['ecr:PutImage ×1'] }, { server: 'registry', reads: 0, writes: 4, wrote: ['registry:PUT manifest ×4'] }]
const cartBuilt: Partial<Seen> = { told: [{ service: 'cart', digest: '', reused: false }, { service: 'web', digest: '', reused: true }], grown: ['shop/cart'], counts: pushed }
const cartRestarted: Partial<Seen> = { after: [workload('cart', { pods: ['cart-c', 'cart-d'], generation: 2, revision: '2' }), workload('web')] }

const kept: [string, Promised, Partial<Seen>][] = [
  ['a run that succeeds', succeeds, {}],
  ['nothing built', builds([]), {}],
  ['one service built', builds(['cart']), cartBuilt],
  ['no write', writesNothing, {}],
  ['no write on the images', leavesImages, {}],
  ['both healthy', healthy('staging', both), {}],
  ['configuration there', synced('staging', both), {}],
  ['no pod touched', restartsOnly('staging', [], both), {}],
  ['one service restarted', restartsOnly('staging', ['cart'], ['web']), cartRestarted],
  ['services that are new', restartsOnly('staging', both, []), { before: [] }],
]

test.each(kept)('kept: %s', (_, promised, seen) => {
  expect(promised.find(seenOf(seen)).kept).toBe(true)
})

const broken: [string, Promised, Partial<Seen>, string][] = [
  ['a run that fails', succeeds, { run: runOf({ conclusion: 'failure', jobs: [failedJob('Build', 'no')] }) }, 'Build failed'],
  ['a build too many', builds([]), cartBuilt, 'the run built cart and reused web; new images in shop/cart; 4 writes on the registry'],
  ['a build too few', builds(both), cartBuilt, 'the run built cart and reused web'],
  ['a build that the run does not tell', builds([]), { grown: ['shop/cart'], counts: pushed }, 'the run built none and reused cart and web; new images in shop/cart'],
  ['a build that never reached the registry', builds(['cart']), { ...cartBuilt, grown: [], counts: [] }, 'new images in none; no write on the registry'],
  ['a run that hands no images over', builds([]), { told: undefined }, 'no job handed images over'],
  ['a write', writesNothing, { counts: pushed }, 'ecr 1 (ecr:PutImage ×1), registry 4 (registry:PUT manifest ×4)'],
  ['a tag', leavesImages, { counts: pushed }, '1 write on ECR, 4 writes on the registry'],
  ['a pod that is not there', healthy('staging', both), { after: [workload('cart', { available: 1 }), workload('web')] }, 'cart 2/2 pods, revision 1 healthy; web'],
  ['a record without a verdict', healthy('staging', both), { running: [running('cart', { verdict: 'pending' }), running('web')] }, 'cart 2/2 pods, revision 1 pending'],
  ['nothing there', healthy('staging', both), { after: [], running: [] }, 'nothing runs on staging'],
  ['a configuration object that is missing', synced('staging', both), { configuration: new Set(['staging/web-env-1', 'dev/cart-env-1']) }, 'missing: cart-env-1'],
  ['a service without configuration', synced('staging', both), { running: [running('cart', { configuration: [] }), running('web')] }, 'web-env-1'],
  ['a restart too many', restartsOnly('staging', [], both), cartRestarted, 'cart restarted (2 new pods), web untouched'],
  ['a container that crashed', restartsOnly('staging', [], both), { after: [workload('cart', { containerRestarts: 1 }), workload('web')] }, 'cart changed, web untouched'],
  ['another environment that moved', restartsOnly('staging', [], both), { after: [workload('cart'), workload('web'), workload('web', { place: 'dev' })] }, 'cart untouched, web untouched, dev/web new (2 new pods)'],
]

test.each(broken)('broken: %s', (_, promised, changes, seen) => {
  const finding = promised.find(seenOf(changes))
  expect(finding.kept).toBe(false)
  expect(finding.seen).toContain(seen)
})
