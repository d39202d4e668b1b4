import { expect, test } from '@jest/globals'
import type { Cluster } from '@slipway/kubernetes'
import type { JsonObject } from '@slipway/release'
import { deploymentReads } from '../src/deployment-reads.ts'

const names = Array.from({ length: 8 }, (_, index) => `web-${index}`)

/** A namespace with the Deployments web-0 to web-5, and one of somebody else. */
function place(): { cluster: Pick<Cluster, 'get' | 'list'>; asked: string[] } {
  const asked: string[] = []
  const live = new Map([...names.slice(0, 6), 'other'].map((name): [string, JsonObject] => [name, { metadata: { name } }]))
  return {
    asked,
    cluster: {
      get({ name }) {
        asked.push(`GET ${name}`)
        return Promise.resolve(live.get(name))
      },
      list({ kind, namespace = '' }) {
        asked.push(`LIST ${kind} in ${namespace}`)
        return Promise.resolve({ items: [...live.values()], resourceVersion: '1' })
      },
    },
  }
}

test('many that are asked for at once are read by one list, each as its own; one that is not there is undefined', async () => {
  const { cluster, asked } = place()
  const read = deploymentReads(cluster, 'shop')
  const found = await Promise.all(names.map((name) => read(name)))
  expect(found).toEqual(names.map((name, index) => (index < 6 ? { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } } : undefined)))
  expect(asked).toEqual(['LIST Deployment in shop'])
})

test('few are read each by itself, and later ones anew', async () => {
  const { cluster, asked } = place()
  const read = deploymentReads(cluster, 'shop')
  await Promise.all(['web-0', 'web-1'].map((name) => read(name)))
  await read('web-0')
  expect(asked).toEqual(['GET web-0', 'GET web-1', 'GET web-0'])
})

test('what is asked for while a list is under way is not told from it', async () => {
  const { cluster, asked } = place()
  let later: Promise<unknown> | undefined
  const read = deploymentReads({
    ...cluster,
    list(selection) {
      later ??= read('web-1')
      return cluster.list(selection)
    },
  }, 'shop')
  await Promise.all(names.map((name) => read(name)))
  await later
  expect(asked).toEqual(['LIST Deployment in shop', 'GET web-1'])
})
