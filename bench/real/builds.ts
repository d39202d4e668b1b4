import { fleetOf } from './fleet.ts'
import { openOurs } from './ours.ts'
import type { Place } from './place.ts'
import { inTurn, rounds, timed, type Sides } from './rounds.ts'
import { openUsual } from './usual.ts'

/** What one service's image came to at one place, in milliseconds. */
export interface Builds {
  readonly latencyMs: number
  /** One line of its sources is another, and the builder has nothing but the registry's cache. */
  readonly warm: Sides
  /** Nothing is another. */
  readonly noOp: Sides
  /** The same by docker whose builder has kept its layers. */
  readonly noOpKept: readonly number[]
}

export async function measureBuilds(place: Place): Promise<Builds> {
  const [ours, usual] = [await openOurs(place, fleetOf('built-ours', 1)), await openUsual(place, fleetOf('built-usual', 1))]
  const measured: { warm: Pair; noOp: Pair; kept: number }[] = []
  try {
    await ours.build()
    await usual.deploy('build')
    for (let round = 0; round < rounds; round += 1) {
      for (const side of [ours, usual]) for (const service of side.fleet.services) side.change(service, round + 2)
      const both = (): Promise<Pair> => inTurn(round, () => onNewRunner(place, () => ours.build()), () => onNewRunner(place, () => usual.deploy('build')))
      measured.push({ warm: await both(), noOp: await both(), kept: await timed(() => usual.deploy('build')) })
    }
  } finally {
    ours.close()
    usual.close()
  }
  const sides = (name: 'warm' | 'noOp'): Sides => ({ ours: measured.map((one) => one[name].ours), usual: measured.map((one) => one[name].usual) })
  return { latencyMs: place.latencyMs, warm: sides('warm'), noOp: sides('noOp'), noOpKept: measured.map(({ kept }) => kept) }
}

interface Pair {
  readonly ours: number
  readonly usual: number
}

async function onNewRunner(place: Place, work: () => Promise<unknown>): Promise<number> {
  await place.forgetLayers()
  return timed(work)
}
