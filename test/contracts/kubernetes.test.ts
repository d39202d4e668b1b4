import { Ledger, startKubernetes } from '@slipway/sandbox'
import { kubernetesContract } from './kubernetes.ts'
import { readersRights } from './kubernetes/server.ts'

kubernetesContract('the sandbox\'s Kubernetes', async () => {
  const identities = new Map([
    ['administrator', { arn: 'arn:aws:iam::111122223333:role/admin', username: 'admin', groups: ['system:masters'] }],
    ['reader', { arn: 'arn:aws:iam::111122223333:role/reader', username: 'contract-reader', groups: ['system:authenticated'] }],
  ])
  const server = await startKubernetes({
    name: 'contract',
    ledger: new Ledger(),
    namespaces: [],
    authenticate: (token) => identities.get(token),
    findImage: () => ({ platforms: ['linux/amd64'], labels: {} }),
    rbac: readersRights.map((object) => ({ ...object })),
    speed: 20,
  })
  return {
    endpoint: server.url,
    administrator: { token: 'administrator' },
    reader: { token: 'reader' },
    compact() {
      server.compactWatches()
      return Promise.resolve()
    },
    close: () => server.close(),
  }
})
