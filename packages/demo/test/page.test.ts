import { expect, test } from '@jest/globals'
import type { Chapter } from '../src/chapter.ts'
import { pageOf, type PageContent } from '../src/page.ts'
import { places } from '../src/places.ts'
import type { Played } from '../src/play.ts'
import { revision, runOf, running } from './support/seen.ts'

const chapter: Chapter = { title: 'A click', text: '', promises: [] }
const played = (changes: Partial<Chapter>, conclusion: 'success' | 'failure', moments: Played['moments'] = []): Played => ({ chapter: { ...chapter, ...changes }, run: runOf({ conclusion }), counts: [], moments, findings: [] })
const pageWith = (changes: Partial<PageContent>): string => pageOf({ played: [], running: [], revisions: [], places: [], speed: 10, ...changes })

test.each([
  ['green', played({}, 'success'), '<span class="ending good">green</span>'],
  ['red and meant so', played({ isRed: true }, 'failure'), '<span class="ending bad">red, as it should be</span>'],
  ['red', played({}, 'failure'), '<span class="ending bad">red</span>'],
  ['green and not meant so', played({ isRed: true }, 'success'), '<span class="ending good">green, and should be red</span>'],
  ['killed', played({ isRed: true, diesAt: /written/ }, 'failure'), '<span class="ending killed">killed</span>'],
])('a run that is %s is seen so in the list of clicks and at its own heading', (_, one, ending) => {
  expect(pageWith({ played: [one] }).split(ending)).toHaveLength(3)
})

test('the time of each rollout stands in its run, and where the run ended before its verdict', () => {
  const page = pageWith({ played: [played({}, 'failure', [{ atMs: 250, service: 'cart', text: 'written: revision 5, generation 5' }])] })
  expect(page).toContain('cart <small>revision 5: the run ended before a verdict, 0.8 s</small>')
  expect(page).toContain('<span class="span left" style="margin-left: 25.00%; width: 75.00%" title="from 0.3 s to 1.0 s">')
  expect(pageWith({ played: [played({}, 'success')] })).not.toContain('class="timeline"')
})

test('every revision of a service is shown with its content, what became of it, and which one runs', () => {
  const block = { actor: 'bob', at: '2026-01-05T10:00:00Z', reason: '<b>wrong</b> prices' }
  const page = pageWith({ running: [running('cart', { revision: '3' })], revisions: [revision('cart', { number: 3, restores: 1 }), revision('cart', { number: 2, verdict: 'failed', versions: ['v1.4.0'] }), revision('cart', { block })] })
  expect(page).toContain('<h3>cart on staging</h3>')
  expect(page).toContain('<td>3 <strong>runs</strong></td><td><code>c0ffee0</code></td><td><span class="good">healthy</span>, back to 1</td>')
  expect(page).toContain('<tr class="failed"><td>2</td><td>v1.4.0, <code>c0ffee0</code></td><td><span class="bad">failed</span></td><td><code>shop/cart@sha256:1</code> </td><td><code>cart-env-1</code> </td>')
  expect(page).toContain('<span class="bad">blocked</span> by bob: &#60;b&#62;wrong&#60;/b&#62; prices')
  expect(page).not.toContain('<b>wrong')
})

test('services, environments and targets are one table, with what runs in each place and where nothing does', () => {
  const page = pageWith({ places, running: [running('cart', { versions: ['main', 'v1.0.0'], image: 'shop/cart@sha256:1', place: 'production/eu' }), running('cart', { place: 'staging', verdict: 'failed', commit: 'c0ffee0c0ffee' })] })
  expect(page).toContain('<tr><th rowspan="2">service</th><th colspan="1">dev</th><th colspan="1">integration</th><th colspan="1">staging</th><th colspan="1">demo</th><th colspan="2">production</th></tr>')
  expect(page).toContain('<td class="good"><strong>v1.0.0</strong> healthy<br><code>sha256:1</code><br>revision 1, 2/2 pods</td><td class="nothing">–</td></tr>')
  expect(page).toContain('<td class="bad"><strong>c0ffee0</strong> failed')
})
