import { expect, test } from '@jest/globals'
import type { RecordHead } from '@slipway/release'
import { listingText } from '../src/listing-table.ts'

const head: RecordHead = {
  name: 'shop.cart.v4', service: 'cart', sequence: 4, verdict: 'healthy', fingerprint: 'f', release: 'acme/shop#9.1', versions: ['1.4.0'], sourceKeys: ['key'], createdAt: '2026-11-21T10:00:00Z', uid: 'u', resourceVersion: '1', restores: 2,
  source: { repository: 'acme/shop', commit: '1a2b3c4d5e', ref: 'refs/tags/v1.4.0', run: 'https://github.example/runs/9', actor: 'alice', unproven: 'staging is down\n::error::x' },
}

test('the list says of a revision that it was let in unproven, and why', () => {
  const text = listingText({ targets: new Map([['eu', [{ service: 'cart', older: 0, revisions: [{ head, isRunning: true }] }]]]), failures: new Map() })
  expect(text).toMatch(/healthy, back to 2, let in unproven: staging is down/)
  expect(text).not.toMatch(/^::/m)
})
