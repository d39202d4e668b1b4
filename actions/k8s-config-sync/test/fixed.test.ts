import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ApiError } from '@slipway/kubernetes'
import { decodeConfiguration } from '@slipway/release'
import { Failed } from '@slipway/report'
import { textAt } from '@slipway/rollout'
import { TransportError } from '@slipway/wire'
import { outputsOf, summaryOf } from '../src/summary.ts'
import type { ConfigCluster } from '../src/ports.ts'
import { countingWrites, kept, killedAfter, live, lockHolder, quickClock, shopIn, somebody, valuesIn } from './fixed-world.ts'
import { makeWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.close())

const modes = ['in-place', 'recreate'] as const
const deeds = async (): Promise<[string, string][]> => (await world.sync()).targets.flatMap(({ objects }) => objects.map(({ declaredName, did }): [string, string] => [declaredName, did]))
const database = (password: string, versionId: string): void => {
  world.secrets.set('shop/staging/db', { versionId, value: JSON.stringify({ password }) })
}
/** An object of ours with values that no immutable object holds, as a hand with our field manager makes it. */
async function byHand(kind: 'ConfigMap' | 'Secret', name: string, values: Record<string, string>): Promise<void> {
  const { cluster, http } = somebody(world)
  const labels = { 'slipway.dev/managed-by': 'k8s-config-sync', 'slipway.dev/service': 'cart', 'slipway.dev/config': name }
  const data = kind === 'ConfigMap' ? values : Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]))
  await cluster.apply({ apiVersion: 'v1', kind, metadata: { name, namespace: 'staging', labels }, ...(kind === 'Secret' ? { type: 'Opaque' } : {}), data }, { manager: 'slipway-config' })
  await http.close()
}

