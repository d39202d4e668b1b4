import { expect, test } from '@jest/globals'
import type { Promised, Seen } from '../src/promises.ts'
import { blocked, failsWith, leavesUndecided, lists, logWithoutSecrets, namesTheBlock, putBack, settles, startsNoBuild, undone, verdictWithin, waitsForTheDead } from '../src/troubles.ts'
import { failedJob, jobOf, revision, runOf, seenOf, workload } from './support/seen.ts'

const say = (...texts: [atMs: number, text: string][]): Seen['moments'] => texts.map(([atMs, text]) => ({ atMs, service: 'cart', text }))
const stepOf = (...lines: string[]) => jobOf('Deploy', { steps: [{ name: 'Roll out', conclusion: 'failure', milliseconds: 0, lines }] })
const red = (message: string): Partial<Seen> => ({ run: runOf({ conclusion: 'failure', jobs: [failedJob('Deploy', message)] }) })

const password = 'p4ss/word+of-the-db'
const logged = (...lines: string[]): Partial<Seen> => ({ hidden: [password], run: runOf({ jobs: [stepOf(...lines)] }), moments: say(...lines.map((line, at): [number, string] => [at, line])) })

const before = { revisionsBefore: [revision('cart', { number: 2 }), revision('cart')] }
const failed = revision('cart', { number: 3, verdict: 'failed', images: ['shop/cart@sha256:3'] })
const back = revision('cart', { number: 4, restores: 2 })
const putBackSeen: Partial<Seen> = { ...before, revisions: [back, failed, ...before.revisionsBefore], after: [workload('cart', { generation: 4, revision: '4' })] }

const block = { actor: 'bob', at: '2026-01-05T10:00:00Z', reason: 'wrong prices' }
const bad = revision('cart', { number: 2, images: ['shop/cart@sha256:2'], configuration: ['cart-env-2'] })
const undoneSeen: Partial<Seen> = { revisionsBefore: [bad, revision('cart')], revisions: [revision('cart', { number: 3, restores: 1 }), { ...bad, block }, revision('cart')] }

const left = revision('cart', { number: 2, verdict: 'pending', run: 'https://github.com/acme/shop/actions/runs/7' })
const diedSeen: Partial<Seen> = { run: runOf({ id: '7', conclusion: 'failure', jobs: [failedJob('Deploy', 'The runner was killed: nothing of this job ran after that')] }), revisions: [left, revision('cart')], locks: new Map([['staging.cart', 'https://github.com/acme/shop/actions/runs/7/1']]) }
const waited = (ms: number, run = left.run): Partial<Seen> => ({ revisionsBefore: [left], moments: say([100, `waiting for the lock: ${run} holds it`], [100 + ms, `revision 2 was left without a verdict by ${run}: it is followed first`]) })
const settledSeen: Partial<Seen> = { revisionsBefore: [left, revision('cart')], revisions: [{ ...left, verdict: 'healthy' }, revision('cart')] }

const rows = ['2         acme/shop#7.1  2026-01-05T09:00:00Z  alice, main at c0ffee0  healthy  by bob: wrong prices  images: shop/cart', '1 (runs)  acme/shop#6.1  2026-01-05T09:00:00Z  alice, main at c0ffee0  healthy']
const listed = (...lines: string[]): Partial<Seen> => ({ run: runOf({ jobs: [stepOf(...lines)] }), revisions: [revision('cart', { number: 2, block }), revision('cart')] })

const kept: [string, Promised, Partial<Seen>][] = [
  ['a run that fails for the reason', failsWith('container-crashed'), red('cart did not become healthy. [container-crashed]')],
  ['a quick verdict', verdictWithin('cart', 10, 10), { moments: say([1000, 'written: revision 3, generation 3'], [2800, 'revision 3 failed after 1.8 s: it crashed']) }],
  ['a log whose password is blotted out', logWithoutSecrets(/connecting/), logged('  connecting to ***', '  TypeError')],
  ['what ran before is back', putBack('staging', 'cart'), putBackSeen],
  ['a rollback of both', undone('staging', 'cart'), undoneSeen],
  ['a block', blocked('staging', 'cart', 'bob', 'wrong prices'), undoneSeen],
  ['a refusal that names the block', namesTheBlock('staging', 'cart'), { ...undoneSeen, ...red('this is blocked: bob undid it at 2026-01-05T10:00:00Z: wrong prices [blocked]') }],
  ['no build at all', startsNoBuild, { told: undefined, run: runOf({ jobs: [jobOf('deploy / build', { conclusion: 'skipped' })] }) }],
  ['a dead run', leavesUndecided('staging', 'cart'), diedSeen],
  ['a wait for a dead run', waitsForTheDead('cart'), waited(15_000)],
  ['what was left has its verdict', settles('staging', 'cart'), settledSeen],
  ['a whole list', lists('staging'), listed(...rows)],
]

test.each(kept)('kept: %s', (_, promised, seen) => {
  expect(promised.find(seenOf(seen)).kept).toBe(true)
})

