import * as v from 'valibot'
import type { Json } from '@slipway/release'
import { openHttp, type HttpResponse } from '@slipway/wire'
import { openBed } from '../real/bed/bed.ts'
import { busyboxImage } from '../real/bed/busybox.ts'
import { startControlPlane } from '../real/bed/kubernetes.ts'
import { eventually } from '../real/eventually.ts'
import { kubernetesContract } from './kubernetes.ts'
import { readersRights, speakTo, uidOf, type Served } from './kubernetes/server.ts'

const rangeSchema = v.object({ header: v.object({ revision: v.string() }) })

kubernetesContract('kube-apiserver', async () => {
  const bed = openBed()
  const { endpoint, ca, adminToken } = await startControlPlane(bed, { name: 'eu' })
  const etcd = `http://127.0.0.1:${await bed.port('eu-etcd')}`
  const served: Served = {
    endpoint,
    ca,
    administrator: { token: adminToken },
    reader: { token: adminToken, headers: { 'impersonate-user': 'contract-reader', 'impersonate-group': 'system:authenticated' } },
    container: (name, { says, exits }) => ({ name, image: busyboxImage, command: ['/bin/sh', '-c', [...says.map((line) => `echo '${line}'`), exits === undefined ? 'exec sleep 1000000' : `exit ${exits}`].join('; ')] }),
    overwhelm: () => overwhelm(served),
    async compact() {
      const { header } = v.parse(rangeSchema, await asked(`${etcd}/v3/kv/range`, { key: Buffer.from('none').toString('base64') }))
      await asked(`${etcd}/v3/kv/compaction`, { revision: header.revision })
    },
    close: () => Promise.resolve(),
  }
  const { cluster } = speakTo({ ...served })
  for (const object of readersRights) await cluster.apply(object, { manager: 'contract' })
  return served
})

/** Fewer than a client has connections. */
const mostHolding = 20
const flowControl = '/apis/flowcontrol.apiserver.k8s.io/v1'

/**
 * Gives the reader a lane of the server's own in which there is place for one request at a time, and takes that place with
 * one that does not end. API Priority and Fairness refuses the next ones.
 */
async function overwhelm(served: Served): Promise<() => Promise<void>> {
  const server = speakTo(served)
  const named = (kind: string, spec: Json): Json => ({ apiVersion: 'flowcontrol.apiserver.k8s.io/v1', kind, metadata: { name: 'contract-busy' }, spec })
  const lane = { type: 'Limited', limited: { nominalConcurrencyShares: 0, lendablePercent: 0, borrowingLimitPercent: 0, limitResponse: { type: 'Reject' } } }
  const rules = [{ subjects: [{ kind: 'User', user: { name: 'contract-reader' } }], resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], namespaces: ['*'] }] }]
  await server.send('POST', `${flowControl}/prioritylevelconfigurations`, named('PriorityLevelConfiguration', lane))
  await server.send('POST', `${flowControl}/flowschemas`, named('FlowSchema', { priorityLevelConfiguration: { name: 'contract-busy' }, matchingPrecedence: 100, rules }))
  const http = openHttp({ environment: {}, ...(served.ca === undefined ? {} : { ca: served.ca }) })
  const headers = { authorization: `Bearer ${served.reader.token}`, ...served.reader.headers }
  const path = `${served.endpoint}/api/v1/namespaces/contract/configmaps/none`
  const asReader = async (): Promise<HttpResponse> => {
    const answer = await http.request({ method: 'GET', url: path, headers })
    await answer.bytes()
    return answer
  }
  // A request that came before the server heeds the lane would hold a place in another one; one in a full lane, none.
  const laneUid = uidOf((await server.send('GET', `${flowControl}/prioritylevelconfigurations/contract-busy`)).body)
  await eventually('the reader has an empty lane', async () => {
    const { status, headers: told } = await asReader()
    return status === 404 && told['x-kubernetes-pf-prioritylevel-uid'] === laneUid
  })
  const relieved = Promise.withResolvers<Uint8Array>()
  const endless = async (): Promise<void> => {
    const body = (async function* () {
      yield Buffer.from(' ')
      yield await relieved.promise
    })()
    const answer = await http.request({ method: 'PATCH', url: path, headers: { ...headers, 'content-type': 'application/merge-patch+json', 'content-length': '3' }, body, timeoutMs: 90_000 })
    await answer.bytes()
  }
  // One may be refused itself, or not be counted yet: more are sent until there is no place left.
  const holding: Promise<void>[] = []
  await eventually('the lane is full', async () => {
    if ((await asReader()).status === 429) return true
    if (holding.length < mostHolding) holding.push(endless().catch(() => undefined))
    return false
  })
  return async () => {
    relieved.resolve(Buffer.from('{}'))
    await Promise.all(holding)
    await server.send('DELETE', `${flowControl}/flowschemas/contract-busy`)
    await server.send('DELETE', `${flowControl}/prioritylevelconfigurations/contract-busy`)
    await http.close()
  }
}

/** etcd's answer, by its JSON gateway. */
async function asked(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`etcd: ${await response.text()}`)
  return response.json()
}
