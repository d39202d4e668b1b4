import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { cut, gated, refusing, withoutRights } from './disturbed.ts'
import { makeCartEverywhere, type CartEverywhere } from './environment.ts'
import { fastClock } from './mortal.ts'
import { ends } from './regions.ts'
import { crashing } from './seen.ts'
import { digest, service, type Around } from './world.ts'

jest.setTimeout(20_000)
let shop: CartEverywhere
beforeEach(async () => {
  shop = await makeCartEverywhere('eu', 'us', 'ap')
})
afterEach(() => shop.close())

const all = ['eu', 'us', 'ap']
const together = { waves: [all] }

describe('a release that is healthy in one region, put itself back in the second and never reached the third', () => {
  beforeEach(async () => {
    await shop.release('1', 'a', together)
    crashing(shop.at('us'), 'b')
    await shop.release('2', 'b', { version: 'v1.1.0', waves: [['eu', 'us'], ['ap']] })
  })

  test.each([{}, { of: 'v1.1.0' }])('goes where it stands, and is blocked everywhere; a second click writes nothing: %j', async (named) => {
    expect(await shop.live()).toEqual(['b', 'a', 'a'])
    const back = await shop.rollback('3', named)
    expect([back.release, back.outcome, ends(back), await shop.live()]).toEqual(['2', 'changed', ['eu/cart healthy 3', 'us/cart unchanged 2'], ['a', 'a', 'a']])
    expect(back.targets.map(({ target, outcome }) => `${target} ${outcome}`)).toEqual(['eu changed', 'us unchanged', 'ap unchanged'])
    for (const region of all) await expect(shop.at(region).release('4', [service('cart', 'b')])).rejects.toThrow(/blocked in .*alice undid the release 2/)
    const again = await shop.writes(async () => {
      expect((await shop.rollback('5', named)).outcome).toBe('unchanged')
    })
    expect(again).toEqual([])
  })

  test('is told by the rights that are missing where it may not be blocked, though nothing moves there', async () => {
    const back = await shop.rollback('3', {}, (region) => (region === 'us' ? { http: withoutRights(shop.at('us').http) } : {}))
    expect([back.outcome, await shop.live()]).toEqual(['partial', ['a', 'a', 'a']])
    expect(back.targets.find(({ target }) => target === 'us')?.failures).toContainEqual(expect.objectContaining({ code: 'access-denied', what: 'the role may not create configmaps in slipway' }))
  })

  test('goes only from the regions that are named, and is blocked only there', async () => {
    const elsewhere = await shop.writes(async () => {
      expect((await shop.rollback('3', { only: ['us', 'ap'], of: 'v1.1.0' })).outcome).toBe('unchanged')
    })
    expect([elsewhere, await shop.live()]).toEqual([['POST configmaps', 'POST configmaps'], ['b', 'a', 'a']])
    expect((await shop.release('4', 'b', { waves: [['eu']] })).outcome).toBe('unchanged')
    expect([(await shop.rollback('5', { only: ['eu'] })).outcome, await shop.live()]).toEqual(['changed', ['a', 'a', 'a']])
  })
})

describe('which release is the newest of an environment', () => {
  test('is told by the order in each region, whatever its clock says', async () => {
    await shop.release('1', 'a', together)
    await shop.release('2', 'b', { waves: [['eu', 'us']] })
    await shop.release('3', 'c', { waves: [['us', 'ap']] })
    const back = await shop.rollback('4')
    expect([back.release, await shop.live()]).toEqual(['3', ['b', 'b', 'a']])
  })

  test('is asked for where no region has seen both and they came in the same seconds; a name tells', async () => {
    await shop.release('1', 'a', together)
    await shop.release('2', 'b', { waves: [['eu']], version: 'v1.1.0' })
    await shop.release('3', 'c', { waves: [['us']] })
    const refused = await shop.writes(() => expect(shop.rollback('4')).rejects.toThrow(/the newest cannot be told: .*(v1\.1\.0, 2 by alice.* in eu|3 by alice .* in us) and .*name the bad one by the input "of"\. \[input-missing\]/i))
    expect(refused).toEqual([])
    const back = await shop.rollback('5', { of: 'v1.1.0' })
    expect([back.outcome, await shop.live()]).toEqual(['changed', ['a', 'c', 'a']])
  })

  test.each([{}, { of: 'v2' }])('a version that reached us only by a second run goes back everywhere, and is blocked everywhere: %p', async (wish) => {
    await shop.release('1', 'a', { version: '1', ...together })
    await shop.release('2', 'b', { version: '2', waves: [['eu']] })
    await shop.release('3', 'b', { version: '2', waves: [['us'], ['ap']] })
    const back = await shop.rollback('4', wish)
    expect([back.outcome, await shop.live()]).toEqual(['changed', ['a', 'a', 'a']])
    for (const region of all) await expect(shop.at(region).release('5', [service('cart', 'b')])).rejects.toThrow(/blocked/)
    expect(await shop.writes(async () => {
      expect((await shop.rollback('6', wish)).outcome).toBe('unchanged')
    })).toEqual([])
  })

  test('a second click after regions were rolled back one by one writes nothing', async () => {
    await shop.release('1', 'a', together)
    await shop.release('2', 'b', together)
    for (const [index, region] of all.entries()) await shop.rollback(`3${index}`, { only: [region] })
    const again = await shop.writes(async () => {
      expect((await shop.rollback('4')).outcome).toBe('unchanged')
    })
    expect([again, await shop.live()]).toEqual([[], ['a', 'a', 'a']])
  })
})

