import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import { applying, disturbed, refusing, withoutRights } from './disturbed.ts'
import { fastClock, mortal } from './mortal.ts'
import { ends, makeRegions, type Regions } from './regions.ts'
import { crashing, seenIn } from './seen.ts'
import { service, type World } from './world.ts'

let regions: Regions
let eu: World
let us: World
beforeEach(async () => {
  regions = await makeRegions('eu', 'us')
  eu = regions.at('eu')
  us = regions.at('us')
})
afterEach(() => regions.close())

const cart = (image: string) => () => [service('cart', image)]
const sideBySide = { waves: [['eu', 'us']] }
const cancelled = () => new Failed({ code: 'cancelled', what: 'the run was cancelled', why: 'somebody stopped it', next: 'start it again' })

describe('a release to two regions', () => {
  test('is healthy in the first before anything is written in the second, and again writes nothing', async () => {
    let firstSaw: Record<string, string> | undefined
    const watch = disturbed(us.http, (operation, send) => {
      if (/^PUT|^POST .*leases|^PATCH (?!.*dryRun)/.test(operation)) firstSaw ??= eu.records()
      return send()
    })
    const first = await regions.release('1', cart('a'), {}, (region) => (region === 'us' ? { http: watch } : {}))
    expect([first.outcome, ends(first), firstSaw]).toEqual(['changed', ['eu/cart healthy 1', 'us/cart healthy 1'], { 'staging.cart.v1': 'healthy' }])
    expect(first.told.filter((line) => line.includes('healthy: revision 1'))).toEqual([expect.stringMatching(/^\[eu\/cart\] healthy/), expect.stringMatching(/^\[us\/cart\] healthy/)])
    const before = [eu.ledger.exchanges.length, us.ledger.exchanges.length]
    const again = await regions.release('2', cart('a'))
    expect([again.outcome, eu.writes(before[0]), us.writes(before[1])]).toEqual(['unchanged', [], []])
  })

  test('names all that take part in each record', async () => {
    await regions.release('1', (region) => (region === 'eu' ? [service('cart', 'a'), service('web', 'a')] : [service('cart', 'a')]))
    const all = ['eu staging cart', 'eu staging web', 'us staging cart']
    for (const world of [eu, us]) {
      const record = await world.share('2', [], []).around.ports.records.read('staging.cart.v1')
      expect(record?.participants.map(({ target, namespace, service: name }) => `${target} ${namespace} ${name}`)).toEqual(all)
    }
  })

  test('side by side is followed in both at once', async () => {
    const meet = rendezvous(2)
    const way = (world: World) => disturbed(world.http, async (operation, send) => {
      if (applying('deployments/cart').test(operation)) await meet()
      return send()
    })
    const both = await regions.release('1', cart('a'), sideBySide, (region) => ({ http: way(regions.at(region)) }))
    expect([both.outcome, ends(both)]).toEqual(['changed', ['eu/cart healthy 1', 'us/cart healthy 1']])
  })

  test('that runs in one already is confirmed there at once, though its wave is the last, and without a lock', async () => {
    await regions.release('1', cart('a'))
    await us.release('2', [service('cart', 'b')])
    const before = us.ledger.exchanges.length
    const result = await regions.release('3', cart('b'), { version: '1.1.0' })
    expect([result.outcome, ends(result)]).toEqual(['changed', ['eu/cart healthy 2', 'us/cart unchanged 2']])
    expect(us.writes(before)).toEqual(['PATCH configmaps'])
    const order = ['[us/cart] unchanged', '[eu/cart] written'].map((start) => result.told.findIndex((line) => line.startsWith(start)))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })
})

describe('a version that is bad', () => {
  beforeEach(() => regions.release('1', cart('a')))

  test('in the second only is put back there, and stays in the first', async () => {
    crashing(us, 'b')
    const result = await regions.release('2', cart('b'))
    expect([result.outcome, ends(result)]).toEqual(['partial', ['eu/cart healthy 2', 'us/cart rolled-back 2']])
    expect([await seenIn(eu).live(), await seenIn(us).live()]).toEqual(['b', 'a'])
    expect(us.records()).toEqual({ 'staging.cart.v1': 'healthy', 'staging.cart.v2': 'failed', 'staging.cart.v3': 'healthy' })
  })

  test('in the first is put back there, and never reaches the second', async () => {
    crashing(eu, 'b')
    const before = us.ledger.exchanges.length
    const result = await regions.release('2', cart('b'))
    expect([result.outcome, ends(result), us.writes(before)]).toEqual(['rolled-back', ['eu/cart rolled-back 2', 'us/cart not-started 1'], []])
    expect(await seenIn(eu).live()).toBe('a')
    expect(result.told).toContain('[us] not started, and left as it is: eu did not end well')
  })

  test('in one of two side by side keeps the other from nothing', async () => {
    crashing(eu, 'b')
    const result = await regions.release('2', cart('b'), sideBySide)
    expect([result.outcome, ends(result)]).toEqual(['partial', ['eu/cart rolled-back 2', 'us/cart healthy 2']])
  })
})

test('of three regions in waves the last is left alone when one of the first two fails, and the other goes on', async () => {
  const three = await makeRegions('eu', 'us', 'ap')
  try {
    const waves = [['eu', 'us'], ['ap']]
    await three.release('1', cart('a'), { waves })
    crashing(three.at('us'), 'b')
    const result = await three.release('2', cart('b'), { waves })
    expect([result.outcome, ends(result)]).toEqual(['partial', ['ap/cart not-started 1', 'eu/cart healthy 2', 'us/cart rolled-back 2']])
  } finally {
    await three.close()
  }
})