const broken: [string, Promised, Partial<Seen>, string][] = [
  ['a run that is green', failsWith('blocked'), {}, 'the run ended with success, no other error'],
  ['a run that fails for another reason', failsWith('blocked'), red('the token has expired [credentials-refused]'), 'the run ended with failure, 1 other error'],
  ['a late verdict', verdictWithin('cart', 10, 10), { moments: say([0, 'written: revision 3'], [10_500, 'revision 3 failed after 10.5 s']) }, '10.5 s; with real pods 1 min 45 s at most'],
  ['no verdict', verdictWithin('cart', 10, 10), { moments: say([0, 'written: revision 3']) }, 'no verdict'],
  ['a password in the log', logWithoutSecrets(/connecting/), logged('connecting to ***', `again with ${password}`), 'they are in 1 of 3 lines'],
  ['a password as a URL holds it', logWithoutSecrets(/connecting/), logged('connecting to ***', encodeURIComponent(password)), 'they are in 1 of'],
  ['a password in base64', logWithoutSecrets(/connecting/), logged('connecting to ***', Buffer.from(password).toString('base64')), 'they are in 1 of'],
  ['a log that is not shown', logWithoutSecrets(/connecting/), logged('TypeError'), 'no log line'],
  ['a log line without the place of the password', logWithoutSecrets(/connecting/), logged('connecting'), 'a log line in which nothing is hidden'],
  ['other content than before', putBack('staging', 'cart'), { ...putBackSeen, revisions: [{ ...back, configuration: ['cart-env-9'] }, failed, ...before.revisionsBefore] }, 'revision 4 of cart healthy with the content of 2'],
  ['a pod that went away', putBack('staging', 'cart'), { ...putBackSeen, after: [workload('cart', { pods: ['cart-a', 'cart-z'] })] }, '1 of 2 pods stayed'],
  ['nothing put back', putBack('staging', 'cart'), { ...before, revisions: [failed, ...before.revisionsBefore] }, 'revision 2 of cart healthy, revision 3 of cart failed'],
  ['a rollback of the image alone', undone('staging', 'cart'), { ...undoneSeen, revisions: [revision('cart', { number: 3, restores: 1, configuration: ['cart-env-2'] }), bad, revision('cart')] }, 'cart-env-2 → cart-env-2'],
  ['no rollback', undone('staging', 'cart'), { ...undoneSeen, revisions: [bad, revision('cart')] }, 'revision 2 of cart healthy, which puts nothing back'],
  ['no block', blocked('staging', 'cart', 'bob', 'wrong prices'), { ...undoneSeen, revisions: [bad] }, 'no block'],
  ['a block by somebody else', blocked('staging', 'cart', 'alice', 'wrong prices'), undoneSeen, 'by bob'],
  ['a refusal that does not say why', namesTheBlock('staging', 'cart'), { ...undoneSeen, ...red('this is blocked: bob undid it at 2026-01-05T10:00:00Z [blocked]') }, 'bob, 2026-01-05T10:00:00Z, wrong prices'],
  ['a build that ran', startsNoBuild, { told: undefined, run: runOf({ jobs: [jobOf('deploy / build')] }) }, 'none skipped'],
  ['a dead run whose lock is free', leavesUndecided('staging', 'cart'), { ...diedSeen, locks: new Map() }, 'revision 2 of cart pending; the lock is free'],
  ['a run that fails by itself', leavesUndecided('staging', 'cart'), { ...diedSeen, ...red('cancelled') }, 'revision 2 of cart pending'],
  ['a lock taken at once', waitsForTheDead('cart'), waited(900), '0.9 s'],
  ['a wait that names another run', waitsForTheDead('cart'), waited(15_000, 'https://github.com/acme/shop/actions/runs/8'), '15.0 s'],
  ['no wait', waitsForTheDead('cart'), { revisionsBefore: [left] }, 'it did not wait'],
  ['what is still undecided', settles('staging', 'cart'), { ...settledSeen, revisions: [left, revision('cart')] }, 'revision 2 of cart pending'],
  ['what was written again', settles('staging', 'cart'), { ...settledSeen, revisions: [revision('cart', { number: 3 }), { ...left, verdict: 'healthy' }, revision('cart')] }, 'a newer one came'],
  ['a lock that stays', settles('staging', 'cart'), { ...settledSeen, locks: new Map([['staging.cart', 'x']]) }, '1 lock held'],
  ['a revision that is not listed', lists('staging'), listed(...rows.slice(1)), 'missing: revision 2 of cart healthy'],
  ['a block that is not listed', lists('staging'), listed(...rows.map((row) => row.replace('by bob: wrong prices', ''))), 'missing: revision 2 of cart healthy'],
]

test.each(broken)('broken: %s', (_, promised, changes, seen) => {
  const finding = promised.find(seenOf(changes))
  expect(finding.kept).toBe(false)
  expect(finding.seen).toContain(seen)
})
