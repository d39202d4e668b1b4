import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { GitHubRepository, Received } from '@slipway/sandbox'
import { tagsOf, World, type Ended, type Wanted } from './world.ts'

/** A request as far as its order matters: what it reads or writes on the server. */
interface Step {
  readonly who: 'one' | 'other'
  readonly name: string
  readonly reads: string | undefined
  readonly writes: string | undefined
}

interface Scene {
  /** Lays the history, and says what the two runs want. */
  readonly lay: (shop: GitHubRepository) => readonly [Wanted, Wanted]
}

const world = new World()
beforeAll(() => world.open())
afterAll(() => world.close())

/** The tag alone: the race for release and run is tried by itself. */
const tagOnly = { release: 'none', start: { kind: 'none' } } as const

const scenes: Readonly<Record<string, Scene>> = {
  'the same wish for the same commit, with its release': {
    lay(shop) {
      shop.tag('v1.0.0', shop.commit('x', ['a']))
      shop.commit('feat: y', ['a'])
      return [{ start: { kind: 'none' } }, { start: { kind: 'none' } }]
    },
  },
  'the same wish for the same commit, with a draft': {
    lay(shop) {
      shop.commit('feat: y', ['a'])
      const draft = { release: 'draft', start: { kind: 'none' } } as const
      return [draft, draft]
    },
  },
  'two that find the tag there, with its run': {
    lay(shop) {
      shop.tag('v1.0.0', shop.commit('feat: y', ['a']))
      return [{ release: 'none' }, { release: 'none' }]
    },
  },
  'two wishes for the same commit': {
    lay(shop) {
      shop.tag('v1.0.0', shop.commit('x', ['a']))
      shop.commit('feat: y', ['a'])
      return [{ ...tagOnly, bump: 'minor' }, { ...tagOnly, bump: 'major' }]
    },
  },
  'a release and a candidate of the same commit, the first of all': {
    lay(shop) {
      shop.commit('feat: y', ['a'])
      return [{ ...tagOnly, bump: 'prerelease' }, tagOnly]
    },
  },
  'two given versions for the same commit': {
    lay(shop) {
      shop.commit('feat: y', ['a'])
      return [{ ...tagOnly, version: '2.0.0' }, { ...tagOnly, version: '3.0.0' }]
    },
  },
  'a commit and the one after it': {
    lay(shop) {
      shop.tag('v1.0.0', shop.commit('x', ['a']))
      const before = shop.commit('feat: y', ['a'])
      return [{ ...tagOnly, commit: before }, { ...tagOnly, commit: shop.commit('feat: z', ['a']) }]
    },
  },
  'commits of two lines': {
    lay(shop) {
      const base = shop.commit('x', ['a'])
      shop.tag('v1.0.0', base)
      return [{ ...tagOnly, commit: shop.commit('feat: y', ['a']) }, { ...tagOnly, commit: shop.commit('feat: z', ['a'], { branch: 'side', parents: [base] }) }]
    },
  },
  'a commit, and one whose claim of the same version a killed run left': {
    lay(shop) {
      const before = shop.commit('feat: y', ['a'])
      const after = shop.commit('feat: z', ['a'])
      shop.createRef(`refs/slipway/v${after}/1`, shop.createTagObject('v1.0.0', 'claimed', after).sha, false)
      return [{ ...tagOnly, commit: before }, { ...tagOnly, commit: after, bump: 'major' }]
    },
  },
}

describe.each(Object.entries(scenes))('%s', (_, { lay }) => {
  test('never make one version twice nor two versions for one commit, in any order of their requests', async () => {
    const endings = new Set<string>()
    let orders = 0
    for await (const { shop, ends, before } of everyOrder(lay)) {
      orders += 1
      const made = Object.entries(tagsOf(shop)).filter(([tag]) => !before.includes(tag))
      expect(new Set(made.map(([, commit]) => commit)).size).toBe(made.length)
      // Each run ends with the version that its commit has, or says why it has none.
      for (const { result, failures } of ends) {
        if (result === undefined) expect(failures).toEqual(['version-refused'])
        else expect([failures, tagsOf(shop)[result.tagged.tag]]).toEqual([[], result.tagged.commit])
      }
      expect(ends.filter(({ result }) => result?.tagged.isOurs)).toHaveLength(made.length)
      expect(shop.releases.length).toBe(ends.some(({ result }) => result?.released !== undefined) ? 1 : 0)
      endings.add(JSON.stringify(made.map(([tag, commit]) => `${tag} ${commit.slice(0, 7)}`)))
    }
    // Whoever is first, and what each sees of the other.
    expect(orders).toBeGreaterThanOrEqual(4)
    expect(endings.size).toBeLessThanOrEqual(2)
  }, 120_000)
})

