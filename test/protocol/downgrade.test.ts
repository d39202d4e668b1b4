import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { CommitHistory } from '@slipway/delivery'
import { Failed } from '@slipway/report'
import { digest, makeWorld, service, type World } from './world.ts'

let world: World
let asked: string[]
beforeEach(async () => {
  world = await makeWorld()
  asked = []
})
afterEach(() => world.close())

/** All commits come before what is deployed, but for these. */
const history = (...not: readonly string[]): CommitHistory => ({
  isBefore(commit) {
    asked.push(commit)
    return Promise.resolve(!not.includes(commit))
  },
})
async function refusalOf(release: Promise<unknown>): Promise<string> {
  const error: unknown = await release.catch((thrown: unknown) => thrown)
  if (!(error instanceof Failed)) throw new Error('nothing was refused', { cause: error })
  return error.message
}

describe('where downgrades are refused', () => {
  test('an older version is, before anything is written', async () => {
    await world.release('1', [service('cart', 'a')], { version: '1.10.0' })
    const since = world.ledger.exchanges.length
    expect(await refusalOf(world.release('2', [service('cart', 'b')], { version: '1.9.0', history: history() }))).toMatch(/^cart runs 1\.10\.0 in eu, and 1\.9\.0 is older: .*run rollback.*"allow-downgrade".*\[downgrade\]$/)
    expect(world.writes(since)).toEqual([])
    expect((await world.release('3', [service('cart', 'b')], { version: '1.10.1', history: history() })).outcome).toBe('changed')
  })

  test('a newest version counts of all that the content is called by, and a pre-release before its release', async () => {
    await world.release('1', [service('cart', 'a')], { version: '1.4.0' })
    expect((await world.release('2', [service('cart', 'a')], { version: '1.5.0', history: history() })).outcome).toBe('unchanged')
    expect(await refusalOf(world.release('3', [service('cart', 'b')], { version: '1.5.0-rc.1', history: history() }))).toContain('cart runs 1.5.0 in eu, and 1.5.0-rc.1 is older')
  })

  test('what does not contain the running commit is, whatever it is called', async () => {
    await world.release('1', [service('cart', 'a')], { version: '1.4.0' })
    for (const version of [{ version: '1.5.0' }, { version: 'hotfix' }, {}]) {
      expect(await refusalOf(world.release('2', [service('cart', 'b')], { ...version, history: history('commit-of-1') }))).toMatch(/^what runs of cart in eu is not contained in what is deployed: revision 1, 1\.4\.0, is from the commit commit-of-1 of refs\/heads\/main.*\[downgrade\]$/)
    }
    expect(asked).toEqual(['commit-of-1', 'commit-of-1', 'commit-of-1'])
  })

  test('what was put back counts as what it was', async () => {
    await world.release('1', [service('cart', 'a')], { version: '1.4.0' })
    world.server.script((pod) => (JSON.stringify(pod).includes(digest('b')) ? { crash: { afterMs: 100, exitCode: 3 } } : undefined))
    expect((await world.release('2', [service('cart', 'b')], { version: '2.0.0' })).outcome).toBe('rolled-back')
    expect(await refusalOf(world.release('3', [service('cart', 'c')], { version: '1.3.0', history: history() }))).toContain('cart runs 1.4.0 in eu, and 1.3.0 is older')
    expect((await world.release('4', [service('cart', 'c')], { version: '1.4.1', history: history('commit-of-2') })).outcome).toBe('changed')
  })

  test('a rollback is none, and what it brought back is what the next one is held against', async () => {
    await world.release('1', [service('cart', 'a')], { version: '1.4.0' })
    await world.release('2', [service('cart', 'b')], { version: '1.5.0' })
    await world.rollback('r')
    expect((await world.release('3', [service('cart', 'c')], { version: '1.4.1', history: history('commit-of-2', 'commit-of-r') })).outcome).toBe('changed')
  })

  test('what changes nothing is none, and the first deploy neither: history is not asked', async () => {
    await world.release('1', [service('cart', 'a')], { version: '1.5.0', history: history() })
    expect((await world.release('2', [service('cart', 'a')], { version: '1.4.0', history: history('commit-of-1') })).outcome).toBe('unchanged')
    expect(asked).toEqual([])
  })

  test('what came while the lock was waited for counts as well', async () => {
    await world.release('1', [service('cart', 'a')])
    let came: Promise<unknown> | undefined
    const racing: CommitHistory = {
      async isBefore() {
        came ??= world.release('2', [service('cart', 'b')], { version: '2.0.0' })
        await came
        return true
      },
    }
    const { services } = await world.release('3', [service('cart', 'c')], { version: '1.5.0', history: racing })
    expect(services).toMatchObject([{ status: 'refused', failure: { code: 'downgrade', what: 'cart runs 2.0.0 in eu, and 1.5.0 is older' } }])
    expect(world.records()).toEqual({ 'staging.cart.v1': 'healthy', 'staging.cart.v2': 'healthy' })
  })

  test('a history that does not answer refuses, with its own words', async () => {
    await world.release('1', [service('cart', 'a'), service('web', 'a')])
    const down = new Failed({ code: 'unreachable', what: 'GitHub did not answer', why: 'it is down', next: 'wait' })
    const silent: CommitHistory = { isBefore: () => Promise.reject(down) }
    expect(await refusalOf(world.release('2', [service('cart', 'b'), service('web', 'b')], { history: silent }))).toBe('GitHub did not answer: it is down. Wait. [unreachable]')
  })
})

test('elsewhere any version follows any other', async () => {
  await world.release('1', [service('cart', 'a')], { version: '1.5.0' })
  expect((await world.release('2', [service('cart', 'b')], { version: '1.4.0' })).outcome).toBe('changed')
})
