import { setTimeout } from 'node:timers/promises'
import { step } from '../../test/real/bed/steps.ts'
import { fleetOf } from './fleet.ts'
import { openOurs, type Ours } from './ours.ts'
import type { Place } from './place.ts'
import { inTurn, rounds, sidesOf, timed, type Sides } from './rounds.ts'
import type { Serving } from './serving.ts'
import { openUsual, type Usual } from './usual.ts'

/** What deploys of ten services came to at one place, in milliseconds. */
export interface Deploys {
  readonly latencyMs: number
  readonly first: Sides
  readonly unchanged: Sides
  /** The same by the script that builds all images at once, in the same rounds. */
  readonly unchangedSideBySide: readonly number[]
  /** The same by the script that takes service after service, once. */
  readonly unchangedEach: number
  readonly changed: Sides
  /** In those rounds, from the moment that the changed service's pod alone served, to the one when it was told. */
  readonly told: Sides
  /** Of those changes: from the start until the old pods served alone. */
  readonly back: Sides
  /** From the start of our rollback's process to its end. */
  readonly backEnded: readonly number[]
}

const services = 10

export async function measureDeploys(place: Place, serving: Serving): Promise<Deploys> {
  const { latencyMs } = place
  const { first, ours, usual } = await step(`first deploys at ${latencyMs} ms`, () => firstDeploys(place))
  try {
    const same = await step(`unchanged deploys at ${latencyMs} ms`, () => unchanged(place, ours, usual))
    return { latencyMs, first, ...same, ...(await step(`one changed of ten, and back, at ${latencyMs} ms`, () => changedAndBack(place, ours, usual, serving))) }
  } finally {
    await close(ours, usual)
  }
}

/** New services each time, whose layers nobody has. */
async function firstDeploys(place: Place): Promise<{ first: Sides; ours: Ours; usual: Usual }> {
  let last: { ours: Ours; usual: Usual } | undefined
  const first = await sidesOf(async (round) => {
    if (last !== undefined) await close(last.ours, last.usual)
    const [ours, usual] = [await openOurs(place, fleetOf('ours', services)), await openUsual(place, fleetOf('usual', services))]
    last = { ours, usual }
    return inTurn(round, onNewRunner(place, () => ours.deploy('1.0.0')), onNewRunner(place, () => usual.deploy('together')))
  })
  if (last === undefined) throw new Error('nothing was deployed')
  return { first, ...last }
}

async function unchanged(place: Place, ours: Ours, usual: Usual): Promise<Pick<Deploys, 'unchanged' | 'unchangedSideBySide' | 'unchangedEach'>> {
  const unchangedSideBySide: number[] = []
  const sides = await sidesOf(async (round) => {
    unchangedSideBySide.push(await onNewRunner(place, () => usual.deploy('side-by-side'))())
    return inTurn(
      round,
      onNewRunner(place, async () => {
        const { outputs } = await ours.deploy('1.0.0')
        if (outputs['outcome'] !== 'unchanged') throw new Error(`what should be unchanged is ${outputs['outcome'] ?? ''}`)
      }),
      onNewRunner(place, () => usual.deploy('together')),
    )
  })
  return { unchanged: sides, unchangedSideBySide, unchangedEach: await onNewRunner(place, () => usual.deploy('each'))() }
}

/** The last service is another one each time, and goes back each time. */
async function changedAndBack(place: Place, ours: Ours, usual: Usual, serving: Serving): Promise<Pick<Deploys, 'changed' | 'told' | 'back' | 'backEnded'>> {
  const measured: { changed: Pair; told: Pair; back: Pair; backEnded: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const [own, other] = [lastOf(ours), lastOf(usual)]
    const before = { ours: serving.imageOf(own), usual: serving.imageOf(other) }
    ours.change(own, round + 2)
    usual.change(other, round + 2)
    const deploys = await inTurn(
      round,
      async () => {
        await place.forgetLayers()
        const startedMs = performance.now()
        let toldMs = NaN
        await ours.deploy(`1.${round + 1}.0`, { after: new RegExp(`\\[${own}\\] healthy: revision`), then: () => (toldMs = performance.now()) })
        const ms = performance.now() - startedMs
        return { ms, told: toldMs - (await serving.since(own, startedMs, (image) => image !== before.ours)) }
      },
      async () => {
        await place.forgetLayers()
        const startedMs = performance.now()
        await usual.deploy('together')
        const toldMs = performance.now()
        return { ms: toldMs - startedMs, told: toldMs - (await serving.since(other, startedMs, (image) => image !== before.usual)) }
      },
    )
    const backs = await inTurn(
      round,
      () => goneBack(serving, own, before.ours, () => ours.rollback()),
      () => goneBack(serving, other, before.usual, () => usual.kubectl(['rollout', 'undo', `deployment/${other}`])),
    )
    measured.push({ changed: eachOf(deploys, 'ms'), told: eachOf(deploys, 'told'), back: eachOf(backs, 'served'), backEnded: backs.ours.ended })
  }
  const sides = (name: 'changed' | 'told' | 'back'): Sides => ({ ours: measured.map((one) => one[name].ours), usual: measured.map((one) => one[name].usual) })
  return { changed: sides('changed'), told: sides('told'), back: sides('back'), backEnded: measured.map(({ backEnded }) => backEnded) }
}

interface Pair {
  readonly ours: number
  readonly usual: number
}

function eachOf<Name extends string>({ ours, usual }: { ours: Readonly<Record<Name, number>>; usual: Readonly<Record<Name, number>> }, name: Name): Pair {
  return { ours: ours[name], usual: usual[name] }
}

/** Begun at any part of a second: the kubelet looks at its containers once a second, and would meet each side always at the same one. */
async function goneBack(serving: Serving, service: string, before: string, goBack: () => Promise<unknown>): Promise<{ served: number; ended: number }> {
  await setTimeout(Math.random() * 1000)
  const startedMs = performance.now()
  const going = timed(goBack)
  const servedMs = await serving.since(service, startedMs, (image) => image === before)
  return { served: servedMs - startedMs, ended: await going }
}

function lastOf({ fleet }: Ours | Usual): string {
  return fleet.services.at(-1) ?? ''
}

/** How long it takes where the builder has nothing yet. */
function onNewRunner(place: Place, work: () => Promise<unknown>): () => Promise<number> {
  return async () => {
    await place.forgetLayers()
    return timed(work)
  }
}

async function close(ours: Ours, usual: Usual): Promise<void> {
  const services = [ours, usual].flatMap(({ fleet }) => fleet.services)
  await usual.kubectl(['delete', 'deployment', ...services, '--ignore-not-found', '--wait=false'])
  ours.close()
  usual.close()
}
