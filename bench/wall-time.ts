import { deployActions, startChain } from './chain.ts'
import { median, runs } from './median.ts'
import type { Goal, Part } from './part.ts'
import { shopOf } from './shop.ts'
import { startWorld } from './world.ts'

const goalMs = 1500

/** The wall time of an unchanged deploy, of one service and of forty, near and at 20 ms. */
export async function wallTime(): Promise<Part> {
  const rows: string[][] = []
  const goals: Goal[] = []
  for (const services of [1, 40]) {
    for (const latencyMs of [0, 20]) {
      const { each, together } = await unchanged(services, latencyMs)
      rows.push([String(services), String(latencyMs), ...each.map((ms) => ms.toFixed(0)), together.toFixed(0)])
      if (services === 40 && latencyMs === 20) goals.push({ what: 'an unchanged deploy of 40 services at 20 ms, the three actions together', goal: `≤ ${goalMs} ms`, measured: `${together.toFixed(0)} ms`, kept: together <= goalMs })
    }
  }
  return {
    title: 'Wall time of an unchanged deploy, ms',
    notes: [`From the start of each process to its end, one action after the other; medians of ${runs} deploys. At 20 ms each answer of every server is held for 20 ms, the OIDC token's as well; the handshakes of connections cost nothing. The servers of the sandbox share the machine's cores with the actions.`],
    head: ['services', 'latency, ms', ...deployActions, 'together'],
    rows,
    goals,
  }
}

async function unchanged(services: number, latencyMs: number): Promise<{ each: number[]; together: number }> {
  const shop = shopOf(services)
  const world = await startWorld(shop, latencyMs)
  const chain = startChain(world, shop)
  try {
    await chain.deploy('1.0.0')
    const deploys: number[][] = []
    for (let run = 0; run < runs; run += 1) {
      const steps = await chain.deploy('1.0.0')
      const changed = steps.find(({ outcome }) => outcome !== 'unchanged')
      if (changed) throw new Error(`${changed.action} is ${changed.outcome}, and should be unchanged`)
      deploys.push(steps.map(({ milliseconds }) => milliseconds))
    }
    return {
      each: deployActions.map((_, index) => median(deploys.map((deploy) => deploy[index] ?? NaN))),
      together: median(deploys.map((deploy) => deploy.reduce((sum, milliseconds) => sum + milliseconds, 0))),
    }
  } finally {
    chain.close()
    await world.close()
  }
}
