import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { WantedService } from '@slipway/delivery'
import { Failed } from '@slipway/report'
import { listAt, textAt, withAt } from '@slipway/rollout'
import { answer, applying, cut, disturbed, refusing } from './disturbed.ts'
import { fastClock, mortal } from './mortal.ts'
import { crashing, map, seenIn, type Seen } from './seen.ts'
import { makeWorld, service, type World } from './world.ts'

let world: World
let seen: Seen
beforeEach(async () => {
  world = await makeWorld()
  seen = seenIn(world)
})
afterEach(() => world.close())

const cancelled = () => new Failed({ code: 'cancelled', what: 'the run was cancelled', why: 'somebody stopped it', next: 'start it again' })
const holder = async (): Promise<string | undefined> =>
  textAt(await world.client.get({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'slipway', name: 'staging.cart' }), 'spec', 'holderIdentity')

describe('what cannot be removed is told, and is no reason to call what runs wrong', () => {
  test('after a rollback', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [service('cart', 'b', {}, [map('brought', 'x')])])
    const back = await world.rollback('3', {}, { http: cut(world.http, /^DELETE /), clock: fastClock(30) })
    expect([back.outcome, await seen.live()]).toEqual(['changed', 'a'])
    expect(back.told.join('\n')).toContain('what came with the bad revision may still be there')
    expect(world.records()).toMatchObject({ 'staging.cart.v3': 'healthy' })
  }, 20_000)

  test('after a failed deploy was put back', async () => {
    crashing(world, 'b')
    await world.release('1', [service('cart', 'a')])
    const result = await world.release('2', [service('cart', 'b', {}, [map('brought', 'x')])], {}, { http: cut(world.http, /^DELETE /), clock: fastClock(30) })
    expect([result.outcome, await seen.live()]).toEqual(['rolled-back', 'a'])
    expect(world.records()).toMatchObject({ 'staging.cart.v2': 'failed', 'staging.cart.v3': 'healthy' })
  }, 20_000)
})