describe.each(modes)('%s', (mode) => {
  const past = mode === 'in-place' ? 'changed' : 'recreated'
  beforeEach(() => {
    world.write('slipway.yml', shopIn(mode))
    database('hunter2-hunter2', '1')
  })

  test('the first sync makes object and copy under the lock, the same again asks once a kind and writes nothing', async () => {
    const first = await world.sync()
    expect(first.outcome).toBe('changed')
    expect(first.targets[0]?.objects.map(({ did, name, changed }) => [did, name, changed])).toEqual([['created', 'cart-env', true], ['created', 'cart-db', true]])
    expect([valuesIn(live(world, 'ConfigMap', 'cart-env')), kept(world, 'ConfigMap')]).toEqual([{ A: '1', B: '2' }, [{ A: '1', B: '2' }]])
    expect([valuesIn(live(world, 'Secret', 'cart-db')), kept(world, 'Secret')]).toEqual([{ password: 'hunter2-hunter2' }, [{ password: 'hunter2-hunter2' }]])
    expect(live(world, 'ConfigMap', 'cart-env')?.['immutable']).toBeUndefined()
    expect(lockHolder(world)).toBe('')
    world.counted()
    expect((await world.sync()).outcome).toBe('unchanged')
    expect(world.counted()).toEqual({ writes: 0, operations: ['LIST configmaps', 'LIST secrets'] })
  })

  test('what is handed over names the fixed object, its copy, and where a secret comes from, whichever version it has', async () => {
    const handed = async () => [...(decodeConfiguration(outputsOf(await world.sync())['config'] ?? '').values().next().value ?? [])].map(([, object]) => object)
    const [config, secret] = await handed()
    expect(config).toEqual({ kind: 'ConfigMap', name: 'cart-env', kept: expect.stringMatching(/^cart-env-[0-9a-f]{10}$/), checksum: expect.any(String), changed: true })
    expect(secret).toMatchObject({ kind: 'Secret', name: 'cart-db', kept: expect.stringMatching(/^cart-db-[0-9a-f]{10}$/), source: expect.stringMatching(/^[0-9a-f]{64}$/) })
    database('other-password', '2')
    const [, rotated] = await handed()
    expect(rotated).toMatchObject({ changed: true, name: 'cart-db', source: secret?.source })
    expect(rotated?.kept).not.toBe(secret?.kept)
  })

  test('a change keeps what was there, and is told by key', async () => {
    await world.sync()
    world.write('slipway.yml', shopIn(mode, { A: '9', C: '3' }))
    database('other-password', '2')
    const result = await world.sync()
    expect(result.targets[0]?.objects.map(({ did, difference }) => [did, difference])).toEqual([
      [past, { added: ['C'], changed: ['A'], removed: ['B'] }],
      [past, { added: [], changed: ['password'], removed: [] }],
    ])
    expect([valuesIn(live(world, 'ConfigMap', 'cart-env')), kept(world, 'ConfigMap')]).toEqual([{ A: '9', C: '3' }, [{ A: '1', B: '2' }, { A: '9', C: '3' }]])
    expect([valuesIn(live(world, 'Secret', 'cart-db')), kept(world, 'Secret')]).toEqual([{ password: 'other-password' }, [{ password: 'hunter2-hunter2' }, { password: 'other-password' }]])
    expect(summaryOf(result)).toContain(mode === 'in-place' ? 'changed in place' : 'deleted and created again')
  })

  test.each([{ 'dry-run': 'true' }, { phase: 'preflight' }])('with %j everything is tried and nothing written', async (inputs) => {
    await world.sync()
    world.write('slipway.yml', shopIn(mode, { A: '9' }))
    world.counted()
    const result = await world.sync(inputs)
    expect([result.outcome, result.targets[0]?.objects.map(({ did }) => did)]).toEqual(['planned', [mode === 'in-place' ? 'would-change' : 'would-recreate', 'unchanged']])
    expect(world.counted().writes).toBe(0)
    expect(valuesIn(live(world, 'ConfigMap', 'cart-env'))).toEqual({ A: '1', B: '2' })
  })

  test('what a hand has put into an object of ours is kept first, a Secret under a name that tells nothing of its values', async () => {
    await byHand('ConfigMap', 'cart-env', { HAND: 'made' })
    await byHand('Secret', 'cart-db', { password: 'made-by-hand' })
    await world.sync()
    expect(kept(world, 'ConfigMap')).toEqual(expect.arrayContaining([{ HAND: 'made' }, { A: '1', B: '2' }]))
    expect(kept(world, 'Secret')).toEqual(expect.arrayContaining([{ password: 'made-by-hand' }, { password: 'hunter2-hunter2' }]))
    expect(world.masked).toContain('made-by-hand')
    const names = world.clusters.nonprod.objects('Secret', 'staging').map(({ metadata }) => metadata.name)
    const before = names.filter((name) => /^cart-db-[0-9a-f]{10}$/.test(name))
    // The same values in another object have another name: it is made from the object's own identity.
    world.clusters.nonprod.remove('Secret', 'staging', 'cart-db')
    await byHand('Secret', 'cart-db', { password: 'made-by-hand' })
    await world.sync()
    expect(world.clusters.nonprod.objects('Secret', 'staging').filter(({ immutable }) => immutable === true)).toHaveLength(before.length + 1)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('a run that is killed after %i writes loses no content, and the next one ends as if nothing had happened', async (writes) => {
    await byHand('ConfigMap', 'cart-env', { HAND: 'made' })
    await byHand('Secret', 'cart-db', { password: 'made-by-hand' })
    const killed = killedAfter(writes)
    await world.sync({}, { run: 'dead', clock: quickClock(), between: killed.between }).catch((error: unknown) => {
      if (!killed.isDead()) throw error
    })
    for (const [kind, name, values] of [['ConfigMap', 'cart-env', { HAND: 'made' }], ['Secret', 'cart-db', { password: 'made-by-hand' }]] as const) {
      expect([valuesIn(live(world, kind, name)), ...kept(world, kind)]).toContainEqual(values)
    }
    const next = await world.sync({}, { run: 'next', clock: quickClock() })
    expect(next.failures).toEqual([])
    expect([valuesIn(live(world, 'ConfigMap', 'cart-env')), valuesIn(live(world, 'Secret', 'cart-db')), lockHolder(world)]).toEqual([{ A: '1', B: '2' }, { password: 'hunter2-hunter2' }, killed.isDead() ? expect.stringMatching(/^(run-dead)?$/) : ''])
    expect([kept(world, 'ConfigMap').length, kept(world, 'Secret').length]).toEqual([2, 2])
    expect((await world.sync()).outcome).toBe('unchanged')
  })

  test.each([1, 2, 3, 4, 5])('a run that is told to stop after %i writes gives its lock back, and leaves no object deleted', async (writes) => {
    await byHand('ConfigMap', 'cart-env', { HAND: 'made' })
    const stop = new AbortController()
    const between = (cluster: ConfigCluster): ConfigCluster => countingWrites(cluster, (done) => {
      if (done === writes) stop.abort(new Failed({ code: 'cancelled', what: 'the run was told to stop', why: 'it was cancelled', next: 'start it again' }))
    })
    const result = await world.sync({}, { work: stop.signal, between })
    expect(result.failures.map(({ code }) => code)).toEqual(['cancelled'])
    expect([lockHolder(world), live(world, 'ConfigMap', 'cart-env')]).toEqual(['', expect.anything()])
    expect((await world.sync()).failures).toEqual([])
  })

  test('a run that is told to stop ends although the server does not answer, and says what the next one finds', async () => {
    await world.sync()
    world.write('slipway.yml', shopIn(mode, { A: '9' }))
    const stop = new AbortController()
    const operation = mode === 'in-place' ? /^PATCH configmaps/ : /^DELETE configmaps/
    const after = mode === 'in-place' ? 3 : 0
    world.ledger.script({ server: 'kubernetes:nonprod', operation, after, effect: 'hang' })
    let met = 0
    world.ledger.onRequest = (_, asked) => {
      if (operation.test(asked)) met += 1
      if (met > after) stop.abort(new Failed({ code: 'cancelled', what: 'the run was told to stop', why: 'it was cancelled', next: 'start it again' }))
    }
    const result = await world.sync({}, { work: stop.signal, clock: quickClock() })
    expect([result.failures.map(({ code }) => code), lockHolder(world)]).toEqual([['cancelled'], ''])
    expect(await deeds()).toEqual([['cart-env', past], ['cart-db', 'unchanged']])
  })

  test('of two runs at once one waits, naming the other, and looks again before it writes', async () => {
    await world.sync()
    world.write('slipway.yml', shopIn(mode, { A: '9' }))
    // Whoever has the lock writes when the other waits for it.
    const isWaitedFor = async (): Promise<void> => {
      while (!world.lines.some((line) => line.includes('waiting for the lock'))) await new Promise(setImmediate)
    }
    const between = (cluster: ConfigCluster): ConfigCluster => ({
      ...cluster,
      apply: (object, options) => (options.dryRun === true ? cluster.apply(object, options) : isWaitedFor().then(() => cluster.apply(object, options))),
      remove: (...wanted) => isWaitedFor().then(() => cluster.remove(...wanted)),
    })
    const both = await Promise.all([world.sync({}, { run: 'a', between }), world.sync({}, { run: 'b', between })])
    expect(both.map(({ targets }) => targets[0]?.objects[0]?.did).sort()).toEqual([past, 'unchanged'])
    expect(world.lines).toContainEqual(expect.stringMatching(/^\[eu\] cart: waiting for the lock: https:\/\/github\.example\/runs\/[ab] holds it$/))
    expect([kept(world, 'ConfigMap').length, lockHolder(world)]).toEqual([2, ''])
  })

  test('a lock that is not free in time is told with its run, and nothing is written', async () => {
    world.clusters.nonprod.put({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'staging.cart', namespace: 'slipway', annotations: { 'slipway.dev/run': 'https://github.example/runs/9' } }, spec: { holderIdentity: 'other', leaseDurationSeconds: 15 } })
    const result = await world.sync({ 'lock-timeout': '0s' })
    expect([result.outcome, result.failures.map(({ code, why }) => [code, why])]).toEqual(['refused', [['lock-held', expect.stringContaining('https://github.example/runs/9')]]])
    expect(kept(world, 'ConfigMap')).toEqual([])
  })

  test('the numbers of revisions are not used up', async () => {
    const annotations = { 'slipway.dev/last-sequence': '7' }
    world.clusters.nonprod.put({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'staging.cart', namespace: 'slipway', annotations }, spec: { holderIdentity: '' } })
    await world.sync()
    expect(world.clusters.nonprod.objects('Lease', 'slipway')[0]?.metadata.annotations).toMatchObject(annotations)
  })

  test('an object of somebody else is refused with its owner, and so is one of another service', async () => {
    const { cluster, http } = somebody(world)
    await cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cart-env', namespace: 'staging' }, data: { A: 'theirs' } }, { manager: 'helm' })
    const labels = { 'slipway.dev/managed-by': 'k8s-config-sync', 'slipway.dev/service': 'web', 'slipway.dev/config': 'cart-db' }
    await cluster.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cart-db', namespace: 'staging', labels }, type: 'Opaque', data: { password: 'eA==' } }, { manager: 'slipway-config' })
    await http.close()
    world.counted()
    const error: unknown = await world.sync().catch((thrown: unknown) => thrown)
    expect(error instanceof Failed && error.failures.map(({ code, what, why }) => [code, what, why])).toEqual([
      ['ownership-conflict', "ConfigMap cart-env exists already and is not this action's to change", 'it was made by helm'],
      ['ownership-conflict', "Secret cart-db exists already and is not this action's to change", 'it belongs to the service web'],
    ])
    expect(world.counted().writes).toBe(0)
  })

  test('replies that are lost change nothing', async () => {
    await world.sync()
    world.write('slipway.yml', shopIn(mode, { A: '9' }))
    // What is only tried comes before: the copy, and in place the object as well.
    const lost = [[/^PATCH configmaps/, mode === 'in-place' ? 2 : 1, 2], [/^DELETE configmaps/, 0, 1], [/^PUT leases/, 0, 1]] as const
    for (const [operation, after, times] of lost) world.ledger.script({ server: 'kubernetes:nonprod', operation, after, times, effect: 'reset-after-handling' })
    const result = await world.sync()
    expect([result.failures, result.targets[0]?.objects[0]?.did]).toEqual([[], past])
    expect([valuesIn(live(world, 'ConfigMap', 'cart-env')), kept(world, 'ConfigMap').length]).toEqual([{ A: '9' }, 2])
  })

  test('a state that somebody changes between the look and the write is looked at again', async () => {
    await world.sync()
    world.write('slipway.yml', shopIn(mode, { A: '9' }))
    const { cluster: theirs, http } = somebody(world)
    let meddled = false
    const meddle = async (): Promise<void> => {
      if (meddled) return
      meddled = true
      await theirs.mergeMetadata({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging', name: 'cart-env' }, { labels: { theirs: 'x' } })
    }
    const between = (cluster: ConfigCluster): ConfigCluster => ({
      ...cluster,
      apply: async (object, options) => {
        if (options.dryRun !== true && mode === 'in-place' && textAt(object, 'metadata', 'name') === 'cart-env') await meddle()
        return cluster.apply(object, options)
      },
      remove: async (...given) => {
        await meddle()
        return cluster.remove(...given)
      },
    })
    const result = await world.sync({}, { between })
    await http.close()
    expect([meddled, result.failures, result.targets[0]?.objects[0]?.did, valuesIn(live(world, 'ConfigMap', 'cart-env'))]).toEqual([true, [], past, { A: '9' }])
  })

  test('values that somebody else applies just so belong to both, and nothing is written', async () => {
    await world.sync()
    const { cluster, http } = somebody(world)
    await cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cart-env', namespace: 'staging' }, data: { A: '1', B: '2' } }, { manager: 'theirs' })
    await http.close()
    world.counted()
    expect([(await world.sync()).outcome, world.counted().writes]).toEqual(['unchanged', 0])
  })

  test('other labels come without another content, and a copy that was lost is made again without the lock', async () => {
    await world.sync()
    const relabelled = await world.sync({ labels: 'team=shop' })
    expect(relabelled.targets[0]?.objects.map(({ did, changed }) => [did, changed])).toEqual([['relabelled', false], ['relabelled', false]])
    const copy = world.clusters.nonprod.objects('ConfigMap', 'staging').find(({ immutable }) => immutable === true)
    world.clusters.nonprod.remove('ConfigMap', 'staging', copy?.metadata.name ?? '')
    world.counted()
    const again = await world.sync({ labels: 'team=shop' })
    expect(again.targets[0]?.objects.map(({ did }) => did)).toEqual(['kept', 'unchanged'])
    expect(world.counted().writes).toBe(1)
  })

  test('the lock needs its namespace and its rights', async () => {
    world.clusters.nonprod.deny({ verb: 'update', resource: 'leases' })
    if (mode === 'recreate') world.clusters.nonprod.deny({ verb: 'delete', resource: 'secrets' })
    expect(await world.refusals()).toEqual([
      ...(mode === 'recreate' ? ['access-denied: the role may not delete secrets in the namespace staging'] : []),
      'access-denied: the role may not update leases in the namespace slipway',
    ])
    world.clusters.nonprod.remove('Namespace', undefined, 'slipway')
    expect(await world.refusals()).toContain('record-namespace-missing: the namespace slipway for the locks does not exist in the target eu')
  })

  test('no value is told anywhere, nor is it in anything but Secrets', async () => {
    await byHand('Secret', 'cart-db', { password: 'made-by-hand' })
    const first = await world.sync()
    database('other-password', '2')
    const second = await world.sync()
    const others = ['ConfigMap', 'Lease'].flatMap((kind) => world.clusters.nonprod.objects(kind))
    const metadata = world.clusters.nonprod.objects('Secret').map((secret) => secret.metadata)
    const said = JSON.stringify([world.lines, first, second, summaryOf(second), outputsOf(second), others, metadata])
    for (const value of ['hunter2', 'other-password', 'made-by-hand']) for (const form of [value, Buffer.from(value).toString('base64').slice(0, -2)]) expect(said).not.toContain(form)
  })
})

test.each(modes)('an object may change from versioned to %s and back, and nothing is deleted', async (mode) => {
  world.write('slipway.yml', shopIn('versioned'))
  await world.sync()
  const version = world.clusters.nonprod.objects('ConfigMap', 'staging')[0]?.metadata.name
  world.write('slipway.yml', shopIn(mode))
  expect(await deeds()).toEqual([['cart-env', 'created'], ['cart-db', 'created']])
  expect(live(world, 'ConfigMap', version ?? '')).toBeDefined()
  world.write('slipway.yml', shopIn('versioned'))
  const back = await world.sync()
  expect(back.targets[0]?.objects.map(({ name, did }) => [name, did])[0]).toEqual([version, 'unchanged'])
  expect(live(world, 'ConfigMap', 'cart-env')).toBeDefined()
})

test.each([['in-place', 'recreate'], ['recreate', 'in-place']] as const)('an object may change from %s to %s', async (from, to) => {
  world.write('slipway.yml', shopIn(from))
  await world.sync()
  world.write('slipway.yml', shopIn(to, { A: '9' }))
  expect(await deeds()).toEqual([['cart-env', to === 'in-place' ? 'changed' : 'recreated'], ['cart-db', 'unchanged']])
  expect(valuesIn(live(world, 'ConfigMap', 'cart-env'))).toEqual({ A: '9' })
})

describe('a value that somebody edits by hand', () => {
  const edit = async (values: Record<string, string>): Promise<void> => {
    const { cluster, http } = somebody(world)
    const object = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'staging', name: 'cart-env' })
    await cluster.replace({ ...object, data: values })
    await http.close()
  }

  test('is noticed, and refused with the name of its owner where it would have to be taken from them', async () => {
    world.write('slipway.yml', shopIn('in-place'))
    await world.sync()
    await edit({ A: '1', B: 'edited' })
    expect(await world.refusals()).toEqual(['ownership-conflict: apply ConfigMap cart-env would change fields of others'])
    await edit({ A: '1', B: '2', EXTRA: 'x' })
    expect(await world.refusals()).toEqual(['ownership-conflict: ConfigMap cart-env would keep "EXTRA", which nobody declares'])
  })

  test('is kept and gone where the object is created again', async () => {
    world.write('slipway.yml', shopIn('recreate'))
    await world.sync()
    await edit({ A: '1', B: 'edited', EXTRA: 'x' })
    expect(await deeds()).toEqual([['cart-env', 'recreated'], ['cart-db', 'unchanged']])
    expect([valuesIn(live(world, 'ConfigMap', 'cart-env')), kept(world, 'ConfigMap')]).toEqual([{ A: '1', B: '2' }, expect.arrayContaining([{ A: '1', B: 'edited', EXTRA: 'x' }])])
  })

  test('and removes is put back', async () => {
    world.write('slipway.yml', shopIn('in-place'))
    await world.sync()
    await edit({ A: '1' })
    expect(await deeds()).toEqual([['cart-env', 'changed'], ['cart-db', 'unchanged']])
    expect(valuesIn(live(world, 'ConfigMap', 'cart-env'))).toEqual({ A: '1', B: '2' })
  })
})

