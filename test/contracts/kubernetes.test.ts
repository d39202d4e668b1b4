import { isJson, type Json } from '@slipway/release'
import { listAt, textAt } from '@slipway/rollout'
import { Ledger, startKubernetes, type ContainerLife } from '@slipway/sandbox'
import { kubernetesContract } from './kubernetes.ts'
import { readersRights } from './kubernetes/server.ts'

kubernetesContract('the sandbox\'s Kubernetes', async () => {
  const identities = new Map([
    ['administrator', { arn: 'arn:aws:iam::111122223333:role/admin', username: 'admin', groups: ['system:masters'] }],
    ['reader', { arn: 'arn:aws:iam::111122223333:role/reader', username: 'contract-reader', groups: ['system:authenticated'] }],
  ])
  const ledger = new Ledger()
  const server = await startKubernetes({
    name: 'contract',
    ledger,
    namespaces: [],
    authenticate: (token) => identities.get(token),
    findImage: (reference) => (reference.includes('absent') ? undefined : { platforms: ['linux/amd64'], labels: {} }),
    rbac: readersRights.map((object) => ({ ...object })),
    speed: 20,
  })
  const acts = new Map<string, ContainerLife>()
  server.script((pod) => ({ containers: Object.fromEntries(['containers', 'initContainers'].flatMap((list) => listAt(json(pod), 'spec', list).map((container) => [textAt(container, 'name') ?? '', acts.get(textAt(container, 'args', 0) ?? '') ?? {}] as const))) }))
  return {
    endpoint: server.url,
    administrator: { token: 'administrator' },
    reader: { token: 'reader' },
    container(name, { says, exits }) {
      const script = JSON.stringify([says, exits])
      acts.set(script, { log: says, ...(exits === undefined ? {} : { crash: { afterMs: 50, exitCode: exits } }) })
      return { name, image: 'registry.invalid/acts:1', args: [script] }
    },
    overwhelm() {
      // What a real one answers.
      ledger.script({ server: 'kubernetes:contract', operation: /./, effect: { status: 429, headers: { 'retry-after': '1' }, body: 'Too many requests, please try again later.\n' } })
      return Promise.resolve(() => Promise.resolve())
    },
    compact() {
      server.compactWatches()
      return Promise.resolve()
    },
    close: () => server.close(),
  }
})

function json(value: unknown): Json {
  if (!isJson(value)) throw new Error('a pod is JSON')
  return value
}