/**
 * Runs the two in every order of their requests that could come to another end: requests that touch nothing in common
 * are tried in one order only (Godefroid's sleep sets). Each order begins with a fresh repository.
 */
async function* everyOrder(lay: Scene['lay']): AsyncIterable<{ shop: GitHubRepository; ends: readonly Ended[]; before: readonly string[] }> {
  const pending: { readonly prefix: readonly Step['who'][]; readonly asleep: readonly Step[] }[] = [{ prefix: [], asleep: [] }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const shop = world.repository()
    const wanted = lay(shop)
    const before = Object.keys(tagsOf(shop))
    const turns = new Turns()
    world.ledger.hold = (_, operation, request) => turns.arrive(stepOf(operation, request))
    const ends = Promise.all((['one', 'other'] as const).map(async (token, index) => {
      const end = await world.release({ ...wanted[index], token })
      turns.leave(token)
      return end
    }))
    let { asleep } = next
    const taken: Step['who'][] = []
    let isKnown = false
    for (let waiting = await turns.all(); waiting.length > 0; waiting = await turns.all()) {
      const order = next.prefix[taken.length]
      const awake = order === undefined ? waiting.filter((step) => !asleep.some((one) => isSame(one, step))) : waiting.filter(({ who }) => who === order)
      const chosen = awake[0]
      // Whatever could come now was tried in another order: let it run out.
      if (chosen === undefined) isKnown = true
      const step = chosen ?? waiting[0]
      if (step === undefined) break
      if (order === undefined && !isKnown) {
        const slept = [...asleep]
        for (const alternative of awake.slice(1)) {
          slept.push(step)
          pending.push({ prefix: [...taken, alternative.who], asleep: slept.filter((one) => !isDependent(one, alternative)) })
        }
      }
      if (order === undefined) asleep = asleep.filter((one) => !isDependent(one, step))
      taken.push(step.who)
      turns.let(step)
    }
    const ended = await ends
    world.ledger.hold = undefined
    if (!isKnown) yield { shop, ends: ended, before }
  }
}

/** Holds the requests of two runs until each of them waits or has ended. */
class Turns {
  readonly #held = new Map<Step['who'], { readonly step: Step; readonly go: () => void }>()
  readonly #gone = new Set<Step['who']>()
  #changed: () => void = () => undefined

  async arrive(step: Step): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#held.set(step.who, { step, go: resolve })
      this.#changed()
    })
  }

  leave(who: Step['who']): void {
    this.#gone.add(who)
    this.#changed()
  }

  let(step: Step): void {
    const held = this.#held.get(step.who)
    this.#held.delete(step.who)
    held?.go()
  }

  /** What waits, once nothing else can happen. */
  async all(): Promise<Step[]> {
    while (this.#held.size + this.#gone.size < 2) await new Promise<void>((resolve) => (this.#changed = resolve))
    return [...this.#held.values()].map(({ step }) => step).sort((a, b) => (a.who < b.who ? -1 : 1))
  }
}

function stepOf(operation: string, { headers, body }: Received): Step {
  const who = headers.authorization === 'token one' ? 'one' : 'other'
  const [method = '', path = ''] = operation.split(' ')
  const thing = thingOf(path, body.toString())
  return { who, name: `${operation} ${body.toString()}`, reads: method === 'GET' ? thing : undefined, writes: method === 'GET' ? undefined : thing }
}

/** What on the server a request is about; undefined where the other run can change nothing of it. */
function thingOf(path: string, body: string): string | undefined {
  if (path === 'git/refs') return body.includes('"refs/tags/') ? 'tags' : 'claims'
  if (/^git\/(?:matching-refs|ref)\/tags\//.test(path)) return 'tags'
  if (/^git\/(?:matching-refs|ref)\/slipway\//.test(path)) return 'claims'
  if (path.startsWith('releases')) return 'releases'
  return /^actions\/(?:runs|workflows\/.*\/dispatches)/.test(path) ? 'runs' : undefined
}

function isDependent(a: Step, b: Step): boolean {
  if (a.who === b.who) return true
  const touches = (x: Step, y: Step): boolean => x.writes !== undefined && (x.writes === y.writes || x.writes === y.reads)
  return touches(a, b) || touches(b, a)
}

function isSame(a: Step, b: Step): boolean {
  return a.who === b.who && a.name === b.name
}
