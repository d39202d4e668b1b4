import * as v from 'valibot'
import { openBed } from '../real/bed/bed.ts'
import { startControlPlane } from '../real/bed/kubernetes.ts'
import { kubernetesContract } from './kubernetes.ts'
import { readersRights, speakTo, type Served } from './kubernetes/server.ts'

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

/** etcd's answer, by its JSON gateway. */
async function asked(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`etcd: ${await response.text()}`)
  return response.json()
}
