import { expect, test } from '@jest/globals'
import { mapLimit } from '@slipway/wire'
import { fastClock, mortal, type Death, type Mortal } from './mortal.ts'
import { digest, makeWorld, service, type World } from './world.ts'

/** Fast enough for a test, slow enough that a busy machine does not look like a lost lock. */
const clock = fastClock(5)
const patience = { soakMs: 20, timeoutMs: 600_000 }
const atOnce = 24

interface Story {
  /** What stands before the run that is killed. */
  before(world: World): Promise<unknown>
  killed(world: World, life: Mortal): Promise<unknown>
  /** What is clicked next. */
  next(world: World): Promise<{ readonly outcome: string }>
}

/** What people see of a world: what runs. Numbers, names and addresses that each world has of its own are left out. */
function standing({ server }: World): string {
  const objects = ['Deployment', 'Service', 'ConfigMap'].flatMap((kind) =>
    server.objects(kind, 'staging').map(({ metadata, spec, data }) => `${kind} ${metadata.name} ${JSON.stringify(spec ?? data)}`),
  )
  return objects.join('\n').replaceAll(/10\.96\.\d+\.\d+/g, '10.96.x.x')
}

/** A lock that nobody gave back; a run that has nothing to do needs none, and leaves it to be found abandoned. */
function locked({ server }: World, outcome: string): string[] {
  if (outcome === 'unchanged') return []
  return server.objects('Lease', 'slipway').flatMap(({ metadata, spec }) => (JSON.stringify(spec).includes('"holderIdentity":""') ? [] : [`${metadata.name} is locked`]))
}

async function told(story: Story, death: Death | undefined): Promise<{ readonly stands: string; readonly left: readonly string[]; readonly sent: readonly string[]; readonly outcome: string }> {
  const world = await makeWorld()
  const life = mortal(clock, death)
  try {
    await story.before(world)
    const run = story.killed(world, life)
    await Promise.race([run.catch(() => undefined), life.died])
    const { outcome } = await story.next(world)
    const records = Object.entries(world.records())
    return {
      outcome,
      stands: standing(world),
      left: [...records.filter(([, verdict]) => verdict === 'pending').map(([name]) => `${name} is undecided`), ...locked(world, outcome)],
      sent: [...life.sent],
    }
  } finally {
    await world.close()
    await life.close()
  }
}

/**
 * Kills the run before its first write, and then at every request when the server has answered it: that is the same as
 * before the next one is sent.
 */
async function sweep(story: Story): Promise<{ deaths: number; wrong: string[] }> {
  const straight = await told(story, undefined)
  const first = straight.sent.findIndex((request) => /^(PUT|POST|PATCH|DELETE)/.test(request) && !/selfsubject|dryRun/.test(request))
  const after = straight.sent.map((_, index): Death => ({ request: index + 1, answer: 'never read' })).slice(first)
  const deaths: Death[] = [{ request: first + 1, answer: 'never sent' }, ...after]
  const wrong = await mapLimit(deaths, atOnce, async (death) => {
    const { stands, left, outcome } = await told(story, death)
    if (stands === straight.stands && left.length === 0 && ['changed', 'unchanged'].includes(outcome)) return []
    return [`${death.answer}: ${straight.sent[death.request - 1] ?? ''}: ${outcome}; ${left.join()}${stands === straight.stands ? '' : `; ${stands.slice(0, 300)}`}`]
  })
  return { deaths: deaths.length, wrong: wrong.flat() }
}

const config = (value: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cart-notes' }, data: { value } })
const crashing = (world: World, letter: string): void => {
  world.server.script((pod) => (JSON.stringify(pod).includes(digest(letter)) ? { crash: { afterMs: 50, exitCode: 3 } } : undefined))
}

test('a deploy killed at any request is put right by the next click of the same', async () => {
  const { deaths, wrong } = await sweep({
    before: (world) => world.release('1', [service('cart', 'a', {}, [config('old')])]),
    killed: (world, life) => world.release('2', [service('cart', 'b', {}, [config('new')])], { patience }, life),
    next: (world) => world.release('3', [service('cart', 'b', {}, [config('new')])], { patience }, { clock }),
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(15)
}, 120_000)

test('a deploy of a broken version, killed at any request until its end, is put right by the next deploy', async () => {
  const { deaths, wrong } = await sweep({
    async before(world) {
      crashing(world, 'b')
      await world.release('1', [service('cart', 'a', {}, [config('old')])])
    },
    killed: (world, life) => world.release('2', [service('cart', 'b', {}, [config('new')])], { patience }, life),
    next: (world) => world.release('3', [service('cart', 'c', {}, [config('old')])], { patience }, { clock }),
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(25)
}, 120_000)

test('a rollback killed at any request is finished by the same click', async () => {
  const { deaths, wrong } = await sweep({
    async before(world) {
      await world.release('1', [service('cart', 'a', {}, [config('old')])])
      await world.release('2', [service('cart', 'b', {}, [config('new')])])
    },
    killed: (world, life) => world.rollback('3', { patience }, life),
    next: (world) => world.rollback('4', { patience }, { clock }),
  })
  expect(wrong).toEqual([])
  expect(deaths).toBeGreaterThan(15)
}, 120_000)
