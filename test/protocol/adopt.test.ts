import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { WantedService } from '@slipway/delivery'
import { isJsonObject, type Json, type JsonObject } from '@slipway/release'
import { listAt, textAt, withAt } from '@slipway/rollout'
import { adoptable, before, clientSide, lastApplied, setByHand, standing } from './adopted.ts'
import { crashing, seenIn } from './seen.ts'
import { digest, makeWorld, service, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

const container = async (): Promise<Json | undefined> => listAt(await seenIn(world).deployment(), 'spec', 'template', 'spec', 'containers')[0]
const managers = (kind = 'Deployment'): string[] => {
  const [object] = world.server.objects(kind, 'staging')
  return (object?.metadata.managedFields ?? []).filter(({ subresource }) => subresource !== 'status').map(({ manager, operation }) => `${manager} ${operation}`)
}

describe('without adopt', () => {
  test('an object that a script applied is refused with the names of its managers, and nothing is written', async () => {
    await adoptable(world, 'a')
    const since = world.ledger.exchanges.length
    await expect(world.release('1', [service('cart', 'b')])).rejects.toThrow(/Deployment cart exists already.*kubectl-client-side-apply \(Update, \d+ fields\).*adopt: plan/s)
    expect(world.writes(since)).toEqual([])
  })

  test('Helm and Argo CD are named by release and application', async () => {
    const [deployment, serving] = before('a')
    await standing(world, [withAt(deployment, ['metadata', 'annotations'], () => ({ 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'staging' }))], (object) => world.server.put(object, 'helm'))
    world.server.put(withAt(serving, ['metadata', 'annotations'], () => ({ 'argocd.argoproj.io/tracking-id': 'shop-app:/Service:staging/cart' })), 'argocd-controller')
    await expect(world.release('1', [service('cart', 'b')])).rejects.toThrow(/the Helm release shop in staging(.|\n)*application shop-app/)
  })
})

describe('a plan', () => {
  test('lists owners, what would change and what would go, and writes nothing', async () => {
    await adoptable(world, 'a')
    const since = world.ledger.exchanges.length
    const { outcome, services, told } = await world.release('1', [service('cart', 'b')], { adopt: 'plan', until: 'plan' })
    expect([outcome, world.writes(since)]).toEqual(['planned', []])
    expect(services[0]?.adoption).toEqual([
      {
        object: 'Deployment cart',
        owners: [{ manager: clientSide, operation: 'Update', fields: expect.any(Number) }, ...kept()],
        changes: ['.spec.template.spec.containers[name="cart"].image'],
        goes: ['.spec.template.spec.containers[name="cart"].env'],
      },
      { object: 'Service cart', owners: [{ manager: clientSide, operation: 'Update', fields: expect.any(Number) }], changes: [], goes: ['.spec.ports[port=81,protocol="TCP"]'] },
    ])
    expect(told.join('\n')).toContain('to go: .spec.template.spec.containers[name="cart"].env')
  })

  test('says what reconciles an object and keeps it from being taken', async () => {
    await standing(world, before('a', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } }), (object) => world.server.apply(object, { manager: 'kustomize-controller' }))
    const { outcome, services } = await world.release('1', [service('cart', 'b')], { adopt: 'plan', until: 'plan' })
    expect([outcome, services[0]?.adoption?.[0]?.refused]).toEqual(['planned', expect.stringContaining('Flux reconciles it (Kustomization flux-system/shop)')])
  })
})

/** Managers that the sandbox's own controllers leave on the Deployment. */
function kept(): unknown[] {
  return world.server.objects('Deployment', 'staging').flatMap(({ metadata }) => (metadata.managedFields ?? []).filter(({ manager, subresource }) => manager !== clientSide && subresource !== 'status').map(({ manager }) => expect.objectContaining({ manager })))
}

