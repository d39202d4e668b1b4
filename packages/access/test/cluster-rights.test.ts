import { expect, test } from '@jest/globals'
import { openCluster } from '@slipway/kubernetes'
import { Ledger, startKubernetes } from '@slipway/sandbox'
import { openHttp, systemClock } from '@slipway/wire'
import { clusterPorts } from '../src/cluster-ports.ts'

test('rights that were asked for ahead are asked for once; a later wave asks for all anew', async () => {
  const ledger = new Ledger()
  const server = await startKubernetes({
    name: 'nonprod',
    ledger,
    namespaces: ['staging', 'slipway'],
    authenticate: () => ({ arn: 'arn:aws:iam::111122223333:role/deploy', username: 'deploy', groups: [] }),
    findImage: () => ({ platforms: ['linux/amd64'], labels: {} }),
    speed: 1,
  })
  const http = openHttp({ environment: {} })
  const cluster = openCluster({ name: 'nonprod', endpoint: server.url, http, clock: systemClock, random: () => 0, token: () => Promise.resolve({ token: 'good', expiresAtMs: Number.MAX_SAFE_INTEGER }) })
  const { rights } = clusterPorts({
    name: 'nonprod',
    cluster,
    images: { has: () => Promise.resolve(true) },
    namespace: 'staging',
    recordNamespace: 'slipway',
    holder: { identity: 'run', url: 'https://runs.invalid/1' },
    clock: systemClock,
    lockPatienceMs: 0,
  })
  const reviews = (): number => ledger.exchanges.filter(({ operation }) => operation === 'POST selfsubjectaccessreviews').length
  try {
    rights.ahead()
    const kinds = [{ apiVersion: 'v1', kind: 'Service' }]
    expect(await rights.missing(kinds)).toEqual([])
    const once = reviews()
    expect(once).toBeGreaterThan(0)
    expect(await rights.missing(kinds)).toEqual([])
    expect(reviews()).toBe(2 * once)
  } finally {
    await server.close()
    await http.close()
  }
})
