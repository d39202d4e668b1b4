import { canonicalJson, isJson } from '@slipway/release'
import { mapLimit } from '@slipway/wire'
import { fastClock, mortal, type Death, type Mortal } from './mortal.ts'
import type { World } from './world.ts'

/** Fast enough for a test, slow enough that a busy machine does not look like a lost lock. */
export const clock = fastClock(3)
export const patience = { soakMs: 20, timeoutMs: 600_000 }
const atOnce = 6

/** A run that is killed, in one world or several. */
export interface Story<Stage> {
  open(): Promise<Stage>
  worlds(stage: Stage): readonly World[]
  close(stage: Stage): Promise<void>
  /** What stands before the run that is killed. */
  before(stage: Stage): Promise<unknown>
  killed(stage: Stage, life: Mortal): Promise<unknown>
  /** What is clicked next. */
  next(stage: Stage): Promise<Clicked>
}

/** What the next click came to; `each` by world, where there are several. */
export interface Clicked {
  readonly outcome: string
  readonly each?: readonly string[]
}

/**
 * Kills the run before its first write, and then at every request when the server has answered it: that is the same as
 * before the next one is sent.
 */
export async function sweep<Stage>(story: Story<Stage>): Promise<{ deaths: number; wrong: string[] }> {
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

/** What people see of a world: what runs. Numbers, names and addresses that each world has of its own are left out. */
function standing({ server }: World): string {
  const objects = ['Deployment', 'Service', 'ConfigMap'].flatMap((kind) =>
    server.objects(kind, 'staging').map(({ metadata, spec, data }) => `${kind} ${metadata.name} ${orderless(spec ?? data)}`),
  )
  return objects.join('\n').replaceAll(/10\.96\.\d+\.\d+/g, '10.96.x.x')
}

/** The order of an object's members says nothing. */
function orderless(content: unknown): string {
  return isJson(content) ? canonicalJson(content) : ''
}

/** A lock that nobody gave back; a run that has nothing to do needs none, and leaves it to be found abandoned. */
function locked({ server }: World, outcome: string): string[] {
  if (outcome === 'unchanged') return []
  return server.objects('Lease', 'slipway').flatMap(({ metadata, spec }) => (JSON.stringify(spec).includes('"holderIdentity":""') ? [] : [`${metadata.name} is locked`]))
}

function undecided(world: World): string[] {
  return Object.entries(world.records()).flatMap(([name, verdict]) => (verdict === 'pending' ? [`${name} is undecided`] : []))
}

async function told<Stage>(story: Story<Stage>, death: Death | undefined): Promise<{ readonly stands: string; readonly left: readonly string[]; readonly sent: readonly string[]; readonly outcome: string }> {
  const stage = await story.open()
  const life = mortal(clock, death)
  try {
    await story.before(stage)
    const run = story.killed(stage, life)
    await Promise.race([run.catch(() => undefined), life.died])
    const { outcome, each = [] } = await story.next(stage)
    const worlds = story.worlds(stage)
    return { outcome, stands: worlds.map(standing).join('\n'), left: worlds.flatMap((world, index) => [...undecided(world), ...locked(world, each[index] ?? outcome)]), sent: [...life.sent] }
  } finally {
    await story.close(stage)
    await life.close()
  }
}