describe('taking over', () => {
  const take = (run: string, letter: string, more: WantedService = service('cart', letter)) => world.release(run, [more], { adopt: 'take' })

  test('what a client-side apply made is ours: its fields really go, and kubectl finds no note of its own', async () => {
    await adoptable(world, 'a')
    const { outcome } = await take('1', 'b')
    expect(outcome).toBe('changed')
    expect(await container()).not.toHaveProperty('env')
    expect(world.server.objects('Service', 'staging')[0]).toMatchObject({ spec: { ports: [{ port: 80 }] } })
    expect(managers()).not.toContain(`${clientSide} Update`)
    expect(JSON.stringify(world.server.objects('Deployment', 'staging'))).not.toContain(lastApplied)
    expect(world.records()).toEqual({ 'staging.cart.v0': 'healthy', 'staging.cart.v1': 'healthy' })
  })

  test('fields of another server-side applier are taken as well', async () => {
    await standing(world, before('a'), (object) => world.server.apply(object, { manager: 'kubectl' }))
    await take('1', 'b')
    expect(await container()).not.toHaveProperty('env')
    expect(managers()).not.toContain('kubectl Apply')
  })

  test('a Helm release loses its marks', async () => {
    await standing(world, before('a', { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'staging' } }), (object) => world.server.put(object, 'helm'))
    await take('1', 'b')
    expect(JSON.stringify(world.server.objects('Deployment', 'staging')[0])).not.toMatch(/helm/i)
    expect(await container()).not.toHaveProperty('env')
  })

  test('the same content restarts no pod', async () => {
    const same = service('cart', 'b')
    await standing(world, [same.workload.object, ...same.supporting.map(({ object }) => object)].map((object) => withAt(withAt(object, ['metadata', 'labels'], () => undefined), ['metadata', 'namespace'], () => 'staging')), (object) => world.server.put(object, clientSide))
    const pods = world.server.objects('Pod', 'staging').map(({ metadata }) => metadata.name)
    expect((await take('1', 'b')).outcome).toBe('changed')
    expect(world.server.objects('Pod', 'staging').map(({ metadata }) => metadata.name)).toEqual(pods)
  })

  test('the next release needs no adopt, and one without a change is unchanged', async () => {
    await adoptable(world, 'a')
    await take('1', 'b')
    expect((await world.release('2', [service('cart', 'b')])).outcome).toBe('unchanged')
    expect((await world.release('3', [service('cart', 'b')], { adopt: 'take' })).outcome).toBe('unchanged')
  })

  test('a first version that fails goes back to revision 0, what ran before', async () => {
    await adoptable(world, 'a')
    crashing(world, 'b')
    const { services } = await take('1', 'b')
    expect(services[0]).toMatchObject({ status: 'rolled-back', restored: { from: 0 } })
    expect(await container()).toMatchObject({ image: `registry.example/old/cart@${digest('a')}`, env: [{ name: 'OLD', value: '1' }] })
    expect(world.server.objects('Service', 'staging')[0]).toMatchObject({ spec: { ports: [{ port: 80 }, { port: 81 }] } })
  })

  test('a rollback of the first release goes to revision 0, and a second one changes nothing', async () => {
    await adoptable(world, 'a')
    await take('1', 'b')
    const { outcome, moves } = await world.rollback('2')
    expect([outcome, moves.get('cart')?.to.sequence]).toEqual(['changed', 0])
    expect(await container()).toMatchObject({ image: `registry.example/old/cart@${digest('a')}` })
    expect((await world.rollback('3')).outcome).toBe('unchanged')
  })

  test('what was not healthy before is no revision to go back to', async () => {
    crashing(world, 'a')
    for (const object of before('a')) world.server.put(object, clientSide)
    await take('1', 'b')
    expect(world.records()['staging.cart.v0']).not.toBe('healthy')
  })

  test('an autoscaler keeps the replicas that it has set', async () => {
    await adoptable(world, 'a')
    await world.client.server.object({ method: 'PUT', path: '/apis/apps/v1/namespaces/staging/deployments/cart/scale?fieldManager=kube-controller-manager', body: JSON.stringify({ apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'cart', namespace: 'staging' }, spec: { replicas: 5 } }), contentType: 'application/json' })
    const made = service('cart', 'b')
    await take('1', 'b', { ...made, workload: { ...made.workload, object: withAt(made.workload.object, ['spec', 'replicas'], () => undefined) } })
    expect(world.server.objects('Deployment', 'staging')[0]).toMatchObject({ spec: { replicas: 5 } })
    const record = await world.client.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'slipway', name: 'staging.cart.v0' })
    expect(isJsonObject(record)).toBe(true)
  })

  test.each([
    ['what Argo CD reconciles', { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:staging/cart' } }, 'Argo CD reconciles it (application shop)'],
    ['what Flux reconciles', { labels: { 'helm.toolkit.fluxcd.io/name': 'shop', 'helm.toolkit.fluxcd.io/namespace': 'apps' } }, 'HelmRelease apps/shop'],
    ['what another object controls', { ownerReferences: [{ apiVersion: 'example.org/v1', kind: 'Shop', name: 'main', uid: 'u-1', controller: true }] }, 'Shop main controls it'],
    ['what is another service\'s', { labels: { 'slipway.dev/service': 'web' } }, 'it belongs to the service web'],
    ['what is another repository\'s', { labels: { 'slipway.dev/service': 'cart' }, annotations: { 'slipway.dev/repository': 'acme/other' } }, 'it belongs to the repository acme/other'],
  ])('%s is refused, and nothing is written', async (_, metadata: JsonObject, why) => {
    const [deployment] = before('a', metadata)
    world.server.put(deployment, clientSide)
    const since = world.ledger.exchanges.length
    await expect(take('1', 'b')).rejects.toThrow(why)
    expect(world.writes(since)).toEqual([])
  })
})

describe('drift of our own objects', () => {
  test('an image that was set by hand is corrected by the next deploy, and told', async () => {
    await world.release('1', [service('cart', 'a')])
    await setByHand(world)
    const { outcome, told } = await world.release('2', [service('cart', 'a')])
    expect([outcome, await seenIn(world).live()]).toEqual(['changed', 'a'])
    expect(told.join('\n')).toContain('Deployment cart was changed by others since the last release (kubectl-set): it is corrected; to be changed: .spec.template.spec.containers[name="cart"].image')
    expect((await world.release('3', [service('cart', 'a')])).outcome).toBe('unchanged')
  })

  test('what another tool deploys over it is not taken back without adopt', async () => {
    await world.release('1', [service('cart', 'a')])
    const [deployment] = before('b')
    world.server.apply(withAt(deployment, ['spec', 'template', 'spec', 'containers'], () => [{ name: 'cart', image: 'registry.example/other:1' }]), { manager: 'terraform', force: true })
    await expect(world.release('2', [service('cart', 'a')])).rejects.toThrow(/image.*terraform/)
    const { outcome } = await world.release('3', [service('cart', 'a')], { adopt: 'take' })
    expect([outcome, textAt(await container(), 'image')?.includes(digest('a'))]).toEqual(['changed', true])
  })
})