describe('a problem in the second region means no write in any', () => {
  const refused = async (more: Parameters<Regions['release']>[2], around?: Parameters<Regions['release']>[3]): Promise<readonly unknown[]> => {
    const error: unknown = await regions.release('1', cart('a'), more, around).catch((thrown: unknown) => thrown)
    expect([eu.writes(), us.writes()]).toEqual([[], []])
    return error instanceof Failed ? error.failures : []
  }

  test('where a namespace is missing', async () => {
    us.server.remove('Namespace', undefined, 'staging')
    expect(await refused({})).toEqual([expect.objectContaining({ code: 'namespace-missing', where: 'target us' })])
  })

  test('where a right is missing', async () => {
    const failures = await refused({}, (region) => (region === 'us' ? { http: withoutRights(us.http) } : {}))
    expect(failures.length).toBeGreaterThan(3)
    for (const failure of failures) expect(failure).toMatchObject({ code: 'access-denied', where: 'target us' })
  })

  test('where the digest is not in its registry', async () => {
    expect(await refused({}, (region) => ({ has: region !== 'us' }))).toEqual([expect.objectContaining({ code: 'image-missing', where: 'target us' })])
  })

  test('and what is wrong in both is told of both', async () => {
    expect(await refused({}, () => ({ has: false }))).toEqual([expect.objectContaining({ where: 'target eu' }), expect.objectContaining({ where: 'target us' })])
  })
})

describe('a run over two regions', () => {
  beforeEach(() => regions.release('1', cart('a')))

  test('that is cancelled in the first leaves the second untouched', async () => {
    const work = new AbortController()
    const stop = disturbed(eu.http, async (operation, send) => {
      const given = await send()
      if (applying('deployments/cart').test(operation)) work.abort(cancelled())
      return given
    })
    const before = us.ledger.exchanges.length
    const result = await regions.release('2', cart('b'), {}, (region) => ({ work: work.signal, ...(region === 'eu' ? { http: stop } : {}) }))
    expect([result.outcome, ends(result), us.writes(before)]).toEqual(['broken', ['eu/cart cancelled 2', 'us/cart not-started 1'], []])
  })

  test('that is cancelled between them says so, and leaves the second untouched', async () => {
    const work = new AbortController()
    const stop = disturbed(eu.http, async (operation, send) => {
      const given = await send()
      // The lock is given back last.
      if (/^PUT .*leases/.test(operation) && eu.records()['staging.cart.v2'] === 'healthy') work.abort(cancelled())
      return given
    })
    const before = us.ledger.exchanges.length
    const result = await regions.release('2', cart('b'), {}, (region) => ({ work: work.signal, ...(region === 'eu' ? { http: stop } : {}) }))
    expect([result.outcome, ends(result), us.writes(before)]).toEqual(['partial', ['eu/cart healthy 2', 'us/cart not-started 1'], []])
    expect(result.targets[1]?.services[0]?.failure).toMatchObject({ code: 'cancelled', what: 'the run was cancelled before us was begun' })
  })

  test('that is killed between them is finished by the next click', async () => {
    const clock = fastClock(5)
    const life = mortal(clock, { before: /^PATCH .*\/deployments\/cart\?(?!.*dryRun)/ })
    void regions.release('2', cart('b'), {}, (region) => (region === 'us' ? life : { clock }))
    await life.died
    expect([await seenIn(eu).live(), await seenIn(us).live()]).toEqual(['b', 'a'])
    const next = await regions.release('3', cart('b'), {}, () => ({ clock }))
    expect([next.outcome, ends(next)]).toEqual(['changed', ['eu/cart unchanged 2', 'us/cart healthy 3']])
    expect(us.records()).toMatchObject({ 'staging.cart.v2': 'interrupted', 'staging.cart.v3': 'healthy' })
    await life.close()
  })

  test('that is ousted from one writes nothing more in the other', async () => {
    for (const world of [eu, us]) world.server.script(() => ({ readyAfterMs: Infinity }))
    const running = regions.release('2', cart('b'), sideBySide)
    for (const { server } of [eu, us]) await server.until(() => server.objects('Deployment', 'staging').every(({ metadata }) => metadata.annotations?.['slipway.dev/release'] === '2'))
    for (const world of [eu, us]) world.server.script(() => undefined)
    await eu.rollback('3', { of: '2' })
    const result = await running
    expect([result.outcome, ends(result)]).toEqual(['superseded', ['eu/cart superseded 2', 'us/cart superseded 2']])
    expect(result.targets[1]?.services[0]?.failure?.why).toContain('runs/3 has taken over')
    expect(us.records()).toMatchObject({ 'staging.cart.v2': 'pending' })
  })

  test('that loses its way to one after the checks tells of both', async () => {
    const deaf = refusing(us.http, /^GET .*\/events/)
    const result = await regions.release('2', cart('b'), sideBySide, (region) => (region === 'us' ? { http: deaf } : {}))
    expect([result.outcome, ends(result)]).toEqual(['partial', ['eu/cart healthy 2', 'us/cart refused 1']])
    expect(result.targets[1]?.services[0]?.failure).toMatchObject({ code: 'access-denied' })
  })
})

/** Resolves for all when so many have come. */
function rendezvous(many: number): () => Promise<undefined> {
  const all = Promise.withResolvers<undefined>()
  let come = 0
  return () => {
    come += 1
    if (come === many) all.resolve(undefined)
    return all.promise
  }
}
