import { deployActions, startChain, type Chain } from './chain.ts'
import { median, runs } from './median.ts'
import type { Part } from './part.ts'
import { change, home, second, shopOf } from './shop.ts'
import { startWorld, type World } from './world.ts'

const mostTimes = 1.2
const services = 10
const latencyMs = 20

/** A deploy to two regions beside one to one region: unchanged, and with one service changed. */
export async function twoRegions(): Promise<Part> {
  const open = [await start(shopOf(services, [home])), await start(shopOf(services, [home, second]))]
  try {
    for (const { chain } of open) await chain.deploy('1.0.0')
    const unchanged = await sideBySide(open, (chain) => chain.deploy('1.0.0'))
    let generation = 0
    const changed = await sideBySide(open, (chain, round) => {
      generation = round + 1
      chain.everywhere((machine) => {
        change(machine, 'service-01', generation)
      })
      return chain.deploy(`1.${generation}.0`)
    })
    const rows = [
      { what: 'unchanged', ...unchanged },
      { what: 'one changed of ten', ...changed },
    ]
    return {
      title: 'Two regions beside one, ms',
      notes: [`${deployActions.join(', ')} one after the other, ${services} services at ${latencyMs} ms, the regions all at once. Medians of ${runs} rounds, in each of which one region and two take turns. Where a service changes, its image is copied to the second region, and the rollouts are followed to healthy.`],
      head: ['deploy', 'one region', 'two regions', 'times'],
      rows: rows.map(({ what, one, two }) => [what, one.toFixed(0), two.toFixed(0), (two / one).toFixed(2)]),
      goals: rows.map(({ what, one, two }) => ({ what: `two regions beside one: ${what}`, goal: `≤ ${mostTimes} ×`, measured: `${(two / one).toFixed(2)} ×`, kept: two <= mostTimes * one })),
    }
  } finally {
    for (const { chain, world } of open) {
      chain.close()
      await world.close()
    }
  }
}

interface Open {
  readonly world: World
  readonly chain: Chain
}

async function start(shop: ReturnType<typeof shopOf>): Promise<Open> {
  const world = await startWorld(shop, latencyMs)
  return { world, chain: startChain(world, shop) }
}

/** The medians of what a deploy takes with one region and with two. */
async function sideBySide(open: readonly Open[], deploy: (chain: Chain, round: number) => ReturnType<Chain['deploy']>): Promise<{ one: number; two: number }> {
  const spans: number[][] = [[], []]
  for (let round = 0; round < runs; round += 1) {
    for (const [index, { chain }] of open.entries()) {
      const steps = await deploy(chain, round)
      spans[index]?.push(steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0))
    }
  }
  const [one = NaN, two = NaN] = spans.map(median)
  return { one, two }
}
