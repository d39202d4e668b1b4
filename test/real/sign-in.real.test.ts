import { expect, test } from '@jest/globals'
import { openTarget, type TargetAccess } from '@slipway/access'
import { eksToken, signIn } from '@slipway/aws'
import { openCluster } from '@slipway/kubernetes'
import { regionRule, type Region } from '@slipway/release'
import { openHttp, systemClock } from '@slipway/wire'
import { openBed } from './bed/bed.ts'
import { account, namespace, places, standing } from './bed/up-down.ts'

const { environment, clusters } = standing(openBed())
const { signal } = new AbortController()
const deployRole = `arn:aws:iam::${account}:role/slipway-${namespace}`

// The emulator looks at no token: whom a role trusts is tested on the sandbox.
const idToken = () => Promise.resolve(`e30.${Buffer.from(JSON.stringify({ sub: 'repo:acme/shop:environment:staging', aud: 'sts.amazonaws.com' })).toString('base64url')}.none`)
const own = { sessionName: 'slipway-42-1', idToken, environment, signal }

function region(name: 'eu' | 'us'): Region {
  const text = places[name].region
  if (!regionRule.is(text)) throw new Error(text)
  return text
}

async function inRegion<T>(name: 'eu' | 'us', use: (access: TargetAccess) => Promise<T>, role = deployRole): Promise<T> {
  const access = await openTarget({ region: region(name), cluster: places[name].cluster, role }, { ...own, clock: systemClock, onWait: () => undefined })
  try {
    return await use(access)
  } finally {
    await access.close()
  }
}

/** With a token that was made for one cluster, at the door of another. */
async function withTokenOf(cluster: string, at: 'eu' | 'us'): Promise<unknown> {
  const session = await signIn({ ...own, region: region(at), role: deployRole })
  const http = openHttp({ environment, ca: clusters[at].ca })
  try {
    const opened = openCluster({ name: at, endpoint: clusters[at].endpoint, http, clock: systemClock, random: Math.random, signal, token: () => eksToken(session, cluster) })
    return await opened.get({ apiVersion: 'v1', kind: 'Namespace', name: namespace })
  } finally {
    await http.close()
  }
}

test.each(['eu', 'us'] as const)('a role signs in to the cluster of %s with nothing but its presigned token', async (name) => {
  const found = await inRegion(name, ({ cluster }) => cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: namespace }))
  expect(found).toMatchObject({ kind: 'Namespace', metadata: { name: namespace } })
})

test('a deploy role may do what docs/rbac grants, and nothing else', async () => {
  const right = (verb: string, group: string, resource: string, where: string = namespace) => ({ verb, group, resource, namespace: where })
  const granted = [right('patch', 'apps', 'deployments'), right('watch', '', 'events'), right('create', '', 'secrets'), right('update', 'coordination.k8s.io', 'leases', 'slipway'), right('patch', '', 'configmaps', 'slipway')]
  const denied = [right('delete', 'apps', 'deployments'), right('create', '', 'pods'), right('get', '', 'secrets', 'slipway'), right('get', '', 'configmaps', 'kube-system'), right('patch', 'apps', 'deployments', 'default')]
  expect(await inRegion('eu', ({ cluster }) => cluster.canI([...granted, ...denied]))).toEqual([...granted.map(() => true), ...denied.map(() => false)])
})

test('a read-only role may read records and write none', async () => {
  const answers = await inRegion('eu', ({ cluster }) => cluster.canI(['list', 'get', 'create', 'patch'].map((verb) => ({ verb, group: '', resource: 'configmaps', namespace: 'slipway' }))), `arn:aws:iam::${account}:role/slipway-${namespace}-read`)
  expect(answers).toEqual([true, true, false, false])
})

test('a token that was made for another cluster is not taken', async () => {
  await expect(withTokenOf(places.us.cluster, 'eu')).rejects.toMatchObject({ failures: [{ code: 'access-denied', what: 'the API server of eu does not know who this run is' }] })
  expect(await withTokenOf(places.eu.cluster, 'eu')).toMatchObject({ kind: 'Namespace' })
})

test('a cluster that EKS does not know is told', async () => {
  await expect(openTarget({ region: region('eu'), cluster: 'gone', role: deployRole }, { ...own, clock: systemClock, onWait: () => undefined })).rejects.toMatchObject({ failures: [{ code: 'cluster-missing' }] })
})
