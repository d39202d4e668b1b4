import { setTimeout } from 'node:timers/promises'
import { mapLimit } from '@slipway/wire'
import { pullFailed, thirdEnd, type Decisive } from '../../test/real/failures-decisive.ts'
import type { Sighting, Sightings } from '../../test/real/failures-sightings.ts'
import { fleetOf, manifestFile, repositoryOf, type Shape } from './fleet.ts'
import { openOurs, type Ours } from './ours.ts'
import type { Place } from './place.ts'
import { rounds, type Sides } from './rounds.ts'
import { openUsual, type Usual } from './usual.ts'

/** How soon a failure was told at one place, in milliseconds. */
export interface Told {
  readonly name: string
  readonly latencyMs: number
  /** From the moment that the Deployment was there. */
  readonly sides: Sides
  /** Of ours, from the cluster's own decisive event. */
  readonly afterDecisive: readonly number[]
}

interface Trouble {
  readonly name: string
  shape(host: string): Omit<Shape, 'image'>
  readonly decisive: Decisive
}

/** What kubectl waits for; Kubernetes' own is ten minutes. */
export const deadlineSeconds = 30
/** So long after one another those begin that take long. */
const apartMs = 3000

const crash: Trouble = { name: 'crash at start', shape: () => ({ command: ['/bin/sh', '-c', 'echo "no such database" >&2; exit 3'] }), decisive: thirdEnd }
// Beside the service's own image, which ours looks for before it writes: nobody looks for this one but the node.
const missing: Trouble = { name: 'image missing', shape: (host) => ({ initImage: `${host}/shop/cart:of-another-day` }), decisive: pullFailed }

/** Plays each failure on new services, one of each side at a time: the same manifest and the same image. */
export async function measureFailures(place: Place, sightings: Sightings): Promise<readonly Told[]> {
  const [crashes, absences] = [await prepared(place, crash), await prepared(place, missing)]
  try {
    const begun = crashes.map((play, index) => setTimeout(index * apartMs).then(() => begin(play, sightings)))
    const begunSince: Begun[] = []
    for (const play of absences) {
      const one = begin(play, sightings)
      begunSince.push(one)
      await one.ours
    }
    return [await toldOf(place, crash, await Promise.all(begun)), await toldOf(place, missing, begunSince)]
  } finally {
    for (const play of [...crashes, ...absences]) await close(play)
  }
}

interface Play {
  readonly trouble: Trouble
  readonly ours: Ours
  readonly usual: Usual
}

interface Begun {
  readonly ours: Promise<{ readonly told: number; readonly afterDecisive: number }>
  readonly usual: Promise<number>
}

function prepared(place: Place, trouble: Trouble): Promise<readonly Play[]> {
  const { host } = place.registry
  return mapLimit(Array.from({ length: rounds }), 2, async () => {
    const [ours, usual] = [await openOurs(place, fleetOf('fails-ours', 1)), await openUsual(place, fleetOf('fails-usual', 1))]
    const { outputs } = await ours.build()
    const shape = { ...trouble.shape(host), deadlineSeconds }
    ours.reshape(only(ours), shape)
    usual.reshape(only(usual), { ...shape, image: `${host}/${repositoryOf(only(ours))}@${outputs['digest'] ?? ''}` })
    return { trouble, ours, usual }
  })
}

function begin({ trouble, ours, usual }: Play, sightings: Sightings): Begun {
  const [own, other] = [only(ours), only(usual)]
  return {
    ours: (async () => {
      let toldMs = NaN
      const { printed } = await ours.rollout('1.0.0', { after: new RegExp(`\\[${own}\\] revision \\d+ failed after`), then: () => (toldMs = performance.now()) })
      const seen = sightings.of(own)
      const decisiveMs = trouble.decisive(seen)
      if (Number.isNaN(toldMs) || decisiveMs === undefined) throw new Error(`${trouble.name} was not told, or not seen: ${printed}`)
      return { told: toldMs - writtenMs(seen), afterDecisive: toldMs - decisiveMs }
    })(),
    usual: (async () => {
      await usual.kubectl(['apply', '--filename', `${other}/${manifestFile}`])
      const said = await usual.kubectl(['rollout', 'status', `deployment/${other}`])
      const endedMs = performance.now()
      if (!said.includes('exceeded its progress deadline')) throw new Error(`kubectl said of ${trouble.name}: ${said}`)
      return endedMs - writtenMs(sightings.of(other))
    })(),
  }
}

function writtenMs(sightings: readonly Sighting[]): number {
  return sightings.find(({ seen }) => seen.kind === 'Deployment')?.atMs ?? NaN
}

async function toldOf({ latencyMs }: Place, { name }: Trouble, begun: readonly Begun[]): Promise<Told> {
  const ours = await Promise.all(begun.map((one) => one.ours))
  const usual = await Promise.all(begun.map((one) => one.usual))
  return { name, latencyMs, sides: { ours: ours.map(({ told }) => told), usual }, afterDecisive: ours.map(({ afterDecisive }) => afterDecisive) }
}

function only({ fleet }: Ours | Usual): string {
  return fleet.services[0] ?? ''
}

async function close({ ours, usual }: Play): Promise<void> {
  await usual.kubectl(['delete', 'deployment', only(ours), only(usual), '--ignore-not-found', '--wait=false'])
  ours.close()
  usual.close()
}
