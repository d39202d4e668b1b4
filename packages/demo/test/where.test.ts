import { expect, test } from '@jest/globals'
import { revisionsIn } from '../src/records.ts'
import { shortImage } from '../src/short-image.ts'
import { whatRunsIn } from '../src/where.ts'
import { differences, workloadsOf, type Workload } from '../src/workloads.ts'
import { inCluster, only, record, roll } from './support/cluster.ts'

test('what runs is told from the workload and the record that it names', () =>
  inCluster(async (cluster) => {
    record(cluster, 'staging', 'cart', 2, ['cart-env-0123456789'])
    const { metadata } = record(cluster, 'staging', 'cart', 3, ['cart-env-9876543210', 'cart-db-1111111111'])
    await roll(cluster, 'staging', 'cart', '3')
    expect(whatRunsIn(only(cluster), revisionsIn(only(cluster)))).toEqual([
      { place: 'staging', service: 'cart', revision: '3', verdict: 'healthy', versions: ['v1.4.0'], image: 'base/node:24', pods: '2/2', configuration: ['cart-db-1111111111', 'cart-env-9876543210'], commit: 'c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe', actor: 'alice', since: metadata.creationTimestamp },
    ])
  }))

test('a workload without a record is told with what is known of it', () =>
  inCluster(async (cluster) => {
    await roll(cluster, 'dev', 'web', '7')
    expect(whatRunsIn(only(cluster), revisionsIn(only(cluster)))).toMatchObject([{ place: 'dev', service: 'web', revision: '7', verdict: '', configuration: [], since: '' }])
  }))

test('an image is told without its host and with a short digest', () => {
  expect(shortImage(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/cart@sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('shop/cart@sha256:0123456789ab')
  expect(shortImage('shop/cart')).toBe('shop/cart')
})

const changed = (before: Workload[], after: Workload[]) => differences(before, after, 'staging').map(({ service, kind, newPods }) => [service, kind, newPods])

test('a service is new, then untouched, then restarted when its template changes, and the others are untouched', () =>
  inCluster(async (cluster) => {
    const nothing = workloadsOf(only(cluster))
    await Promise.all([roll(cluster, 'staging', 'cart', '1'), roll(cluster, 'staging', 'web', '1')])
    const first = workloadsOf(only(cluster))
    await roll(cluster, 'staging', 'cart', '2', 'debug')
    const second = workloadsOf(only(cluster))
    expect(changed(nothing, first)).toEqual([['cart', 'new', 2], ['web', 'new', 2]])
    expect(changed(first, first)).toEqual([['cart', 'untouched', 0], ['web', 'untouched', 0]])
    expect(changed(first, second)).toEqual([['cart', 'restarted', 2], ['web', 'untouched', 0]])
    expect(changed(first, nothing)).toEqual([['cart', 'gone', 0], ['web', 'gone', 0]])
  }))

test('a service that only got another revision is changed, not untouched', () =>
  inCluster(async (cluster) => {
    await roll(cluster, 'staging', 'cart', '1')
    const first = workloadsOf(only(cluster))
    await roll(cluster, 'staging', 'cart', '2')
    expect(changed(first, workloadsOf(only(cluster)))).toEqual([['cart', 'changed', 0]])
  }))
