import { expect, test } from '@jest/globals'
import { heldLocks, revisionsIn } from '../src/records.ts'
import { block, inCluster, only, record } from './support/cluster.ts'

test('every revision is told from its record, the newest first, and the one that was undone with whom and why', () =>
  inCluster((cluster) => {
    record(cluster, 'staging', 'cart', 9, ['cart-env-1'])
    record(cluster, 'staging', 'cart', 10, ['cart-env-1'], { restores: 9 })
    record(cluster, 'dev', 'web', 1, [])
    block(cluster, 'staging', 'cart', 'acme/shop#9.1')
    const revisions = revisionsIn(only(cluster))
    expect(revisions.map(({ place, service, number, restores }) => [place, service, number, restores])).toEqual([
      ['dev', 'web', 1, 0],
      ['staging', 'cart', 10, 9],
      ['staging', 'cart', 9, 0],
    ])
    expect(revisions[2]).toMatchObject({ verdict: 'healthy', versions: ['v1.4.0'], images: ['shop/cart@sha256:abababababab'], configuration: ['cart-env-1'], actor: 'alice', run: 'https://github.com/acme/shop/actions/runs/9', block: { actor: 'bob', at: '2026-01-05T10:00:00Z', reason: 'wrong prices' } })
    expect(revisions[1]?.block).toBeUndefined()
    return Promise.resolve()
  }))

test('a lock that was given back is not held', () =>
  inCluster((cluster) => {
    const lease = (name: string, holderIdentity: string) => cluster.put({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace: 'slipway' }, spec: { holderIdentity } })
    lease('staging.cart', 'run 1')
    lease('staging.web', '')
    expect([...heldLocks(only(cluster))]).toEqual([['staging.cart', 'run 1']])
    return Promise.resolve()
  }))