describe('a creation that the server refuses after the deletion', () => {
  const refusing = (times: number, error: () => Error) => (cluster: ConfigCluster): ConfigCluster => {
    let left = times
    let deleted = false
    return {
      ...cluster,
      remove: async (...given) => {
        await cluster.remove(...given)
        deleted = true
      },
      apply: (object, options) => {
        if (!deleted || left === 0) return cluster.apply(object, options)
        left -= 1
        return Promise.reject(error())
      },
    }
  }
  const denied = (): Error => new ApiError(403, '{"kind":"Status","reason":"Forbidden","message":"exceeded quota: few-objects"}', undefined)
  beforeEach(async () => {
    world.write('slipway.yml', shopIn('recreate'))
    await world.sync()
    world.write('slipway.yml', shopIn('recreate', { A: '9' }))
  })

  test.each([['a refusal', denied], ['a lost line', () => new TransportError('https://cluster.example', new Error('the connection was reset'))]] as const)('puts the old content back, and says so (%s)', async (_, error) => {
    const result = await world.sync({}, { between: refusing(1, error) })
    expect(result.outcome).toBe('partial')
    expect(result.failures.map(({ what, next }) => [what, next])).toEqual([
      ['ConfigMap cart-env was deleted and could not be created again', expect.stringMatching(/^mend what it names, then run again; the old content is back, from the ConfigMap cart-env-[0-9a-f]{10}$/)],
    ])
    expect([valuesIn(live(world, 'ConfigMap', 'cart-env')), lockHolder(world)]).toEqual([{ A: '1', B: '2' }, ''])
    expect(decodeConfiguration(outputsOf(result)['config'] ?? '').values().next().value?.has('cart-env')).toBe(false)
    expect(await deeds()).toEqual([['cart-env', 'recreated'], ['cart-db', 'unchanged']])
  })

  test('says that the object is absent where the old content cannot be put back either, and the next run makes it', async () => {
    const result = await world.sync({}, { between: refusing(2, denied) })
    expect(result.failures.map(({ what, why, next }) => [what, why, next])).toEqual([
      ['ConfigMap cart-env was deleted and could not be created again, and neither could its old content: it is absent now', 'exceeded quota: few-objects; then: exceeded quota: few-objects', expect.stringMatching(/^run again, which makes it; or make it by hand from the ConfigMap cart-env-[0-9a-f]{10}, which holds the old content$/)],
    ])
    expect(live(world, 'ConfigMap', 'cart-env')).toBeUndefined()
    expect(await deeds()).toEqual([['cart-env', 'created'], ['cart-db', 'unchanged']])
  })
})

