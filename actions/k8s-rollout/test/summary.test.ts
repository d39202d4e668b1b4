import { expect, test } from '@jest/globals'
import type { ServiceResult, TargetResult } from '@slipway/delivery'
import { summaryOf, type Told } from '../src/summary.ts'

const base = { service: 'cart', sequence: 4, seconds: 14.2, wrote: true }
const replaced: ServiceResult['replaced'] = {
  sequence: 3,
  at: '2026-11-21T10:00:00Z',
  source: { repository: 'acme/shop', commit: '1a2b3c4d5e', ref: 'refs/heads/feature-a', run: 'https://github.example/runs/1', actor: 'alice' },
}

const eu = { name: 'eu', region: 'eu-west-1', cluster: 'nonprod', namespace: 'staging', recordNamespace: 'slipway' }

function summary(service: ServiceResult, outcome: Told['result']['outcome']): string {
  return summaryOfTargets([{ target: 'eu', services: [service] }], outcome)
}

function summaryOfTargets(results: readonly TargetResult[], outcome: Told['result']['outcome']): string {
  const settings = { targets: results.map(({ target: name }) => ({ ...eu, name })), until: 'deployed' }
  // Only what a summary reads of settings is there.
  const told: unknown = { result: { outcome, targets: results, wanted: new Map() }, settings, milliseconds: 15_000, nowMs: Date.parse('2026-11-21T10:03:00Z'), timeline: [] }
  return summaryOf(isTold(told) ? told : never())
}

function isTold(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && 'settings' in value
}

function never(): never {
  throw new Error('what is told is no object')
}

test('a failure leads with one sentence: what failed, why, what is back and what to do', () => {
  const text = summary(
    {
      ...base,
      status: 'rolled-back',
      replaced,
      restored: { sequence: 5, from: 3 },
      failure: { code: 'container-crashed', what: 'cart did not become healthy in eu', where: 'Pod cart-1, container cart', why: 'it ended 3 times, with exit code 3', next: 'mend it, and deploy again' },
      evidence: { events: [], log: { pod: 'cart-1', container: 'cart', previous: true, isWhole: true, lines: ['```', '::error::forged', '<img src=x>'] }, probe: undefined, node: undefined },
    },
    'rolled-back',
  )
  const [heading, , sentence] = text.split('\n')
  expect(heading).toBe('### Rollout: rolled-back, 1 service in staging of nonprod, 15.0 s')
  expect(sentence).toBe(
    '**cart did not become healthy in eu:** it ended 3 times, with exit code 3 (Pod cart-1, container cart). The last good content, that of revision 3, is back as revision 5. **Next:** mend it, and deploy again. <code>container-crashed</code>',
  )
  expect(text).toContain('failed; revision 3 is back')
  // A fence that is longer than any inside holds the log.
  expect(text).toMatch(/````text\n```\n: :error::forged\n<img src=x>\n````/)
})

test('a plan lists the objects of others: whose they are, what would change and what would go', () => {
  const owners = [{ manager: 'kubectl-client-side-apply', operation: 'Update', fields: 12 }]
  const adoption = [
    { object: 'Deployment cart', owners, changes: ['.spec.replicas'], goes: ['.spec.template.spec.containers[name="cart"].env'] },
    { object: 'Service cart', owners, changes: [], goes: [], refused: 'Argo CD reconciles it (application shop)' },
  ]
  const text = summary({ ...base, wrote: false, status: 'planned', adoption }, 'planned')
  expect(text).toContain('| cart: Deployment cart | kubectl-client-side-apply &#40;Update, 12 fields&#41; | <code>.spec.replicas</code> | <code>.spec.template.spec.containers')
  expect(text).toContain('cannot be taken over: Argo CD reconciles it &#40;application shop&#41;')
})

test('it says whose work was replaced, and how old that was', () => {
  expect(summary({ ...base, status: 'healthy', replaced }, 'changed')).toContain('revision 3: feature-a at <code>1a2b3c4</code> by alice, 3 min ago')
})

test('what was let in unproven is said, with the reason', () => {
  const settings = { targets: [eu], until: 'deployed' }
  const told: unknown = { result: { outcome: 'changed', targets: [{ target: 'eu', services: [{ ...base, status: 'healthy' }] }], wanted: new Map([['eu', [{ service: 'cart', images: {}, unproven: 'staging is <down>' }]]]) }, settings, milliseconds: 15_000, nowMs: 0, timeline: [] }
  expect(summaryOf(isTold(told) ? told : never())).toContain('- **cart was let in unproven**: staging is &lt;down&gt;')
})

test('of several targets the headline says what became of each, and the table has them', () => {
  const text = summaryOfTargets(
    [
      { target: 'eu', services: [{ ...base, status: 'healthy' }, { ...base, service: 'web', status: 'unchanged' }] },
      { target: 'us', services: [{ ...base, status: 'rolled-back' }, { ...base, service: 'web', status: 'unchanged' }] },
    ],
    'partial',
  )
  expect(text.split('\n')[0]).toBe('### Rollout: partial: healthy in eu, rolled back in us; 2 services, 15.0 s')
  expect(text).toContain('| Target | Service | Result |')
  expect(text).toContain('| us | cart | rolled-back |')
})

test('targets of which all became the same are named together', () => {
  const same = (target: string): TargetResult => ({ target, services: [{ ...base, status: 'healthy' }] })
  expect(summaryOfTargets([same('eu'), same('us')], 'changed').split('\n')[0]).toBe('### Rollout: changed, 1 service in eu and us, 15.0 s')
})