describe('one region holds up no other', () => {
  beforeEach(async () => {
    await shop.release('1', 'a', together)
    await shop.release('2', 'b', together)
  })

  test('that does not answer, where the release is named; else it could be a good one that is undone', async () => {
    const world = shop.at('us')
    const cutOff = (region: string): Around => (region === 'us' ? { http: cut(world.http, /./), clock: fastClock(200) } : {})
    const guessed = await shop.writes(() => expect(shop.rollback('3', {}, cutOff)).rejects.toThrow(/^which release is the newest cannot be told: us cannot be reached: the newest of the other targets is 2;[^]*cluster-unreachable/))
    expect(guessed).toEqual([])
    const back = await shop.rollback('3', { of: '2' }, cutOff)
    expect([back.outcome, ends(back), await shop.live()]).toEqual(['partial', ['ap/cart healthy 3', 'eu/cart healthy 3'], ['a', 'b', 'a']])
    expect(back.targets[1]).toMatchObject({ target: 'us', outcome: 'refused', failures: [{ code: 'cluster-unreachable' }] })
    // When it answers again, the same click finishes there.
    expect([(await shop.rollback('4', { of: '2' })).outcome, await shop.live()]).toEqual(['changed', ['a', 'a', 'a']])
  })

  test('in which the images are gone, and it is blocked there all the same', async () => {
    const back = await shop.rollback('3', {}, (region) => (region === 'eu' ? { has: false } : {}))
    expect([back.outcome, ends(back), await shop.live()]).toEqual(['partial', ['ap/cart healthy 3', 'eu/cart refused 2', 'us/cart healthy 3'], ['b', 'a', 'a']])
    expect(back.targets[0]).toMatchObject({ outcome: 'refused', failures: [{ code: 'nothing-to-restore' }] })
    await expect(shop.at('eu').release('4', [service('cart', 'b')])).rejects.toThrow(/blocked in eu/)
  })

  test('in which a right is missing', async () => {
    const world = shop.at('us')
    const back = await shop.rollback('3', {}, (region) => (region === 'us' ? { http: refusing(world.http, /^(?:PATCH|POST|PUT) .*namespaces\/slipway\/configmaps/) } : {}))
    expect([back.outcome, ends(back), await shop.live()]).toEqual(['partial', ['ap/cart healthy 3', 'eu/cart healthy 3', 'us/cart refused 2'], ['a', 'b', 'a']])
    expect(back.targets[1]?.failures).toEqual([expect.objectContaining({ code: 'access-denied' })])
  })

  test('but where nothing can go back anywhere, what is wrong is told at once and nothing is written', async () => {
    const refused = await shop.writes(() => expect(shop.rollback('3', { to: { version: 'v9' } }, (region) => ({ has: region === 'ap' }))).rejects.toThrow(/^cart cannot go back to version v9.*$/))
    expect(refused).toEqual([])
  })
})

describe('while a deploy of the release is under way', () => {
  const written = (region: string): Promise<unknown> =>
    shop.at(region).server.until(() => shop.at(region).server.objects('Deployment', 'staging').some(({ metadata }) => metadata.annotations?.['slipway.dev/release'] === '2'))
  beforeEach(async () => {
    await shop.release('1', 'a', together)
    for (const region of all) shop.at(region).server.script((pod) => (JSON.stringify(pod).includes(digest('b')) ? { readyAfterMs: Infinity } : undefined))
  })

  test('in its first wave, it stops everywhere: what it has not begun is not begun, and is blocked', async () => {
    const deploy = shop.release('2', 'b', { waves: [['eu'], ['us', 'ap']] })
    await written('eu')
    const back = await shop.rollback('3')
    expect([back.outcome, (await deploy).outcome, await shop.live()]).toEqual(['changed', 'superseded', ['a', 'a', 'a']])
    expect(ends(await deploy)).toEqual(['ap/cart not-started 1', 'eu/cart superseded 2', 'us/cart not-started 1'])
    for (const region of all) await expect(shop.at(region).release('2', [service('cart', 'b')])).rejects.toThrow(/blocked/)
  })

  test('in several regions at once, it stops in all of them', async () => {
    const deploy = shop.release('2', 'b', together)
    await Promise.all(all.map(written))
    const back = await shop.rollback('3')
    expect([back.outcome, (await deploy).outcome, await shop.live()]).toEqual(['changed', 'superseded', ['a', 'a', 'a']])
  })

  test('that writes in a second region between the look and the block, it goes back there, too', async () => {
    const late = gated(shop.at('us').http, /^POST .*\/namespaces\/slipway\/configmaps/)
    const deploy = shop.release('2', 'b', { waves: [['eu', 'us']], around: (region) => (region === 'us' ? { http: late.http } : {}) })
    await Promise.all([written('eu'), late.reached])
    const block = gated(shop.at('us').http, /^POST .*\/namespaces\/slipway\/configmaps/)
    const back = shop.rollback('3', {}, (region) => (region === 'us' ? { http: block.http } : {}))
    await block.reached
    late.open()
    await written('us')
    block.open()
    expect([(await back).outcome, (await deploy).outcome, await shop.live()]).toEqual(['changed', 'superseded', ['a', 'a', 'a']])
    expect((await back).told.join('\n')).toContain('[us/cart] revision 2 of 2 came since the rollback was planned, and goes back, too')
  })
})