test('what can never become the object that is wanted is told in preflight', async () => {
  world.write('slipway.yml', shopIn('in-place'))
  await world.sync()
  const put = (kind: 'ConfigMap', name: string, more: object): void => {
    const object = live(world, kind, name)
    if (object) world.clusters.nonprod.put({ ...object, ...more })
  }
  put('ConfigMap', 'cart-env', { immutable: true })
  const secret = live(world, 'Secret', 'cart-db')
  world.clusters.nonprod.remove('Secret', 'staging', 'cart-db')
  if (secret) world.clusters.nonprod.put({ ...secret, metadata: { name: 'cart-db', namespace: 'staging', ...(secret.metadata.labels ? { labels: secret.metadata.labels } : {}) }, type: 'kubernetes.io/other' })
  world.write('slipway.yml', shopIn('in-place', { A: '9' }))
  database('other', '2')
  expect(await world.refusals()).toEqual(['config-invalid: ConfigMap cart-env cannot be changed in place', 'config-invalid: Secret cart-db would change its type from kubernetes.io/other to Opaque'])
  const [held] = [live(world, 'ConfigMap', 'cart-env')]
  put('ConfigMap', 'cart-env', { metadata: { ...held?.metadata, finalizers: ['acme/keep'] } })
  world.write('slipway.yml', shopIn('recreate', { A: '9' }))
  expect(await world.refusals()).toEqual(['config-invalid: ConfigMap cart-env cannot be deleted and created at once'])
})

test('plain inputs change one object in place', async () => {
  const inputs = { services: 'cart', environment: '', cluster: 'nonprod', namespace: 'shop', region: 'eu-west-1', name: 'plain', mode: 'in-place', literals: 'A=b' }
  expect((await world.sync(inputs)).outcome).toBe('changed')
  expect((await world.sync({ ...inputs, literals: 'A=c' })).targets[0]?.objects.map(({ did, name }) => [did, name])).toEqual([['changed', 'plain']])
  const values = world.clusters.nonprod.objects('ConfigMap', 'shop').filter(({ metadata }) => metadata.labels?.['slipway.dev/config'] === 'plain').map(({ metadata, data }) => [metadata.name, data])
  expect(values).toEqual([[expect.stringMatching(/^plain-/), { A: 'b' }], ['plain', { A: 'c' }], [expect.stringMatching(/^plain-/), { A: 'c' }]])
})