describe('a run that is told to stop', () => {
  test('when its rollback is healthy and not labelled yet says so, and the next click finishes it', async () => {
    await world.release('1', [service('cart', 'a')])
    await world.release('2', [service('cart', 'b', {}, [map('brought', 'x')])])
    const work = new AbortController()
    const http = disturbed(world.http, (operation, send) => {
      if (operation.startsWith('DELETE ')) work.abort(cancelled())
      return send()
    })
    const back = await world.rollback('3', {}, { http, work: work.signal })
    expect([back.outcome, back.services[0]?.status, await seen.live()]).toEqual(['broken', 'cancelled', 'a'])
    expect(back.services[0]?.failure?.why).toContain('the next deploy settles it')
    const next = await world.rollback('4')
    expect([next.outcome, await seen.live(), await seen.value('brought')]).toEqual(['changed', 'a', undefined])
    expect(Object.values(world.records())).not.toContain('pending')
  })

  test('when its lock was just given to it gives it back', async () => {
    await world.release('1', [service('cart', 'a')])
    const work = new AbortController()
    const http = disturbed(world.http, async (operation, send) => {
      const given = await send()
      if (work.signal.aborted || !/^PUT .*\/leases\//.test(operation)) return given
      await given.text()
      work.abort(cancelled())
      throw cancelled()
    })
    const result = await world.release('2', [service('cart', 'b')], {}, { http, work: work.signal })
    expect([result.outcome, await holder(), await seen.live()]).toEqual(['refused', '', 'a'])
  })

  test('ends, though the cluster answers each of its writes with a conflict', async () => {
    await world.release('1', [service('cart', 'a')])
    const work = new AbortController()
    const thrice = Promise.withResolvers<undefined>()
    const conflicts = { count: 0 }
    const http = disturbed(world.http, (operation, send) => {
      if (!applying('deployments/cart').test(operation)) return send()
      conflicts.count += 1
      if (conflicts.count === 3) thrice.resolve(undefined)
      return Promise.resolve(answer(409, 'Conflict', 'the object has been modified'))
    })
    const run = world.release('2', [service('cart', 'b')], {}, { http, work: work.signal })
    await thrice.promise
    work.abort(cancelled())
    const { services } = await run
    expect([services.map(({ status }) => status), await seen.live()]).toEqual([['cancelled'], 'a'])
  })
})

describe('where the cluster refuses', () => {
  test('one of several locks, nothing is written for any service', async () => {
    await world.release('1', [service('cart', 'a'), service('web', 'a')])
    const result = await world.release('2', [service('cart', 'b'), service('web', 'b')], {}, { http: refusing(world.http, /^(PUT|POST) .*\/leases\/staging\.web$/) })
    expect([result.outcome, await seen.live('cart'), await seen.live('web'), await holder()]).toEqual(['refused', 'a', 'a', ''])
    expect(result.services.map(({ failure }) => failure?.code)).toEqual(['access-denied', 'access-denied'])
  })

  test('each write of a workload as one that comes too late, the run ends and says so', async () => {
    await world.release('1', [service('cart', 'a')])
    const http = disturbed(world.http, (operation, send) => (applying('deployments/cart').test(operation) ? Promise.resolve(answer(409, 'Conflict', 'the object has been modified')) : send()))
    const result = await world.release('2', [service('cart', 'b')], {}, { http, clock: fastClock(30) })
    expect([result.outcome, await seen.live()]).toEqual(['superseded', 'a'])
    expect(result.services[0]?.failure?.why).toContain('changes faster than it can be written')
  })

  test('to bar what one service has, nothing of any goes back, and that is told', async () => {
    await world.release('1', [service('cart', 'a'), service('web', 'a')])
    await world.release('2', [service('cart', 'b'), service('web', 'b')])
    await world.rollback('3')
    await world.release('4', [service('cart', 'c'), service('web', 'c')])
    const back = world.rollback('5', {}, { http: refusing(world.http, /^PATCH .*\/configmaps\/staging\.web\.blocks$/) })
    await expect(back).rejects.toThrow(/refused a request.*access-denied/)
    expect([await seen.live('cart'), await seen.live('web')]).toEqual(['c', 'c'])
  })
})

describe('what is called healthy', () => {
  test('was looked at once more: a watch that says nothing any more proves nothing', async () => {
    const stale = { isFrozen: false }
    const http = disturbed(world.http, async (operation, send, { signal }) => {
      const got = await send()
      if (!operation.includes('watch=true')) return got
      const isOfWorkload = operation.includes('/deployments')
      const silence = new Promise<never>((_, end) => signal?.addEventListener('abort', () => { end(cancelled()) }))
      silence.catch(() => undefined)
      async function* body() {
        for await (const chunk of got.body) {
          if (stale.isFrozen) await silence
          yield chunk
          const text = Buffer.from(chunk).toString()
          if (isOfWorkload && text.includes('"availableReplicas":2') && text.includes('"updatedReplicas":2')) stale.isFrozen = true
        }
      }
      return { ...got, body: body() }
    })
    crashing(world, 'a', 20_000)
    await world.release('1', [service('cart', 'a')], { patience: { soakMs: 500, timeoutMs: 20_000 } }, { http })
    expect([stale.isFrozen, world.records()]).toEqual([true, { 'staging.cart.v1': 'failed' }])
  })

  test('is what the record says: what somebody has put in its place is not, when a dead run is settled', async () => {
    await world.release('1', [service('cart', 'a')])
    const life = mortal(fastClock(10), { before: /^PATCH .*\/configmaps\/staging\.cart\.v2/ })
    void world.release('2', [service('cart', 'b')], {}, life)
    await life.died
    const containers = listAt(service('cart', 'c').workload.object, 'spec', 'template', 'spec', 'containers')
    const byHand = withAt((await seen.deployment()) ?? {}, ['spec', 'template', 'spec', 'containers'], () => [...containers])
    await world.client.replace(byHand)
    const next = await world.release('3', [service('cart', 'c')], {}, { clock: fastClock(10) })
    expect([next.outcome, await seen.live(), world.records()]).toEqual(['changed', 'c', { 'staging.cart.v1': 'healthy', 'staging.cart.v2': 'interrupted', 'staging.cart.v3': 'healthy' }])
    await life.close()
  })
})

test('a password that changed since is not barred with the version that it came with', async () => {
  const data = { value: 'eA==' }
  const using = (image: string, secret: string, env: string): WantedService => {
    const made = service('cart', image)
    const volumes = [{ name: 'db', secret: { secretName: secret } }, { name: 'env', configMap: { name: env } }]
    const object = withAt(made.workload.object, ['spec', 'template', 'spec', 'volumes'], () => volumes)
    const configuration = { 'cart-db': { kind: 'Secret' as const, name: secret, checksum: secret, source: 'arn' }, 'cart-env': { kind: 'ConfigMap' as const, name: env, checksum: env } }
    return { ...made, workload: { ...made.workload, object }, configuration }
  }
  const synced = (kind: string, name: string, declared: string) => ({ apiVersion: 'v1', kind, metadata: { name, namespace: 'staging', labels: { 'slipway.dev/config': declared }, annotations: { 'slipway.dev/checksum': name } }, data })
  for (const name of ['cart-db-1', 'cart-db-2']) await world.client.apply(synced('Secret', name, 'cart-db'), { manager: 'slipway-config' })
  for (const name of ['env-1', 'env-2', 'env-3']) await world.client.apply(synced('ConfigMap', name, 'cart-env'), { manager: 'slipway-config' })
  await world.release('1', [using('a', 'cart-db-1', 'env-1')])
  await world.release('2', [using('a', 'cart-db-2', 'env-2')])
  await world.rollback('3')
  expect((await world.release('4', [using('c', 'cart-db-2', 'env-3')])).outcome).toBe('changed')
})
