import { isJsonObject, type JsonObject } from '@slipway/release'
import { listAt, withAt } from '@slipway/rollout'
import { seenIn } from './seen.ts'
import { digest, type World } from './world.ts'

export const clientSide = 'kubectl-client-side-apply'
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** What somebody deployed before Slipway came: the image of a letter, a variable and a port too many. */
export function before(letter: string, metadata: JsonObject = {}): [JsonObject, JsonObject] {
  const labels = { app: 'cart' }
  const container = { name: 'cart', image: `registry.example/old/cart@${digest(letter)}`, env: [{ name: 'OLD', value: '1' }] }
  const named = { name: 'cart', namespace: 'staging', ...metadata }
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: named, spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } } },
    { apiVersion: 'v1', kind: 'Service', metadata: named, spec: { selector: labels, ports: [{ port: 80 }, { name: 'old', port: 81 }] } },
  ]
}

/** Writes objects as another tool, and waits until they run. */
export async function standing({ server }: World, objects: readonly JsonObject[], write: (object: JsonObject) => unknown): Promise<void> {
  for (const object of objects) write(object)
  await server.until(() => server.objects('Deployment', 'staging').some(({ status }) => JSON.stringify(status).includes('"availableReplicas":2')))
}

/** What a client-side `kubectl apply` made, running. */
export function adoptable(world: World, letter: string): Promise<void> {
  return standing(world, before(letter, { annotations: { [lastApplied]: '{}' } }), (object) => world.server.put(object, clientSide))
}

/** Somebody sets another image, as `kubectl set image` does. */
export async function setByHand(world: World): Promise<void> {
  const live = await seenIn(world).deployment()
  const [first] = listAt(live, 'spec', 'template', 'spec', 'containers')
  if (live === undefined || !isJsonObject(first)) throw new Error('there is no Deployment')
  world.server.put(withAt(live, ['spec', 'template', 'spec', 'containers'], () => [{ ...first, image: 'registry.example/by/hand:1' }]), 'kubectl-set')
}
